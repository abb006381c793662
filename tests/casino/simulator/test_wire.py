"""The connection, against a socket that says exactly what the test wants."""

import socket
from collections.abc import Callable, Iterator
from threading import Semaphore, Thread

import pytest

from casino.simulator.wire import ConnectError, Connection, Endpoint, RawAnswer, WireError

Speak = Callable[..., Connection]


@pytest.fixture
def closed() -> Semaphore:
    """Released each time the server has closed a connection."""
    return Semaphore(0)


@pytest.fixture
def speak(closed: Semaphore) -> Iterator[Speak]:
    """Serve connections one after another, each with its list of answers, then close it."""
    listener = socket.create_server(("127.0.0.1", 0))
    opened: list[Connection] = []

    def serve(connections: tuple[tuple[bytes, ...], ...]) -> None:
        for answers in connections:
            accepted, _ = listener.accept()
            with accepted:
                for answer in answers:
                    accepted.recv(65536)
                    accepted.sendall(answer)
            closed.release()

    def start(*connections: tuple[bytes, ...]) -> Connection:
        Thread(target=serve, args=(connections,), daemon=True).start()
        endpoint = Endpoint.from_url(f"http://127.0.0.1:{listener.getsockname()[1]}")
        opened.append(Connection(endpoint=endpoint, timeout=1.0))
        return opened[-1]

    yield start
    for connection in opened:
        connection.hang_up()
    listener.close()


def ask(connection: Connection) -> RawAnswer:
    """One request and its answer."""
    connection.send(method="GET", target="/", headers={}, body=b"")
    return connection.receive()


WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-One: a: b\r\n\r\n{}"


def test_two_answers_come_over_one_connection(speak: Speak) -> None:
    connection = speak((WHOLE, WHOLE))
    assert ask(connection).headers["x-one"] == "a: b"
    assert ask(connection).body == b"{}"


def test_a_chunked_answer_is_put_together(speak: Speak) -> None:
    chunked = b"HTTP/1.1 402 No\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\nA\r\n0123456789\r\n0\r\n\r\n"
    answer = ask(speak((chunked,)))
    assert (answer.status, answer.body) == (402, b"{}0123456789")


def test_an_interim_answer_is_passed_over(speak: Speak) -> None:
    assert ask(speak((b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE,))).status == 200


def test_a_connection_that_the_server_closed_while_idle_is_opened_anew(speak: Speak, closed: Semaphore) -> None:
    connection = speak((WHOLE,), (WHOLE,))
    assert ask(connection).status == 200
    assert closed.acquire(timeout=5.0)
    assert ask(connection).status == 200


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_half_an_answer_is_no_answer(speak: Speak, broken: bytes) -> None:
    with pytest.raises(WireError):
        ask(speak((broken,)))


def test_an_answer_that_does_not_come_in_time_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        endpoint = Endpoint.from_url(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(WireError, match="no whole answer"):
            ask(Connection(endpoint=endpoint, timeout=0.1))


def test_nobody_listening_means_that_nothing_was_sent() -> None:
    connection = Connection(endpoint=Endpoint.from_url("http://127.0.0.1:9"), timeout=1.0)
    with pytest.raises(ConnectError):
        ask(connection)


@pytest.mark.parametrize("url", ["", "127.0.0.1:8000", "ftp://example.org", "http://"])
def test_a_wrong_url_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match="must look like"):
        Endpoint.from_url(url)
