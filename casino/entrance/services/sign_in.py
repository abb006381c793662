"""Signing in: an unknown name, a wrong password and a wrong code are one refusal, in the same time (G-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from casino.entrance.services.protection import sign_in_protect
from casino.entrance.types import Arrival
from common.clock import instant_text
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.accounts.enums import LetterKind
from players.accounts.errors import SecondFactorNeeded, SignInLocked, SignInRefused
from players.accounts.models import Credential, PlayerSession
from players.accounts.selectors.brands import brand_open
from players.accounts.selectors.sessions import previous_session
from players.accounts.services.credentials import credential_find, credential_proved
from players.accounts.services.devices import device_id_of, device_seen
from players.accounts.services.letters import letter_write
from players.accounts.services.second_factor import factor_use
from players.accounts.services.sessions import StartedSession, session_proved, session_start
from players.accounts.services.sign_in_locks import LockRule, failure_count, failures_forget, lock_holds
from players.models import Brand, Player
from players.personal.vault import email_index


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in, and the one before it for the player to recognise (G-16)."""

    player: Player
    started: StartedSession
    previous: PlayerSession | None
    device_id: str


def player_sign_in(
    *, brand_code: str, email: str, password: str, code: str, arrival: Arrival, now: datetime
) -> SignedIn:
    """Begin a sign-in. Blocked, excluded and closed players may: their money and statements stay theirs (G-18).

    Raises BrandUnknown, SignInLocked, SignInRefused, and SecondFactorNeeded when the code alone is missing.
    """
    brand = brand_open(brand_code)
    credential = credential_check(brand=brand, email=email, password=password, code=code, now=now)
    player = credential.player
    device_id = device_id_of(arrival.device_id)
    sign_in_protect(player_id=player.pk, now=now)
    with transaction.atomic():
        actor = f"player:{player.pk}"
        device, is_new = device_seen(
            player=player, device_id=device_id, user_agent=arrival.user_agent, ip=arrival.ip, now=now
        )
        started = session_start(
            player=player, device=device, ip=arrival.ip, user_agent=arrival.user_agent, actor=actor, now=now
        )
        if is_new:
            letter_write(
                player=player, kind=LetterKind.NEW_DEVICE, now=now,
                facts={"at": instant_text(now), "device": device.kind},
            )  # fmt: skip
    return SignedIn(player, started, previous_session(session=started.session), device_id)


def credential_check(*, brand: Brand, email: str, password: str, code: str, now: datetime) -> Credential:
    """The credential of who proved everything that is asked. Raises SignInLocked, SignInRefused, SecondFactorNeeded."""
    index = email_index(email) or b"nobody"
    credential = credential_find(brand=brand, email=email)
    if lock_holds(brand=brand, login_index=index, now=now):
        raise SignInLocked
    proved = credential_proved(credential=credential, raw=password)
    if proved and credential is not None and credential.totp_confirmed_at is not None:
        if not code:
            raise SecondFactorNeeded
        proved = factor_use(player_id=credential.player_id, code=code, now=now)
    if credential is None or not proved:
        raise _refused(brand, index, credential, now)
    failures_forget(brand=brand, login_index=index)
    return credential


def session_prove(*, session: PlayerSession, password: str, code: str, now: datetime) -> None:
    """Go on after inactivity: the password, and a code where one is asked (G-14). Raises as a sign-in does."""
    credential = Credential.objects.select_related("player__brand", "brand").get(player_id=session.player_id)
    index = bytes(credential.login_index or b"nobody")
    if lock_holds(brand=credential.brand, login_index=index, now=now):
        raise SignInLocked
    proved = credential_proved(credential=credential, raw=password)
    if proved and credential.totp_confirmed_at is not None:
        if not code:
            raise SecondFactorNeeded
        proved = factor_use(player_id=credential.player_id, code=code, now=now)
    if not proved:
        raise _refused(credential.brand, index, credential, now)
    failures_forget(brand=credential.brand, login_index=index)
    session_proved(session=session, now=now)


@transaction.atomic
def _refused(brand: Brand, index: bytes, credential: Credential | None, now: datetime) -> SignInRefused:
    """Count and record the failure, in as many steps for nobody's name as for somebody's."""
    locked = failure_count(brand=brand, login_index=index, rule=_lock_rule(brand, now), now=now)
    player_id = None if credential is None else credential.player_id
    subject = f"players.brand:{brand.pk}" if player_id is None else f"players.player:{player_id}"
    audit_record(
        name=EventName.PLAYER_SIGN_IN_LOCKED if locked else EventName.PLAYER_SIGN_IN_REFUSED,
        actor="anonymous" if player_id is None else f"player:{player_id}", now=now, subject=subject,
        brand_id=brand.pk, player_id=player_id, outcome=Outcome.REFUSED,
    )  # fmt: skip
    return SignInRefused()


def _lock_rule(brand: Brand, now: datetime) -> LockRule:
    """By the brand's licence, not the player's: it has to be the same for names that nobody has."""
    table = policy_of(jurisdiction=brand.jurisdiction, now=now).table(PolicyKey.SIGN_IN_LOCK)
    assert table is not None
    return LockRule(
        failures=table["failures"],
        within=timedelta(minutes=table["within_minutes"]),
        locked_for=timedelta(minutes=table["locked_minutes"]),
    )
