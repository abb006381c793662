"""Opening an account (G-10, G-11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.audit.models import AuditEvent
from compliance.exclusions.services.exclusions import person_exclude
from compliance.gate.models import Flag
from players.accounts.enums import Channel, Product, RegistrationOutcome
from players.accounts.errors import (
    BrandUnknown,
    DetailMissing,
    EmailNotAccepted,
    PasswordTooWeak,
    RegistrationRefused,
    RegistrationUnavailable,
    TermsNotAccepted,
)
from players.accounts.models import Consent, Credential, Registration, TermsAcceptance
from players.accounts.selectors.consents import consenting, consents_of
from players.accounts.services.consents import Answer
from players.enums import PlayerStatus
from players.models import Brand, Player
from players.personal.selectors.details import details_open
from players.services.players import player_close
from tests.accounts.cast import ALICE, NOON, application, brand_with_terms, register

pytestmark = pytest.mark.django_db
BOB = replace(
    ALICE, full_name="Bob Camilleri", email="bob@mail.example", phone="+356 9999 0000", birth_date=date(1985, 5, 6),
    address_lines="3 Mill Lane", postcode="SLM 2020",
)  # fmt: skip


def test_a_registration_keeps_who_the_player_is_what_they_accepted_and_how_they_came(aurora: Brand) -> None:
    made = register()
    player = made.player
    assert (player.status, player.country, player.time_zone) == (PlayerStatus.ACTIVE, "MT", "Europe/Malta")
    assert details_open(player_id=player.pk) == ALICE
    assert TermsAcceptance.objects.filter(player=player, accepted_at=NOON).count() == 2
    kept = Registration.objects.get(player=player)
    assert (kept.outcome, kept.ip) == (RegistrationOutcome.OPENED, "203.0.113.7")
    assert AuditEvent.objects.get(name="players:player:registered").player_id == player.pk
    assert Credential.objects.get(player=player).password.startswith("argon2")


def test_nothing_personal_of_a_registration_stands_in_the_clear(aurora: Brand) -> None:
    register()
    told = str(list(AuditEvent.objects.values_list("before", "after", "reason", "subject")))
    told += str(list(Registration.objects.values())) + str(list(Player.objects.values()))
    assert not [word for word in ("Borg", "alice@", "2123", "Republic", "1990-02-03", "VLT") if word in told]


@pytest.mark.parametrize(
    ("jurisdiction", "born", "at", "opened"),
    [
        ("MT", date(2008, 11, 20), datetime(2026, 11, 20, 12, tzinfo=UTC), True),  # eighteen today
        ("MT", date(2008, 11, 21), datetime(2026, 11, 20, 12, tzinfo=UTC), False),  # tomorrow
        ("MT", date(2008, 11, 21), datetime(2026, 11, 20, 23, 30, tzinfo=UTC), True),  # tomorrow is already in Malta
        ("ON", date(2007, 11, 21), datetime(2026, 11, 21, 3, 0, tzinfo=UTC), False),  # still yesterday in Toronto
        ("ON", date(2007, 11, 21), datetime(2026, 11, 21, 5, 1, tzinfo=UTC), True),
        ("MT", date(2008, 2, 29), datetime(2026, 2, 28, 12, tzinfo=UTC), False),  # a leap day's child: 1 March
        ("MT", date(2008, 2, 29), datetime(2026, 3, 1, 12, tzinfo=UTC), True),
    ],
)
def test_age_is_of_the_jurisdictions_calendar_date(jurisdiction: str, born: date, at: datetime, opened: bool) -> None:
    brand_with_terms("aurora", jurisdiction=jurisdiction)
    details = replace(ALICE, birth_date=born)
    if opened:
        assert register(details, now=at).player.pk
        return
    with pytest.raises(RegistrationRefused):
        register(details, now=at)
    assert Registration.objects.get().outcome == RegistrationOutcome.UNDERAGE
    event = AuditEvent.objects.get(name="players:registration:refused")
    assert (event.outcome, event.after) == ("refused", {"outcome": "underage", "by": ""})
    assert not Player.objects.exists()


SAME = [
    replace(BOB, full_name="Alice Borg", birth_date=ALICE.birth_date),
    replace(BOB, full_name="  borg   ALICE ", birth_date=ALICE.birth_date),
    replace(BOB, full_name="Álice Börg", birth_date=ALICE.birth_date),
    replace(BOB, full_name="Аliсе Воrg", birth_date=ALICE.birth_date),  # Cyrillic А, с, е, В, о
    replace(BOB, full_name="Ａｌｉｃｅ Ｂｏｒｇ", birth_date=ALICE.birth_date),
    replace(BOB, full_name="Al\u200bice Borg", birth_date=ALICE.birth_date),
    replace(BOB, email="ALICE@mail.example"),
    replace(BOB, national_id="mt-0123 456"),
]


@pytest.mark.parametrize("again", SAME)
@pytest.mark.parametrize("brand", ["aurora", "borealis"])
def test_one_person_has_one_account_in_all_brands_of_a_group(again: object, brand: str) -> None:
    brand_with_terms("aurora", group="north")
    brand_with_terms("borealis", group="north")
    first = register(replace(ALICE, national_id="MT 0123456"))
    with pytest.raises(RegistrationRefused) as refused:
        register(again, brand=brand, device="another-device-00001")  # type: ignore[arg-type]  # PersonalDetails
    assert refused.value.details == {}
    kept = Registration.objects.get(outcome=RegistrationOutcome.DUPLICATE)
    assert kept.matched_id == first.player.pk
    assert AuditEvent.objects.get(name="players:registration:refused").player_id == first.player.pk


def test_other_houses_are_other_accounts(aurora: Brand) -> None:
    brand_with_terms("borealis", group="north")
    assert register().player.pk != register(brand="borealis").player.pk


def test_the_refusals_of_too_young_and_of_a_second_account_are_the_same(aurora: Brand) -> None:
    register()
    problems = []
    for details in (ALICE, replace(BOB, birth_date=date(2010, 1, 1))):
        with pytest.raises(RegistrationRefused) as refused:
            register(details)
        problems.append((refused.value.code, str(refused.value), refused.value.details))
    assert problems[0] == problems[1]


def test_a_shared_home_is_noted_and_two_shared_marks_wait_for_a_look(aurora: Brand) -> None:
    alice = register().player
    flatmate = register(
        replace(BOB, address_lines="Republic St. 12", postcode="vlt1110"), device="bobs-own-telephone-1"
    ).player
    kept = Registration.objects.get(player=flatmate)
    assert (kept.matched_id, kept.matched_by, flatmate.status) == (alice.pk, "address", PlayerStatus.ACTIVE)
    other = replace(
        BOB, full_name="Ray Alias", email="ray@mail.example", birth_date=date(1990, 2, 4), phone=ALICE.phone
    )
    alias = register(replace(other, address_lines=ALICE.address_lines, postcode=ALICE.postcode)).player
    assert alias.status == PlayerStatus.BLOCKED
    assert Registration.objects.get(player=alias).matched_by == "address,device,phone"


def test_a_shared_telephone_alone_is_noted_and_stops_nothing(aurora: Brand) -> None:
    alice = register().player
    daughter = register(replace(BOB, phone=ALICE.phone), device="bobs-own-telephone-1").player
    kept = Registration.objects.get(player=daughter)
    assert (kept.matched_id, kept.matched_by, daughter.status) == (alice.pk, "phone", PlayerStatus.ACTIVE)
    assert not Flag.objects.filter(player=daughter).exists()


def test_who_closed_the_account_may_come_back(aurora: Brand) -> None:
    first = register().player
    player_close(player_id=first.pk, actor="staff:1", now=NOON, reason="asked")
    details = replace(ALICE, email="alice.new@mail.example")
    assert register(details, now=NOON + timedelta(days=1)).player.pk != first.pk


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"details": replace(ALICE, birth_date=date(2027, 1, 1))}, "birth_date"),
        ({"details": replace(ALICE, birth_date=date(1880, 1, 1))}, "birth_date"),
        ({"details": replace(ALICE, full_name="—")}, "full_name"),
        ({"details": replace(ALICE, email="alice")}, "email"),
        ({"details": replace(ALICE, email="a@b@c.example")}, "email"),
        ({"details": replace(ALICE, phone="12")}, "phone"),
        ({"details": replace(ALICE, city="")}, "city"),
        ({"country": "XX"}, "country"),
        ({"currency": "EURO"}, "currency"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"language": "english please"}, "language"),
    ],
)
def test_impossible_details_are_told_by_field(aurora: Brand, changed: dict[str, object], field: str) -> None:
    with pytest.raises(DetailMissing) as refused:
        register(**changed)  # type: ignore[arg-type]  # parametrized
    assert list(refused.value.details) == [field]
    assert not Registration.objects.exists()


@pytest.mark.parametrize("email", ["x@mailinator.com", "x@eu.Yopmail.com", "x@ＭＡＩＬＩＮＡＴＯＲ.com"])
def test_disposable_addresses_are_refused(aurora: Brand, email: str) -> None:
    with pytest.raises(EmailNotAccepted):
        register(replace(ALICE, email=email))


@pytest.mark.parametrize("password", ["short1", "password123", "aaaaaaaaaaaa", "alice-likes-otters", "x" * 129])
def test_weak_passwords_are_refused(aurora: Brand, password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        register(password=password)


def test_only_the_versions_in_force_are_accepted(aurora: Brand) -> None:
    with pytest.raises(TermsNotAccepted) as refused:
        register(accepted={"terms": "2025-01"})
    assert refused.value.details == {"terms": "2026-01", "privacy": "2026-01"}


def test_unknown_and_closed_brands_take_nobody(aurora: Brand) -> None:
    with pytest.raises(BrandUnknown):
        register(brand="nowhere")
    Brand.objects.filter(pk=aurora.pk).update(enabled=False)
    with pytest.raises(BrandUnknown):
        register()


def test_consents_are_by_product_and_channel_and_none_is_given_that_was_not_said(aurora: Brand) -> None:
    silent = register().player
    assert consents_of(silent.pk) == {}
    answers = (Answer(Product.CASINO, Channel.EMAIL, True), Answer(Product.CASINO, Channel.SMS, False))
    willing = register(BOB, device="bobs-own-telephone-1", consents=answers, consent_text="2026-03").player
    kept = Consent.objects.get(player=willing)
    assert (kept.product, kept.channel, kept.granted, kept.text_version) == ("casino", "email", True, "2026-03")
    both = [silent.pk, willing.pk]
    assert consenting(player_ids=both, product=Product.CASINO, channel=Channel.EMAIL) == {willing.pk}
    assert consenting(player_ids=both, product=Product.BETTING, channel=Channel.EMAIL) == frozenset()


def test_an_application_never_shows_its_password_or_person() -> None:
    shown = repr(application())
    assert "otter" not in shown
    assert "Borg" not in shown


def test_an_excluded_person_opens_no_account_under_any_spelling(aurora: Brand) -> None:
    person_exclude(
        details=ALICE,
        brand_id=aurora.pk,
        length="P6M",
        contact_note="asked by telephone",
        actor="staff:1",
        now=NOON,
    )
    for name in ("Alice Borg", "Аliсе Воrg"):
        with pytest.raises(RegistrationRefused):
            register(replace(ALICE, full_name=name, email="other@mail.example", phone=""), now=NOON + timedelta(days=9))
    assert set(Registration.objects.values_list("outcome", flat=True)) == {RegistrationOutcome.EXCLUDED}
    assert not Player.objects.exists()


def test_while_the_national_register_is_silent_nobody_is_opened(db: None) -> None:
    brand_with_terms("aurora", jurisdiction="GB")
    with pytest.raises(RegistrationUnavailable):
        register(country="GB")
    assert Registration.objects.get().outcome == RegistrationOutcome.REGISTER_SILENT
