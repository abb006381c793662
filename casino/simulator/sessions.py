"""Getting a player to a table: registration, launch tokens, game sessions."""

from dataclasses import dataclass
from decimal import Decimal

from casino.simulator import calls
from casino.simulator.answers import NO_SEAT, Answer
from casino.simulator.books import Book
from casino.simulator.client import Client, SetupRefusedError
from casino.simulator.currencies import Currency

TOKENS_TRIED = 10


@dataclass(frozen=True, slots=True)
class Arrival:
    """A player just registered: the books opened, and a launch token not yet used."""

    book: Book
    token: str


def player_register(*, client: Client, currency: Currency, opening: Decimal, game_code: str) -> Arrival | None:
    """Register a sandbox player with ``opening`` in ``currency``; None while the game is stopped.

    Raises OutOfPatienceError, SetupRefusedError.

    A registration whose answer was lost leaves a player that nobody uses; another is simply made.
    """
    call = calls.register(currency=currency, balance=opening, game_code=game_code)
    answer, _ = client.settle(call)
    if answer.outcome in NO_SEAT:
        return None
    player_id, token = answer.text("player_id"), answer.text("token")
    if not player_id or not token:
        raise SetupRefusedError(f"sandbox/players answered without player_id or token: {answer.body[:200]!r}")
    book = Book(player_id=player_id, currency=currency, opening=opening)
    for complaint in (*answer.complaints, *book.record(call, answer, in_doubt=False)):
        client.violated(call, complaint, player_id)
    return Arrival(book, token)


def session_open(*, client: Client, book: Book, game_code: str, token: str | None, reuse: bool) -> str:
    """Exchange a token (a new one when ``token`` is None) for a session; returns its id, empty when refused.

    With ``reuse`` the spent token is tried once more, which must be refused. Raises OutOfPatienceError.
    """
    for _ in range(TOKENS_TRIED):
        if token is None:
            asked = calls.launch(player_id=book.player_id, game_code=game_code)
            launched, _ = client.settle(asked)
            if launched.outcome in NO_SEAT:
                return ""
            token = launched.text("token")
            _complain(client, book, asked, launched, wanted="ok")
        call = calls.auth(token=token, game_code=game_code)
        answer, doubted = client.settle(call)
        if answer.outcome == "token_used" and doubted:
            token = None  # The lost answer had opened a session whose id nobody learnt.
            continue
        if answer.outcome in NO_SEAT:
            return ""
        _complain(client, book, call, answer, wanted="ok")
        if answer.ok and answer.text("player_id") != book.player_id:
            client.violated(call, f"token of {book.player_id} opened {answer.text('player_id')!r}", book.player_id)
        if reuse and answer.ok:
            second, _ = client.settle(call)
            _complain(client, book, call, second, wanted="token_used")
        return answer.text("session_id") if answer.ok else ""
    return ""


def session_expire(*, client: Client, book: Book) -> None:
    """Let the player's session die, as after a time-out; raises OutOfPatienceError."""
    call = calls.expire_session(player_id=book.player_id)
    answer, _ = client.settle(call)
    _complain(client, book, call, answer, wanted="ok")


def _complain(client: Client, book: Book, call: calls.Call, answer: Answer, *, wanted: str) -> None:
    complaints = [*answer.complaints, *book.record(call, answer, in_doubt=False)]
    if answer.outcome != wanted:
        complaints.append(f"expected {wanted}, got {answer.outcome}")
    for complaint in complaints:
        client.violated(call, complaint, book.player_id)
