"""What a register says is made to hold: at every sign-in, in the daily round, for every account, and given back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casino.entrance.services.protection import applicant_refused, register_pass, registers_refresh, sign_in_protect
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.models import Exclusion
from compliance.exclusions.selectors.standing import exclusions_in_force
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.register.enums import Occasion
from compliance.register.models import RegisterLookup
from players.accounts.enums import RegistrationOutcome
from players.accounts.models import PlayerSession
from players.models import Player
from tests.exclusions.cast import BOB, bob_make, brand_make, other
from tests.exclusions.test_effects import token_of
from tests.factories import NOON
from tests.register.conftest import Register

pytestmark = pytest.mark.django_db
FORM = {
    "firstName": "Bob", "lastName": "Evans", "dateOfBirth": "1985-05-17", "email": "bob.evans@post.example",
    "postcode": "SA1 1AA",
}  # fmt: skip


def reasons(player: Player, touchpoint: Touchpoint, hours: float) -> list[str]:
    verdict = gate_ask(player_id=player.pk, touchpoint=touchpoint, now=NOON + timedelta(hours=hours))
    return [reason.code for reason in verdict.reasons]


def test_who_is_on_the_register_is_excluded_everywhere_until_the_register_says_otherwise(register: Register) -> None:
    here, there = bob_make(), bob_make(brand_make("sceptre"))
    sign_in_protect(player_id=here.pk, now=NOON)
    assert "register_excluded" not in reasons(here, Touchpoint.BET, 0.1)
    token_of(here)
    register.order("exclude", **FORM)
    sign_in_protect(player_id=here.pk, now=NOON + timedelta(hours=1))
    assert "register_excluded" in reasons(here, Touchpoint.BET, 1)
    assert "register_excluded" in reasons(there, Touchpoint.DEPOSIT, 1)
    assert reasons(here, Touchpoint.WITHDRAWAL, 1) == []
    assert not PlayerSession.objects.filter(player=here, ended_at=None).exists()
    again = register_pass(
        player_id=here.pk, occasion=Occasion.SIGN_IN, actor="system:test", now=NOON + timedelta(hours=2)
    )
    assert again.excluded
    assert Exclusion.objects.filter(kind=ExclusionKind.REGISTER).count() == 2, "one for each account, once"
    register.order("return", **FORM)
    sign_in_protect(player_id=there.pk, now=NOON + timedelta(hours=3))
    for player in (here, there):
        assert exclusions_in_force(player_id=player.pk, now=NOON + timedelta(hours=3)) == ()


@pytest.mark.parametrize("name", ["Bob Outage", "Bob Silence", "Bob Garbage"])
def test_silence_denies_play_and_allows_withdrawal(name: str, register: Register) -> None:
    bob = bob_make(details=other(full_name=name))
    answer = sign_in_protect(player_id=bob.pk, now=NOON)
    assert not answer.may_play
    for touchpoint in (Touchpoint.BET, Touchpoint.LAUNCH, Touchpoint.DEPOSIT, Touchpoint.BONUS, Touchpoint.MARKETING):
        assert "register_unknown" in reasons(bob, touchpoint, 0.01), touchpoint
    assert "register_unknown" not in reasons(bob, Touchpoint.WITHDRAWAL, 0.01)
    assert "register_unknown" not in reasons(bob, Touchpoint.SIGN_IN, 0.01)


def test_a_clear_answer_opens_play_for_a_day(register: Register) -> None:
    bob = bob_make()
    assert "register_unknown" in reasons(bob, Touchpoint.BET, 0), "never asked"
    sign_in_protect(player_id=bob.pk, now=NOON)
    assert "register_unknown" not in reasons(bob, Touchpoint.BET, 23.9)
    assert "register_unknown" in reasons(bob, Touchpoint.BET, 24)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("Bob Excluded", RegistrationOutcome.EXCLUDED), ("Bob Outage", RegistrationOutcome.REGISTER_SILENT),
     ("Bob Silence", RegistrationOutcome.REGISTER_SILENT), ("Bob Returned", None), ("Bob Evans", None)],
)  # fmt: skip
def test_an_applicant_passes_the_register_first(
    name: str, outcome: RegistrationOutcome | None, register: Register
) -> None:
    assert applicant_refused(details=other(full_name=name), brand=brand_make(), now=NOON) == outcome
    assert RegisterLookup.objects.get().occasion == "registration"


def test_the_daily_round_finds_out_during_a_session(register: Register) -> None:
    bob = bob_make()
    sign_in_protect(player_id=bob.pk, now=NOON)
    token_of(bob)
    assert registers_refresh(now=NOON + timedelta(hours=1)) == 0, "asked an hour ago"
    register.order("exclude", **FORM)
    assert registers_refresh(now=NOON + timedelta(hours=21)) == 1
    assert "register_excluded" in reasons(bob, Touchpoint.BET, 21)
    assert not PlayerSession.objects.filter(player=bob, ended_at=None).exists()
    register.order("return", **FORM)


def test_who_is_not_signed_in_is_not_asked_about(register: Register) -> None:
    bob_make()
    assert registers_refresh(now=NOON) == 0


def test_every_sign_in_asks_anew(register: Register) -> None:
    bob = bob_make(details=BOB)
    for minute in range(3):
        sign_in_protect(player_id=bob.pk, now=NOON + timedelta(minutes=minute))
    assert RegisterLookup.objects.filter(occasion="sign_in").count() == 3
