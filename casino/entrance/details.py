"""Whether an applicant's details are whole and possible, by the jurisdiction's rules: says what is wrong by field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from casino.entrance.types import Application
from common.currencies import CURRENCIES
from compliance.policy.keys import PolicyKey
from compliance.policy.types import Policy
from players.accounts.disposable import is_disposable
from players.accounts.errors import DetailMissing, EmailNotAccepted
from players.personal.ages import OLDEST, age_on
from players.personal.folding import name_sound
from players.personal.types import PersonalDetails
from players.personal.vault import phone_index
from players.time_zones import UTC_ZONE, zone_of_country

# The local part as RFC 5321 writes it without quotes; the domain has a dot and no digits-only ending.
EMAIL: Final = re.compile(r"[^\s@\"(),:;<>\[\]\\]{1,64}@([^\s@.]+\.)+[^\s@.\d][^\s@.]+")
EMAIL_MOST: Final = 254
COUNTRY: Final = re.compile(r"[A-Z]{2}")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def details_tidy(details: PersonalDetails) -> PersonalDetails:
    """The details in one Unicode form, without spaces around them and without invisible characters."""
    texts = {f.name: _tidy(getattr(details, f.name)) for f in fields(details) if f.name != "birth_date"}
    return replace(details, **texts)  # type: ignore[arg-type]  # texts alone


def _tidy(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in {"Cc", "Cf"})
    return " ".join(plain.split())


def details_check(*, application: Application, policy: Policy, now: datetime) -> None:
    """Raises DetailMissing with each field's problem, EmailNotAccepted."""
    details, today = application.details, now.astimezone(policy.zone).date()
    wrong = _missing(application, policy) | _impossible(application, today)
    if wrong:
        raise DetailMissing(**wrong)
    if is_disposable(details.email):
        raise EmailNotAccepted


def _missing(application: Application, policy: Policy) -> dict[str, str]:
    required = {*policy.words(PolicyKey.REGISTRATION_REQUIRED_FIELDS), "full_name", "birth_date", "email", "country"}
    told = application.details.as_text() | {"country": application.country}
    return {name: "is required" for name in sorted(required) if not told.get(name)}


def _impossible(application: Application, today: date) -> dict[str, str]:
    details, wrong = application.details, {}
    if details.full_name and len(name_sound(details.full_name)) < 2:
        wrong["full_name"] = "is no name"
    if details.birth_date and not 0 <= age_on(details.birth_date, today) <= OLDEST:
        wrong["birth_date"] = "is no possible birth date"
    if details.email and not (EMAIL.fullmatch(details.email) and len(details.email) <= EMAIL_MOST):
        wrong["email"] = "is no e-mail address"
    if set(name_sound(application.nickname).split()) & set(name_sound(details.full_name).split()):
        wrong["nickname"] = "should not be your name: others may see it"
    if details.phone and phone_index(details.phone) is None:
        wrong["phone"] = "has too few digits"
    if application.country and (
        not COUNTRY.fullmatch(application.country) or zone_of_country(application.country) == UTC_ZONE
    ):
        wrong["country"] = "is no ISO 3166-1 code of two letters"
    if application.currency not in CURRENCIES:
        wrong["currency"] = "is no currency that we keep"
    if not LANGUAGE.fullmatch(application.language):
        wrong["language"] = "is no language tag such as en or de-AT"
    if application.time_zone and application.time_zone not in available_timezones():
        wrong["time_zone"] = "is no time zone such as Europe/Malta"
    return wrong


def too_young(*, birth_date: date, policy: Policy, now: datetime) -> bool:
    """Whether the person is below the least age on the jurisdiction's calendar date (G-11)."""
    least = policy.number(PolicyKey.REGISTRATION_MIN_AGE)
    return least is not None and age_on(birth_date, now.astimezone(policy.zone).date()) < least


def zone_named(application: Application) -> str:
    """The player's time zone: what they told, else their country's."""
    zone = application.time_zone or zone_of_country(application.country)
    return ZoneInfo(zone).key
