"""Asking a national register, outside any transaction; every question is logged with its outcome and its time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import connection, transaction

from common.errors import BrokenPromise
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.register.enums import ANSWERED, CLEAR, Occasion, RegisterOutcome
from compliance.register.models import RegisterLookup
from compliance.register.registry import register_site
from compliance.register.types import BELIEVED, NOT_REQUIRED, Person, RegisterAnswer, Reply
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open
from players.personal.types import PersonalDetails

QUIET: Final = timedelta(minutes=5)  # a register that stays silent is an event once in this time, not once a sign-in
# Asked whenever somebody does; sign-ins, registrations and deposits as the policy says.
BY_THEMSELVES: Final = frozenset({Occasion.STAFF, Occasion.DAILY, Occasion.MARKETING})
_STANDING: Final = """
    INSERT INTO register_registerstanding AS s (player_id, register, outcome, clear, asked_at, valid_until, lookup_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (player_id) DO UPDATE SET register = EXCLUDED.register, outcome = EXCLUDED.outcome,
        clear = EXCLUDED.clear, asked_at = EXCLUDED.asked_at, valid_until = EXCLUDED.valid_until,
        lookup_id = EXCLUDED.lookup_id
    WHERE s.asked_at <= EXCLUDED.asked_at
"""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Somebody who wants an account: asked about before there is one."""

    details: PersonalDetails = field(repr=False)
    brand_id: int
    jurisdiction: str


def register_check(*, who: int | Applicant, occasion: Occasion, actor: str, now: datetime) -> RegisterAnswer:
    """Ask the register of the jurisdiction about a player (by number) or an applicant, where the policy asks it then.

    What is not known keeps from play: no answer in time, 5xx, anything not understood, a register that is not
    connected, details that are missing (UK-20, SE-05, DK-06, DE-02). Withdrawal stays open. Takes at most about twice
    REGISTER_TIMEOUT_MS. Raises BrokenPromise inside a transaction: nothing waits for a network while it holds locks.
    """
    _outside_transactions()
    player = None if isinstance(who, Applicant) else Player.objects.get(pk=who)
    jurisdiction = who.jurisdiction if isinstance(who, Applicant) else _of(player).jurisdiction
    rule = policy_of(jurisdiction=jurisdiction, now=now).table(PolicyKey.EXCLUSION_REGISTER)
    if rule is None or (occasion not in BY_THEMSELVES and occasion not in rule["check_at"]):
        return NOT_REQUIRED
    register = str(rule["register"])
    person = _person(who.details if isinstance(who, Applicant) else _details(_of(player)))
    reply = _ask(register, person)
    brand_id = who.brand_id if isinstance(who, Applicant) else _of(player).brand_id
    row = RegisterLookup(
        register=register, jurisdiction=jurisdiction, occasion=occasion, brand_id=brand_id, player=player,
        outcome=reply.outcome, status=reply.status, reference=reply.reference, latency_ms=reply.latency_ms,
        asked_at=now,
    )  # fmt: skip
    _keep(row, actor)
    return RegisterAnswer(
        required=True, register=register, outcome=reply.outcome, lookup_id=row.pk, asked_at=row.asked_at
    )


@transaction.atomic
def _keep(row: RegisterLookup, actor: str) -> None:
    """The log's row, what stands for the player, and an alarm where nothing was learned."""
    answered = row.outcome in ANSWERED
    alarmed = answered or _told_lately(row)
    row.save(force_insert=True)
    # A daily round that learned nothing leaves the answer that stands until its own end.
    if row.player_id is not None and (answered or row.occasion != Occasion.DAILY):
        believed = row.asked_at + (BELIEVED if answered else timedelta())
        with connection.cursor() as cursor:
            cursor.execute(_STANDING, [
                row.player_id, row.register, row.outcome, row.outcome in CLEAR, row.asked_at, believed, row.pk,
            ])  # fmt: skip
    if not alarmed:
        audit_record(
            name=EventName.REGISTER_SILENT, actor=actor, now=row.asked_at, subject=f"register.registerlookup:{row.pk}",
            reason=f"{row.get_register_display()}: {row.get_outcome_display()}",
            after={"register": row.register, "outcome": row.outcome, "status": row.status},
        )  # fmt: skip
    if not answered:
        log.error("compliance:register:silent", register=row.register, outcome=row.outcome, status=row.status)


def _told_lately(row: RegisterLookup) -> bool:
    """Whether this register was silent before, within QUIET, so that the alarm stands already."""
    failed = [outcome for outcome in RegisterOutcome if outcome not in ANSWERED]
    earlier = RegisterLookup.objects.filter(register=row.register, asked_at__gt=row.asked_at - QUIET)
    return earlier.filter(asked_at__lte=row.asked_at, outcome__in=failed).exists()


def _ask(register: str, person: Person | None) -> Reply:
    if person is None:
        return Reply(outcome=RegisterOutcome.INCOMPLETE, latency_ms=0)
    site = register_site(register)
    if site is None:
        return Reply(outcome=RegisterOutcome.NOT_CONFIGURED, latency_ms=0)
    ask, place = site
    return ask(person, place, secrets.token_hex(16))


def _person(details: PersonalDetails | None) -> Person | None:
    """What registers ask for; None where some of it is missing."""
    names = details.full_name.split() if details else []
    if details is None or len(names) < 2 or details.birth_date is None or not details.email or not details.postcode:
        return None
    return Person(
        first_name=names[0], last_name=names[-1], birth_date=details.birth_date, email=details.email.strip(),
        postcode=details.postcode.strip(), mobile=details.phone.strip(),
    )  # fmt: skip


def _details(player: Player) -> PersonalDetails | None:
    try:
        return details_open(player_id=player.pk)
    except (PersonalDataUnknown, PersonalDataErased):
        return None


def _of(player: Player | None) -> Player:
    assert player is not None
    return player


def _outside_transactions() -> None:
    if connection.in_atomic_block and not getattr(connection.atomic_blocks[-1], "_from_testcase", False):
        raise BrokenPromise("a register is asked outside of every transaction")
