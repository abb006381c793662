"""Alice plays real rounds at the sandbox provider, booked by the product's own services; the provider tells of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from casino.games.models import Game, Provider
from casino.play.models import Leg
from casino.play.services.calls import bet_place, rollback_make, win_pay
from casino.play.types import Answer, BetCall, RollbackCall, WinCall
from casino.reconciliation.enums import Origin, StatementFormat
from casino.reconciliation.formats.own_csv import HEAD
from casino.reconciliation.models import Break, Statement
from casino.reconciliation.services.reading import statement_read
from casino.reconciliation.services.statements import statement_receive
from casino.reconciliation.wording import dialect_of
from common.clock import utc_now
from players.models import Player
from tests.factories import CAROL, caller_of, game_make, player_make, provider_make, session_make

_names = count(1)


@dataclass(frozen=True)
class Row:
    """A line as the provider tells it."""

    kind: str
    transaction_id: str
    amount: str = ""
    original: str = ""
    round_id: str = "r-1"
    player: str = ""
    currency: str = "EUR"
    state: str = "booked"
    at: datetime | None = None


@dataclass
class Scene:
    """The sandbox provider, a game, Alice with 100.00 EUR in a session. `lines` is what the provider booked."""

    provider: Provider = field(default_factory=provider_make)
    alice: Player = field(default_factory=lambda: player_make(is_test=True))
    lines: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.game: Game = game_make(self.provider)
        self.now = utc_now()
        self.session = session_make(self.alice, self.game, now=self.now)

    @property
    def today(self) -> date:
        return self.now.astimezone(UTC).date()

    def bet(self, name: str, amount: str, *, round_id: str = "r-1", told: bool = True, closed: bool = False) -> Answer:
        """A stake, booked on both sides unless not `told`."""
        call = BetCall(
            transaction_id=name, session_id=self.session, player_id=self.alice.public_id, game_code="slot",
            round_id=round_id, amount=Decimal(amount), currency="EUR", round_closed=closed,
        )  # fmt: skip
        self._tell(Row("bet", name, amount, round_id=round_id), told)
        return self._done(bet_place(call=call, caller=caller_of(self.provider), dialect=dialect_of("t"), now=self.now))

    def win(self, name: str, amount: str, *, round_id: str = "r-1", told: bool = True, closed: bool = False) -> Answer:
        """A payout."""
        call = WinCall(
            transaction_id=name, player_id=self.alice.public_id, game_code="slot", round_id=round_id,
            amount=Decimal(amount), currency="EUR", round_closed=closed,
        )  # fmt: skip
        self._tell(Row("win", name, amount, round_id=round_id), told)
        return self._done(win_pay(call=call, caller=caller_of(self.provider), dialect=dialect_of("t"), now=self.now))

    def rollback(self, name: str, original: str, *, told: bool = True) -> Answer:
        """A transaction taken back."""
        call = RollbackCall(transaction_id=name, original_transaction_id=original, player_id=self.alice.public_id)
        self._tell(Row("rollback", name, original=original), told)
        return self._done(
            rollback_make(call=call, caller=caller_of(self.provider), dialect=dialect_of("t"), now=self.now)
        )

    def told(self, name: str, **changes: object) -> None:
        """The provider tells one of its lines otherwise."""
        self.lines = [
            replace(row, **changes) if row.transaction_id == name else row  # type: ignore[arg-type]
            for row in self.lines
        ]

    def statement(
        self,
        rows: Sequence[Row] | None = None,
        *,
        day: date | None = None,
        raw: bytes | None = None,
        written: StatementFormat = StatementFormat.CSV,
    ) -> Statement:
        """A statement of the day is received and read."""
        content = raw if raw is not None else self.csv(self.lines if rows is None else rows)
        kept = statement_receive(
            provider_id=self.provider.pk, written=written, origin=Origin.UPLOAD, name=f"day-{next(_names)}",
            chunks=[content], day=day or self.today, actor=CAROL, now=utc_now(),
        )  # fmt: skip
        found = statement_read(statement_id=kept.pk, now=utc_now())
        assert found is not None
        return found

    def csv(self, rows: Sequence[Row]) -> bytes:
        """Our own CSV."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(HEAD)
        for row in rows:
            at = row.at or self.now
            writer.writerow(
                (row.kind, row.transaction_id, row.original, row.round_id, row.player or self.alice.public_id, "slot",
                 row.amount, row.currency if row.amount else "", row.state, at.isoformat())
            )  # fmt: skip
        return text.getvalue().encode()

    def breaks(self) -> dict[str, Break]:
        """All breaks by their transaction."""
        return {row.transaction_id: row for row in Break.objects.select_related("line")}

    def leg(self, name: str) -> Leg:
        return Leg.objects.get(provider_transaction_id=name)

    def _tell(self, row: Row, told: bool) -> None:
        if told:
            self.lines.append(replace(row, at=self.now))

    def _done(self, answer: Answer) -> Answer:
        assert answer.status == 200, answer.body
        return answer


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
