"""A national register is asked, believed for a day at most, and its silence keeps from play and not from the money."""

from __future__ import annotations

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from common.errors import BrokenPromise
from compliance.audit.models import AuditEvent
from compliance.register.enums import Occasion, RegisterOutcome
from compliance.register.models import RegisterLookup, RegisterStanding
from compliance.register.selectors.due import register_due
from compliance.register.selectors.standing import register_fact
from compliance.register.services.lookups import Applicant, register_check
from compliance.register.types import RegisterAnswer
from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.exclusions.cast import BOB, bob_make, brand_make, other
from tests.factories import NOON
from tests.register.conftest import Register

pytestmark = pytest.mark.django_db
O = RegisterOutcome  # noqa: E741 - the outcomes are read best so
BY_NAME = {
    "Bob Evans": O.NO_MATCH, "Bob Excluded": O.MATCH, "Bob Returned": O.PREVIOUSLY, "Bob Outage": O.SERVER_ERROR,
    "Bob Silence": O.TIMEOUT, "Bob Garbage": O.GARBAGE, "Bob Moved": O.GARBAGE,
}  # fmt: skip


def check(player: Player, occasion: Occasion = Occasion.SIGN_IN, hours: float = 0) -> RegisterAnswer:
    return register_check(who=player.pk, occasion=occasion, actor="system:test", now=NOON + timedelta(hours=hours))


@pytest.mark.parametrize(("name", "outcome"), BY_NAME.items())
def test_every_answer_has_its_outcome_and_only_a_clear_one_opens_play(
    name: str, outcome: RegisterOutcome, register: Register
) -> None:
    bob = bob_make(details=other(full_name=name))
    answer = check(bob)
    assert answer.outcome == outcome
    assert answer.may_play == (outcome in {O.NO_MATCH, O.PREVIOUSLY})
    assert answer.excluded == (outcome == O.MATCH)
    fact = register_fact(player_id=bob.pk, jurisdiction="GB", now=NOON)
    assert fact is not None
    assert fact.opens_play(NOON + timedelta(minutes=1)) == answer.may_play
    row = RegisterLookup.objects.get()
    assert (row.outcome, row.occasion, row.player_id, row.register) == (outcome, "sign_in", bob.pk, "gamstop")
    assert row.latency_ms >= (600 if outcome == O.TIMEOUT else 0)
    assert row.latency_ms < 2500, "silence is not waited for longer than the time set"
    assert bool(row.reference) == (outcome in {O.NO_MATCH, O.PREVIOUSLY, O.MATCH})


def test_an_answer_is_believed_for_a_day_and_not_longer(register: Register) -> None:
    bob = bob_make()
    check(bob)
    fact = register_fact(player_id=bob.pk, jurisdiction="GB", now=NOON)
    assert fact is not None
    assert fact.opens_play(NOON + timedelta(hours=23, minutes=59))
    assert not fact.opens_play(NOON + timedelta(hours=24))


def test_who_was_never_asked_about_does_not_play() -> None:
    fact = register_fact(player_id=bob_make().pk, jurisdiction="GB", now=NOON)
    assert fact is not None
    assert not fact.opens_play(NOON)


def test_where_no_register_is_asked_nothing_is(register: Register) -> None:
    bob = bob_make(brand_make("aurora", "MT"))
    answer = check(bob)
    assert answer.may_play
    assert not RegisterLookup.objects.exists()
    assert register_fact(player_id=bob.pk, jurisdiction="MT", now=NOON) is None


def test_an_applicant_is_asked_about_before_there_is_an_account(register: Register) -> None:
    brand = brand_make()
    for name, expected in (("Bob Evans", True), ("Bob Excluded", False), ("Bob Outage", False)):
        applicant = Applicant(details=other(full_name=name), brand_id=brand.pk, jurisdiction="GB")
        answer = register_check(who=applicant, occasion=Occasion.REGISTRATION, actor="system:test", now=NOON)
        assert answer.may_play == expected
    assert RegisterLookup.objects.filter(player=None, brand=brand).count() == RegisterLookup.objects.count() == 3
    assert not RegisterStanding.objects.exists()


@pytest.mark.parametrize(
    "details",
    [None, PersonalDetails(full_name="Bob Evans"), other(postcode=""), other(email=""), other(full_name="Bob"),
     other(birth_date=None)],
)  # fmt: skip
def test_a_player_whose_details_are_missing_does_not_play(details: PersonalDetails | None, register: Register) -> None:
    answer = check(bob_make(details=details))
    assert answer.outcome == O.INCOMPLETE
    assert not answer.may_play


@pytest.mark.parametrize("url", ["", "http://register.example/v2", "ftp://127.0.0.1/", "not an address", "https://"])
def test_a_register_that_is_not_connected_safely_is_not_asked(url: str, settings: LazySettings) -> None:
    settings.REGISTERS = {"gamstop": ("gamstop", url, "key")}
    answer = check(bob_make())
    assert answer.outcome == O.NOT_CONFIGURED
    assert not answer.may_play


