"""Exports for marketing are made without everybody who must be left in peace, and are recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casino.entrance.services.protection import registers_ask_for_marketing
from compliance.audit.models import AuditEvent
from compliance.enums import RestrictionKind
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.selectors import marketable
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.exclusions.services.marketing import marketing_list
from compliance.gate.ask import gate_ask, gate_ask_many
from compliance.gate.enums import FlagKind, Touchpoint
from compliance.gate.models import Flag
from compliance.gate.rules.table import RULES
from compliance.gate.selectors.many import MANY
from compliance.register.models import RegisterLookup
from compliance.services.restrictions import restriction_place
from players.models import Player
from players.services.players import player_block
from tests.exclusions.cast import bob_make, brand_make, excluded, other, stranger
from tests.factories import NOON
from tests.register.conftest import *  # noqa: F403 - the simulated register

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def listed(now: object = LATER) -> set[str]:
    found = marketing_list(players=Player.objects.all(), purpose="spring letter", actor="staff:7", now=LATER)
    return set(Player.objects.filter(pk__in=found.player_ids).values_list("nickname", flat=True))


def assert_many_as_one() -> None:
    """The gate says the same of a whole list, to the letter, as of each player alone."""
    ids = list(Player.objects.values_list("pk", flat=True))
    many = gate_ask_many(player_ids=ids, touchpoint=Touchpoint.MARKETING, now=LATER)
    assert many == {pk: gate_ask(player_id=pk, touchpoint=Touchpoint.MARKETING, now=LATER) for pk in ids}


def the_house() -> dict[str, Player]:
    aurora = brand_make("aurora", "MT")
    names = ("Alice", "Bob", "Breaks", "Restricted", "Harmed", "Blocked", "Bonus")
    return {name: bob_make(aurora, None, nickname=name) for name in names}


def test_who_must_be_left_in_peace_is_not_in_the_list_and_the_gate_agrees() -> None:
    people = the_house()
    excluded(people["Bob"])
    exclusion_place(
        player_id=people["Breaks"].pk, kind=ExclusionKind.TIME_OUT, length="PT24H", actor="player:1", now=NOON
    )
    restriction_place(
        player_id=people["Restricted"].pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=NOON, ends_at=None,
        reason="x", actor="staff:7", now=NOON,
    )  # fmt: skip
    for name, kind in (("Harmed", FlagKind.RISK_HARM), ("Bonus", FlagKind.RISK_BONUS_ABUSE)):
        Flag.objects.create(player=people[name], kind=kind, starts_at=NOON, reason="x", placed_by="staff:7")
    player_block(player_id=people["Blocked"].pk, actor="staff:7", now=NOON, reason="x")
    assert listed() == {"Alice", "Bonus"}
    for name, player in people.items():
        verdict = gate_ask(player_id=player.pk, touchpoint=Touchpoint.MARKETING, now=LATER)
        assert verdict.allowed == (name in {"Alice", "Bonus"}), name
    assert_many_as_one()


def test_a_break_that_is_over_opens_the_list_again_and_an_exclusion_does_not() -> None:
    people = the_house()
    excluded(people["Bob"])
    exclusion_place(
        player_id=people["Breaks"].pk, kind=ExclusionKind.TIME_OUT, length="PT24H", actor="player:1", now=NOON
    )
    found = marketing_list(players=Player.objects.all(), purpose="x", actor="staff:7", now=NOON + timedelta(days=365))
    assert people["Breaks"].pk in found.player_ids
    assert people["Bob"].pk not in found.player_ids


def test_every_export_is_an_event_that_tells_whom_it_left_out_in_numbers() -> None:
    people = the_house()
    excluded(people["Bob"])
    listed()
    event = AuditEvent.objects.get(name="compliance:marketing:listed")
    assert event.after == {"asked_for": 7, "chosen": 6, "left_out": 1, "unasked": 0}
    assert event.reason == "spring letter"
    placed = AuditEvent.objects.get(name="compliance:exclusion:placed")
    assert placed.significant


def test_where_a_register_is_asked_its_answer_of_today_comes_first(register: Register) -> None:  # noqa: F405
    crown = brand_make()
    bob_make(crown, stranger(), nickname="Alice")
    bob_make(crown, other(full_name="Bob Excluded"))
    bob_make(crown, stranger(full_name="Carl Outage", email="c@post.example", phone="", national_id=""), nickname="C")
    assert listed() == set()
    asked = registers_ask_for_marketing(players=Player.objects.all(), actor="staff:7", now=LATER)
    assert asked == 1
    assert listed() == {"Alice"}
    assert_many_as_one()
    assert RegisterLookup.objects.filter(occasion="marketing").count() == 3


def test_a_list_costs_the_same_few_queries_however_long_it_is() -> None:
    aurora = brand_make("aurora", "MT")
    counted = []
    for number in range(2):
        bob_make(aurora, None, nickname=f"Bob {number}")
        with CaptureQueriesContext(connection) as queries:
            listed()
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_list_of_more_players_than_are_asked_about_at_once_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marketable, "AT_ONCE", 2)
    the_house()
    assert len(listed()) == 7


def test_only_what_looks_at_no_more_is_asked_about_many_at_once() -> None:
    looked_at = {"account_status", "brand_state", "exclusions", "restrictions", "register_state", "flags"}
    for touchpoint in MANY:
        assert {rule.name for rule in RULES if touchpoint in rule.at} <= looked_at, "facts_of_many loads no more"
    with pytest.raises(ValueError, match="one player at a time"):
        gate_ask_many(player_ids=[1], touchpoint=Touchpoint.BET, now=LATER)
