"""Opening an account: the person is old enough, not excluded, and has none yet in any brand of the group (G-10, G-11).

Every attempt that was decided is kept, with its reason and nothing personal; who is refused is not told the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from django.db import transaction

from casino.entrance.details import details_check, details_tidy, too_young, zone_named
from casino.entrance.passwords import password_check
from casino.entrance.services.likeness import Likeness, likeness_of
from casino.entrance.services.protection import account_follow, applicant_refused
from casino.entrance.types import Application, Arrival
from casino.outbox.enums import FactName
from casino.outbox.services.facts import fact_announce
from common.ids import public_id
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.policy.selectors.policies import policy_of
from players.accounts.enums import LetterKind, RegistrationOutcome
from players.accounts.errors import RegistrationRefused, RegistrationUnavailable
from players.accounts.locks import identities_lock
from players.accounts.models import Registration, TermsVersion
from players.accounts.selectors.brands import brand_open
from players.accounts.services.consents import consents_set
from players.accounts.services.credentials import credential_open, password_hash
from players.accounts.services.devices import device_id_of, device_seen
from players.accounts.services.letters import letter_write
from players.accounts.services.sessions import StartedSession, session_start
from players.accounts.services.terms import terms_accept, terms_check
from players.enums import PlayerStatus
from players.models import Brand, Player
from players.personal.identity import IdentityDigests, identity_digests
from players.personal.services.personal_data import personal_data_set

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Registered:
    """A new account with its first sign-in; `device_id` is for the device to keep."""

    player: Player
    started: StartedSession
    device_id: str


def player_register(*, application: Application, arrival: Arrival, now: datetime) -> Registered:
    """Open an account with its first sign-in.

    Raises BrandUnknown, DetailMissing, EmailNotAccepted, PasswordTooWeak and TermsNotAccepted, which a person can put
    right; RegistrationRefused for who is too young, excluded, or has an account; RegistrationUnavailable when the
    national register does not answer: then nobody is opened (UK-20).
    """
    brand = brand_open(application.brand)
    policy = policy_of(jurisdiction=brand.jurisdiction, now=now)
    application = replace(application, details=details_tidy(application.details))
    details_check(application=application, policy=policy, now=now)
    password_check(application.password, application.details)
    versions = terms_check(brand=brand, accepted=application.accepted, now=now)
    if not versions:
        log.error("players:registration:no_terms", brand=brand.code)
        raise RegistrationUnavailable
    assert application.details.birth_date is not None
    if too_young(birth_date=application.details.birth_date, policy=policy, now=now):
        raise _refused(brand, application, arrival, Likeness(outcome=RegistrationOutcome.UNDERAGE), now)
    kept_out = applicant_refused(details=application.details, brand=brand, now=now)
    if kept_out is not None:
        raise _refused(brand, application, arrival, Likeness(outcome=kept_out), now)
    arrival = replace(arrival, device_id=device_id_of(arrival.device_id))
    hashed = password_hash(application.password)
    digests = identity_digests(application.details)
    with transaction.atomic():
        identities_lock(_lockable(digests))
        found = likeness_of(brand=brand, digests=digests, device_id=arrival.device_id)
        if found.outcome == RegistrationOutcome.OPENED:
            return _opened(brand, application, arrival, found, versions, hashed, now)
    raise _refused(brand, application, arrival, found, now)


def _lockable(digests: IdentityDigests) -> list[bytes]:
    return [digest for digest in (*digests.names, digests.document, digests.email, digests.address) if digest]


def _opened(
    brand: Brand,
    application: Application,
    arrival: Arrival,
    found: Likeness,
    versions: list[TermsVersion],
    hashed: str,
    now: datetime,
) -> Registered:
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=application.nickname or "Player",
        status=PlayerStatus.BLOCKED if found.blocks else PlayerStatus.ACTIVE, currency=application.currency,
        country=application.country, language=application.language, time_zone=zone_named(application),
        jurisdiction=brand.jurisdiction, created_at=now,
    )  # fmt: skip
    actor = f"player:{player.pk}"
    personal_data_set(player_id=player.pk, details=application.details, actor=actor, reason="registration", now=now)
    credential_open(player=player, email=application.details.email, hashed=hashed, now=now)
    device, _ = device_seen(
        player=player, device_id=arrival.device_id, user_agent=arrival.user_agent, ip=arrival.ip, now=now
    )
    terms_accept(player=player, versions=versions, ip=arrival.ip, actor=actor, now=now)
    consents_set(
        player=player, answers=application.consents, text_version=application.consent_text or versions[0].version,
        source="registration", ip=arrival.ip, actor=actor, now=now,
    )  # fmt: skip
    Registration.objects.create(
        brand=brand, outcome=RegistrationOutcome.OPENED, player=player, matched_id=found.player_id,
        matched_by=found.by, country=application.country, ip=arrival.ip, attempted_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.PLAYER_REGISTERED, actor=actor, now=now, subject=f"players.player:{player.pk}",
        brand_id=brand.pk, player_id=player.pk, reason=found.words,
        after={"status": player.status, "country": player.country, "currency": player.currency, "alike": found.by},
    )  # fmt: skip
    if found.flags:
        flag_place(
            player_id=player.pk, kind=FlagKind.RISK_LINKED, ends_at=None, reason=f"Registered: {found.words}.",
            actor="system:registration", now=now,
        )  # fmt: skip
    fact_announce(
        name=FactName.PLAYER_REGISTERED, player_id=player.pk, key=player.public_id, now=now,
        payload={"brand": brand.code, "country": player.country, "currency": player.currency},
    )  # fmt: skip
    letter_write(player=player, kind=LetterKind.VERIFY_EMAIL, now=now)
    account_follow(player_id=player.pk, actor=actor, now=now)
    started = session_start(
        player=player, device=device, ip=arrival.ip, user_agent=arrival.user_agent, actor=actor, now=now
    )
    log.info("players:player:registered", player=player.public_id, brand=brand.code)
    return Registered(player, started, arrival.device_id)


@transaction.atomic
def _refused(
    brand: Brand, application: Application, arrival: Arrival, found: Likeness, now: datetime
) -> RegistrationRefused | RegistrationUnavailable:
    """Keep the attempt; the answer is the same for every reason that is the person's."""
    attempt = Registration.objects.create(
        brand=brand, outcome=found.outcome, matched_id=found.player_id, matched_by=found.by,
        country=application.country, ip=arrival.ip, attempted_at=now,
    )  # fmt: skip
    audit_record(
        name=EventName.REGISTRATION_REFUSED, actor="anonymous", now=now,
        subject=f"accounts.registration:{attempt.pk}", reason=RegistrationOutcome(found.outcome).label,
        brand_id=brand.pk, player_id=found.player_id, after={"outcome": found.outcome, "by": found.by},
        outcome=Outcome.REFUSED,
    )  # fmt: skip
    if found.outcome == RegistrationOutcome.REGISTER_SILENT:
        return RegistrationUnavailable()
    return RegistrationRefused()
