"""What the first screen of a player tells: frozen facts, amounts exact in the player's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casino.play.selectors.player_play import Favourites, OpenPlay, PlayedRound
from compliance.withdrawable import Withdrawable
from players.notes.selectors.notes import NoteView, TagView
from wallet.selectors.player_money import PlayerAccount


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """The account's status, and who moved it last, when and why, where the audit trail tells."""

    code: str
    label: str
    since: datetime | None
    reason: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that stands between the player and play: the provider's code, a sentence, and the evidence."""

    code: str
    text: str
    since: datetime | None
    until: datetime | None
    by: str
    reason: str
    record: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBlock:
    """What the player has, what came in and went out ever, and what may leave."""

    currency: str
    real: Decimal
    bonus: Decimal
    held: Decimal
    receivable: Decimal
    accounts: tuple[PlayerAccount, ...]
    deposits: Decimal
    deposit_count: int
    withdrawals: Decimal
    withdrawal_count: int
    last_deposit_at: datetime | None
    pending: tuple[tuple[int, Decimal, str, datetime], ...]
    withdrawable: Withdrawable
    counted: int
    counted_of: int

    @property
    def net(self) -> Decimal:
        """Deposits less withdrawals: what the player has put in."""
        return self.deposits - self.withdrawals


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOfPlay:
    """Play of a period: stakes and wins of real and bonus money together, each less what was taken back.

    `stays` is what stays at transfer providers won, less what they lost; their stakes are known there alone.
    """

    title: str
    bets: int
    staked: Decimal
    won: Decimal
    stays: Decimal = Decimal(0)

    @property
    def ggr(self) -> Decimal:
        """Stakes less wins, and less what stays at transfer providers won."""
        return self.staked - self.won - self.stays

    @property
    def rtp(self) -> Decimal | None:
        """Percent of the stakes that came back; None without stakes."""
        return self.won / self.staked * 100 if self.staked > 0 else None

    @property
    def average_stake(self) -> Decimal | None:
        """None without bets."""
        return self.staked / self.bets if self.bets else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayBlock:
    """Periods, the average stake beside the player's own, favourites, and the newest rounds."""

    periods: tuple[PeriodOfPlay, ...]
    baseline: PeriodOfPlay
    favourites: Favourites
    open: OpenPlay
    rounds: tuple[PlayedRound, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A game session with its state of the moment."""

    id: int
    public_id: str
    game: str
    state: str
    variant: str
    launched_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """One moment of the time line. `record` is label.model and `key` its page; empty where there is none."""

    at: datetime
    sort: str
    title: str
    detail: str
    actor: str = ""
    amount: Decimal | None = None
    currency: str = ""
    record: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPlayer:
    """Another account that shares something, and what."""

    player_id: int
    public_id: str
    nickname: str
    brand: str
    shares: str


@dataclass(frozen=True, slots=True)
class Person:
    """Initials, and the age in whole years where the birth date is known."""

    name: str
    age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingApproval:
    """A proposal about the player that nobody has decided yet."""

    id: int
    kind: str
    maker: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerGlance:
    """Everything of the first screen, read at one moment; `as_of` is set when it shows an earlier one."""

    now: datetime
    as_of: datetime | None
    status: StatusFacts
    online: SessionLine | None
    obstacles: tuple[Obstacle, ...]
    tags: tuple[TagView, ...]
    notes: tuple[NoteView, ...]
    approvals: tuple[WaitingApproval, ...]
    money: MoneyBlock
    play: PlayBlock
    sessions: tuple[SessionLine, ...]
    person: Person
    links: tuple[LinkedPlayer, ...]
    line: tuple[LineItem, ...]
    names: dict[str, str]