def test_registers_without_a_dialect_of_ours_keep_from_play() -> None:
    for jurisdiction, register in (("SE", "spelpaus"), ("DK", "rofus"), ("NL", "cruks"), ("DE", "oasis")):
        bob = bob_make(brand_make(f"b-{jurisdiction.lower()}", jurisdiction))
        answer = check(bob)
        assert (answer.register, answer.outcome) == (register, O.NOT_CONFIGURED)
        assert not answer.may_play


def test_a_wrong_key_and_a_dead_server_are_told_apart(register: Register, settings: LazySettings) -> None:
    settings.REGISTERS = {"gamstop": ("gamstop", register.url, "another key")}
    assert check(bob_make()).outcome == O.REFUSED
    settings.REGISTERS = {"gamstop": ("gamstop", "http://127.0.0.1:9/v2", "key")}
    assert check(bob_make()).outcome == O.UNREACHABLE


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(
    register: Register, settings: LazySettings, tls_register: str
) -> None:
    settings.REGISTERS = {"gamstop": ("gamstop", tls_register, "key")}
    assert check(bob_make()).outcome == O.UNREACHABLE


def test_silence_alarms_once_and_is_logged_each_time(register: Register) -> None:
    register.order("mode", mode="outage")
    bob = bob_make()
    for minutes in (0, 1, 2, 8):
        check(bob, hours=minutes / 60)
    assert RegisterLookup.objects.filter(outcome=O.SERVER_ERROR).count() == 4
    alarms = AuditEvent.objects.filter(name="compliance:register:silent")
    assert [alarm.severity for alarm in alarms] == ["critical", "critical"], "at once, and again after a while"
    assert all(alarm.significant for alarm in alarms)


def test_silence_after_a_clear_answer_closes_play_at_the_next_sign_in(register: Register) -> None:
    bob = bob_make()
    check(bob)
    register.order("mode", mode="garbage")
    check(bob, hours=1)
    fact = register_fact(player_id=bob.pk, jurisdiction="GB", now=NOON)
    assert fact is not None
    assert not fact.opens_play(NOON + timedelta(hours=1))
    register.order("mode", mode="")
    check(bob, hours=2)
    fact = register_fact(player_id=bob.pk, jurisdiction="GB", now=NOON)
    assert fact is not None
    assert fact.opens_play(NOON + timedelta(hours=2))


def test_the_daily_round_asks_again_in_time_and_its_failure_spoils_nothing_that_holds(register: Register) -> None:
    bob, maltese = bob_make(), bob_make(brand_make("aurora", "MT"), nickname="Mia")
    assert register_due([bob.pk, maltese.pk], now=NOON) == [bob.pk], "never asked"
    check(bob)
    assert register_due([bob.pk], now=NOON + timedelta(hours=19)) == []
    assert register_due([bob.pk], now=NOON + timedelta(hours=21)) == [bob.pk]
    register.order("mode", mode="outage")
    check(bob, Occasion.DAILY, hours=21)
    fact = register_fact(player_id=bob.pk, jurisdiction="GB", now=NOON)
    assert fact is not None
    assert fact.opens_play(NOON + timedelta(hours=22))
    assert not fact.opens_play(NOON + timedelta(hours=24))


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_a_register(register: Register) -> None:
    bob = bob_make()
    with pytest.raises(BrokenPromise), transaction.atomic():
        check(bob)
    assert check(bob).may_play


def test_nothing_personal_is_in_the_log_the_rows_and_the_register(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    bob = bob_make(details=other(full_name="Bob Outage"))
    check(bob)
    rows = repr(list(RegisterLookup.objects.values())) + repr(list(AuditEvent.objects.values("reason", "after")))
    everything = (rows + Path(register.log).read_text() + capsys.readouterr().out).lower()
    for word in ("bob outage", "mill lane", "sa1", "evans", "post.example", "1985"):
        assert word not in everything
    applicant = Applicant(details=BOB, brand_id=bob.brand_id, jurisdiction="GB")
    assert "Evans" not in repr(applicant)


def test_who_moved_is_asked_about_with_the_new_postcode(register: Register) -> None:
    bob = bob_make()
    register.order(
        "exclude", firstName="Bob", lastName="Evans", dateOfBirth="1985-05-17", email="x", postcode="LS1 4AP"
    )
    assert check(bob).may_play
    personal_data_set(player_id=bob.pk, details=other(postcode="ls14ap"), actor="staff:7", reason="moved", now=NOON)
    assert check(bob, hours=1).excluded


def test_certificates_are_verified() -> None:
    from compliance.register.adapters.gamstop.client import _certificates

    assert _certificates().verify_mode == ssl.CERT_REQUIRED
    assert _certificates().check_hostname
