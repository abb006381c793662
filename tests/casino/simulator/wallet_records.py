"""What the wallet double keeps, refuses, and can be told to do wrong."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Fault(StrEnum):
    """A break of the contract, planted."""

    DOUBLE_DEBIT = "every fiftieth bet is debited twice behind the answer's back"
    LOST_WIN = "every twentieth win is answered but not credited"
    OTHER_REPLAY = "replays carry a new request id"
    NO_REPLAY_HEADER = "replays are not marked"
    HTML_ERROR = "every fiftieth bet answers an HTML page"
    LATE_BET_BOOKED = "tombstones are ignored"
    DOUBLE_REFUND = "a rollback with a new id pays again"
    WRONG_BALANCE = "every fiftieth bet tells a balance that is not the player's"
    REFUSES_BETS = "every bet is refused"


class Refusal(Exception):  # noqa: N818 - the contract's word
    """A refusal with its code."""

    def __init__(self, status: int, code: str, **more: object) -> None:
        super().__init__(code)
        self.status, self.code, self.more = status, code, more


@dataclass
class Account:
    """One player."""

    currency: str
    balance: Decimal
    session: str = ""
    expired: bool = False


@dataclass
class Booking:
    """One transaction id."""

    kind: str
    content: tuple[object, ...]
    state: str
    amount: Decimal
    player: str
    round_id: str
    status: int = 0
    body: bytes = b""
