"""Where postbacks go and where they do not, with real sockets."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest

from affiliates.postbacks.egress import Address, TargetRefused, Targets, public, send
from tests.affiliates.postbacks.receiver import receiving


def knows(**names: str) -> Targets:
    """Targets whose resolver knows these names, dots written as underscores."""
    book = {name.replace("_", "."): addresses.split() for name, addresses in names.items()}

    def resolve(host: str, _port: int) -> list[Address]:
        if host not in book:
            raise OSError(host)
        return [ip_address(text) for text in book[host]]

    return Targets(resolve=resolve)


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
        "255.255.255.255", "198.18.0.1", "240.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "ff02::1", "::",
        "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::",
    ],
)  # fmt: skip
def test_addresses_that_are_not_on_the_internet(text: str) -> None:
    assert not public(ip_address(text))
    with pytest.raises(TargetRefused, match="not on the internet"):
        knows(a_example=f"93.184.215.14 {text}").check("https://a.example/x", host="a.example")


def test_addresses_on_the_internet() -> None:
    assert public(ip_address("93.184.215.14"))
    assert public(ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))
    assert str(knows(a_example="93.184.215.14").check("https://a.example/x", host="a.example")) == "93.184.215.14"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://a.example/x", "plain_http"),
        ("ftp://a.example/x", "address_unreadable"),
        ("a.example/x", "address_unreadable"),
        ("https://u:p@a.example/x", "credentials"),
        ("https://a.example:22/x", "port"),
        ("https://b.example/", "host_unknown"),
        ("https://a.example:99999/", "address_unreadable"),
        ("https:///x", "address_unreadable"),
    ],
)
def test_addresses_that_are_refused(address: str, code: str) -> None:
    with pytest.raises(TargetRefused) as refused:
        knows(a_example="93.184.215.14").check(address, host=urlsplit(address).hostname or "")
    assert refused.value.code == code


def test_a_receiver_of_our_own_needs_the_setting_that_names_it() -> None:
    with receiving() as receiver:
        address = f"http://127.0.0.1:{receiver.port}/postback?cid=7"
        assert send(Targets(), method="GET", address=address).problem == "plain_http"
        assert receiver.asked == []
        allowed = Targets(exceptions=frozenset({f"127.0.0.1:{receiver.port}"}))
        sent = send(allowed, method="GET", address=address)
        assert (sent.status, sent.excerpt, sent.problem) == (200, "OK", "")
        assert receiver.asked[0][:2] == ("GET", "/postback?cid=7")


def test_a_name_that_moves_inside_after_the_check_is_not_called() -> None:
    """DNS rebinding: the first look-up is harmless, the second leads inside."""
    with receiving() as receiver:
        answers = [[ip_address("93.184.215.14")], [ip_address("127.0.0.1")]]
        moving = Targets(resolve=lambda _host, _port: answers.pop(0))
        moving.check("https://a.example/x", host="a.example")
        assert send(moving, method="GET", address="https://a.example/x").problem == "private_address"
        assert receiver.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_called() -> None:
    """The name is resolved once for a call: what it resolves to afterwards does not matter."""
    with receiving() as receiver:
        looks = []

        def resolve(host: str, port: int) -> list[Address]:
            looks.append((host, port))
            return [ip_address("127.0.0.1" if len(looks) == 1 else "93.184.215.14")]

        targets = Targets(exceptions=frozenset({f"nowhere.invalid:{receiver.port}"}), resolve=resolve)
        sent = send(targets, method="POST", address=f"http://nowhere.invalid:{receiver.port}/p", body=b"{}")
        assert sent.status == 200
        assert len(looks) == 1
        assert receiver.asked[0][2]["host"] == f"nowhere.invalid:{receiver.port}"
        assert receiver.asked[0][3] == b"{}"


def test_redirects_are_told_and_not_followed() -> None:
    with receiving() as receiver, receiving() as elsewhere:
        receiver.answers.append((302, {"Location": f"http://127.0.0.1:{elsewhere.port}/"}, b"over there"))
        targets = Targets(exceptions=frozenset({f"127.0.0.1:{receiver.port}", f"127.0.0.1:{elsewhere.port}"}))
        sent = send(targets, method="GET", address=f"http://127.0.0.1:{receiver.port}/")
        assert (sent.status, sent.excerpt) == (302, "over there")
        assert elsewhere.asked == []


def test_a_long_answer_is_cut_and_a_closed_port_is_told() -> None:
    with receiving() as receiver:
        receiver.answers.append((500, {"Retry-After": "120"}, b"x" * 1_000_000))
        targets = Targets(exceptions=frozenset({f"127.0.0.1:{receiver.port}"}))
        sent = send(targets, method="GET", address=f"http://127.0.0.1:{receiver.port}/")
        assert (sent.status, len(sent.excerpt), sent.retry_after) == (500, 500, 120)
    gone = send(targets, method="GET", address=f"http://127.0.0.1:{receiver.port}/")
    assert (gone.status, gone.problem) == (None, "ConnectError")
