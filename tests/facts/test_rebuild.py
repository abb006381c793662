"""Read on or made anew, facts are the same; and whichever way they are summed, they are the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection

from players.models import Brand
from reporting.facts.selectors.state import facts_ledger_ties
from reporting.facts.selectors.ties import closing_ties
from reporting.facts.services.rebuilding import facts_rebuild
from reporting.facts.verification import PROMISES
from tests.factories import caches_forget
from tests.facts.house import START, House, everything, read_all
from wallet.verification.scope import Scope

FIRST, LAST = date(2026, 3, 1), date(2026, 5, 1)


@pytest.fixture(autouse=True)
def forgetful_process() -> Iterator[None]:
    caches_forget()
    yield
    caches_forget()


def tied() -> None:
    ties = facts_ledger_ties(FIRST, LAST)
    assert {tie.name for tie in ties if tie.difference} == set()
    assert any(tie.ledger for tie in ties)
    assert [tie for tie in closing_ties() if tie.difference] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens_reading_on_gives_what_a_rebuild_gives_and_both_are_the_ledger(seed: int) -> None:
    house = House(seed)
    for _part in range(6):
        house.play(25)
        read_all(house.now)
        tied()
    read = everything()
    assert read["waiting"] or seed != 1
    assert len({row[0] for row in read["play"]}) > 3, "play went on for days"

    facts_rebuild(first=None, last=None, brand_id=None, now=house.now)
    assert everything() == read
    day = START.date() + timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM facts_play WHERE posted_day = %s", [day])
        cursor.execute("UPDATE facts_money SET real = real + 1 WHERE posted_day = %s", [day])
    facts_rebuild(first=day, last=day, brand_id=None, now=house.now)
    assert everything() == read
    facts_rebuild(first=day, last=None, brand_id=Brand.objects.get(code="york").pk, now=house.now)
    assert everything() == read
    assert list(PROMISES[0].check(Scope())) == []
