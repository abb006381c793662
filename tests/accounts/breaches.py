"""Raw SQL that breaks each promise about player accounts, by the name that must refuse it."""

from __future__ import annotations

from datetime import timedelta

from players.accounts.enums import ErasureState, LetterKind, RegistrationOutcome, SessionEnd, TermsKind, TokenPurpose
from players.accounts.models import (
    Consent,
    Credential,
    Device,
    Erasure,
    Letter,
    OneTimeToken,
    PlayerSession,
    Registration,
    SignInLock,
    TermsAcceptance,
    TermsVersion,
)
from players.models import Player
from tests.factories import NOON

_AGAIN = "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1"
_CONSENT = (
    "INSERT INTO accounts_consent (player_id, product, channel, granted, text_version, given_at, source)"
    " VALUES (%(player)s, '{product}', '{channel}', true, '{text}', now(), 'x')"
)
_TERMS = (
    "INSERT INTO accounts_termsversion (brand_id, kind, version, title, text, effective_at, created_at)"
    " SELECT brand_id, '{kind}', '{version}', 'x', '{text}', {at}, now() FROM accounts_termsversion LIMIT 1"
)
_TOKEN = (
    "INSERT INTO accounts_onetimetoken (player_id, purpose, digest, login_index, created_at, expires_at)"
    " VALUES (%(player)s, '{purpose}', '\\x07', '\\x07', now(), {expires})"
)
_REGISTRATION = (
    "INSERT INTO accounts_registration (brand_id, outcome, player_id, matched_by, country, attempted_at)"
    " SELECT brand_id, '{outcome}', {player}, '', 'MT', now() FROM accounts_registration LIMIT 1"
)


def _consent(product: str = "casino", channel: str = "sms", text: str = "1") -> str:
    return _CONSENT.format(**locals())


def _terms(kind: str = "terms", version: str = "2", text: str = "x", at: str = "now()") -> str:
    return _TERMS.format(**locals())


def _token(purpose: str = "verify_email", expires: str = "now() + interval '1 day'") -> str:
    return _TOKEN.format(**locals())


def _registration(outcome: str, player: str = "NULL") -> str:
    return _REGISTRATION.format(**locals())


def _again(table: str, columns: str) -> str:
    return _AGAIN.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "one_account_for_an_email_and_brand": [
        "INSERT INTO accounts_credential (player_id, brand_id, login_index, password, password_changed_at,"
        " totp_last_step) SELECT %(other_player)s, brand_id, login_index, 'x', now(), 0 FROM accounts_credential"
    ],
    "second_factor_has_its_secret": ["UPDATE accounts_credential SET totp_confirmed_at = now(), totp_secret = NULL"],
    "one_count_for_a_name": [_again("accounts_signinlock", "brand_id, login_index, failures, first_failed_at")],
    "a_device_once_for_a_player": [
        _again("accounts_device", "player_id, device_index, kind, first_seen_at, last_seen_at")
    ],
    "ended_session_tells_why": [
        "UPDATE accounts_playersession SET end_reason = '' WHERE ended_at IS NOT NULL",
        "UPDATE accounts_playersession SET end_reason = 'staff' WHERE ended_at IS NULL",
        "UPDATE accounts_playersession SET ended_at = now(), end_reason = 'tired' WHERE ended_at IS NULL",
    ],
    "session_that_ended_stays_ended": [
        "UPDATE accounts_playersession SET ended_at = NULL, end_reason = '' WHERE ended_at IS NOT NULL",
        "UPDATE accounts_playersession SET ended_at = now() WHERE ended_at IS NOT NULL",
    ],
    "consent_product_known": [_consent(product="cats")],
    "consent_channel_known": [_consent(channel="pigeon")],
    "consent_names_its_text": [_consent(text="")],
    "consents_are_never_edited": ["UPDATE accounts_consent SET ip = '192.0.2.1'"],
    "terms_kind_known": [_terms(kind="cookies")],
    "terms_are_not_empty": [_terms(text=""), _terms(version="")],
    "a_version_of_terms_once": [_terms(version="1")],
    "one_version_of_terms_at_a_time": [_terms(at="effective_at")],
    "terms_accepted_once": [_again("accounts_termsacceptance", "player_id, terms_id, accepted_at")],
    "token_purpose_known": [_token(purpose="anything")],
    "token_expires": [_token(expires="now()")],
    "token_is_used_once": ["UPDATE accounts_onetimetoken SET used_at = NULL WHERE used_at IS NOT NULL"],
    "registration_outcome_known": [_registration("maybe")],
    "registration_opens_or_refuses": [
        _registration("opened"), _registration("underage", "%(other_player)s"),
    ],
    "erasure_state_known": ["UPDATE accounts_erasure SET state = 'gone' WHERE state = 'restricted'"],
    "erased_no_earlier_than_the_law_allows": [
        "UPDATE accounts_erasure SET state = 'pseudonymised', pseudonymised_at = delete_after - interval '1 second'"
        " WHERE state = 'restricted'"
    ],
    "erasure_steps_in_order": [
        "UPDATE accounts_erasure SET state = 'purged' WHERE state = 'restricted'",
        "UPDATE accounts_erasure SET state = 'pseudonymised' WHERE state = 'restricted'",
    ],
    "purged_person_does_not_come_back": ["UPDATE accounts_erasure SET state = 'restricted' WHERE state = 'purged'"],
    "letter_kind_known": ["UPDATE accounts_letter SET kind = 'postcard'"],
    "sent_letter_keeps_no_address": ["UPDATE accounts_letter SET sent_at = now(), address = '\\x07'"],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "consents_are_never_edited": ["UPDATE accounts_consent SET granted = NOT granted", "DELETE FROM accounts_consent"],
    "acceptances_are_never_edited": [
        "UPDATE accounts_termsacceptance SET accepted_at = now()", "DELETE FROM accounts_termsacceptance",
    ],
    "registrations_are_never_edited": [
        "UPDATE accounts_registration SET country = 'GB'", "DELETE FROM accounts_registration",
    ],
    "terms_are_never_edited": ["UPDATE accounts_termsversion SET text = 'x'", "DELETE FROM accounts_termsversion"],
    "purged_person_does_not_come_back": ["DELETE FROM accounts_erasure WHERE state = 'purged'"],
}  # fmt: skip


