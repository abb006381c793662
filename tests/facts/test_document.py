"""docs/facts.md tells the truth: its example is played, read and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from common.scope import EVERYTHING, NOTHING, Scope, ScopePart
from reporting.facts.selectors.restatements import restatements
from reporting.facts.selectors.state import business_day, day_span, facts_known_until
from reporting.facts.services.reading import facts_read
from tests.casino.play.table import Table, code_of
from tests.factories import brand_make, caches_forget, game_make, jackpot_make, player_make, provider_make, session_make
from tests.facts.documents import table_with
from tests.facts.house import calendar_make, read_all
from tests.settled import settled

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "facts.md"
EVENT = re.compile(r"(bet|win|jackpot win|rollback of bet) (\S+)(?: in round (\d))?(, which closes)?")
ROWS = """
    SELECT posted_day::text, coalesce(settled_day::text, '–'), bets, rounds, stake_real, void_real, win_real,
           jackpot_win
    FROM facts_play ORDER BY posted_day, settled_day NULLS LAST
"""


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    caches_forget()
    yield
    caches_forget()


def happens(table: Table, what: str) -> None:
    kind, amount, played, closes = re.fullmatch(EVENT, what).groups()  # type: ignore[union-attr]
    table.session = session_make(table.player, table.game, now=table.now)
    answer = {
        "bet": lambda: table.bet(amount, f"r{played}", call_id=f"bet-{amount}", closes=bool(closes)),
        "win": lambda: table.win(amount, f"r{played}", closes=bool(closes)),
        "jackpot win": lambda: table.jackpot(amount, f"r{played}"),
        "rollback of bet": lambda: table.rollback(f"bet-{amount}"),
    }[kind]()
    assert code_of(answer) == "ok", what


@pytest.mark.django_db(transaction=True)
def test_the_worked_example_is_what_the_facts_say() -> None:
    brand = brand_make()
    calendar_make(brand, date(2026, 1, 1), "Europe/Malta")
    game = game_make(provider_make())
    jackpot_make(game, seed="50")
    player = player_make("Alice")
    table = Table(game=game, player=player, session=session_make(player, game))
    for moment, what in table_with(DOCUMENT, "moment, UTC"):
        table.now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        happens(table, what)
        # Read after every call: whatever is settled later moves.
        read_all(table.now)
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        found = [tuple(Decimal(cell) if number > 1 else cell for number, cell in enumerate(row)) for row in cursor]
    told = table_with(DOCUMENT, "posted")
    assert found == [(*row[:2], *map(Decimal, row[2:])) for row in told]

    first, last = date(2026, 3, 1), date(2026, 3, 31)
    restated = restatements(first, last, EVERYTHING)
    assert [(f"{one.day}", one.cause, one.first_ggr, one.by_ggr, one.first_ggr + one.by_ggr) for one in restated] == [
        (row[0], row[1], *map(Decimal, row[2:])) for row in table_with(DOCUMENT, "cause", 1)
    ]
    assert [len(one.transactions) for one in restated] == [1, 1]
    assert restatements(first, last, NOTHING) == []
    assert restatements(first, last, Scope((ScopePart(brands=frozenset({brand.pk + 1})),))) == []

    settled()
    facts_read(now=table.now)
    assert facts_known_until() == table.now
    assert business_day(datetime(2026, 3, 27, 23, 30, tzinfo=UTC), brand.pk) == date(2026, 3, 28)
    assert day_span(brand.pk, date(2026, 3, 28))[0] == datetime(2026, 3, 27, 23, tzinfo=UTC)