def accounts_of_the_story(player: Player, other: Player) -> None:
    """One row of everything that is guarded."""
    brand = player.brand
    Credential.objects.create(player=player, brand=brand, login_index=b"\x01", password="x", password_changed_at=NOON)
    SignInLock.objects.create(brand=brand, login_index=b"\x01", failures=1, first_failed_at=NOON)
    device = Device.objects.create(player=player, device_index=b"\x01", kind="x", first_seen_at=NOON, last_seen_at=NOON)
    whole = {"device": device, "user_agent": "", "created_at": NOON, "last_seen_at": NOON, "strong_at": NOON}
    PlayerSession.objects.create(public_id="ps_open", player=player, token_digest=b"\x01", **whole)
    PlayerSession.objects.create(
        public_id="ps_over", player=player, token_digest=b"\x02", ended_at=NOON, end_reason=SessionEnd.STAFF, **whole
    )
    Consent.objects.create(
        player=player, product="casino", channel="email", granted=True, text_version="1", given_at=NOON, source="x"
    )
    terms = TermsVersion.objects.create(
        brand=brand, kind=TermsKind.TERMS, version="1", title="x", text="x", effective_at=NOON, created_at=NOON
    )
    TermsAcceptance.objects.create(player=player, terms=terms, accepted_at=NOON)
    OneTimeToken.objects.create(
        player=player, purpose=TokenPurpose.VERIFY_EMAIL, digest=b"\x01", login_index=b"\x01", created_at=NOON,
        expires_at=NOON + timedelta(days=1), used_at=NOON,
    )  # fmt: skip
    Registration.objects.create(
        brand=brand, outcome=RegistrationOutcome.OPENED, player=player, country="MT", attempted_at=NOON
    )
    Letter.objects.create(player=player, kind=LetterKind.VERIFY_EMAIL, created_at=NOON, next_try_at=NOON)
    Erasure.objects.create(
        player=player, state=ErasureState.RESTRICTED, requested_at=NOON, delete_after=NOON + timedelta(days=9)
    )
    Erasure.objects.create(
        player=other, state=ErasureState.PURGED, requested_at=NOON, delete_after=NOON, pseudonymised_at=NOON,
        purged_at=NOON,
    )  # fmt: skip
