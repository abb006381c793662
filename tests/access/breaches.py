"""SQL that breaks each promise of the reporting API's clients (tests/wallet/guards)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from compliance.approvals.fingerprint import payload_text, sha256_text
from compliance.approvals.models import Approval
from compliance.approvals.services.proposals import approval_propose
from reporting.access.approval_kinds import KIND, client_payload
from reporting.access.services.client_secrets import secret_retire
from reporting.access.services.clients import client_revoke
from tests.access.cast import program_make, wish
from tests.factories import NOON
from tests.staff import staff_member

_UNTIL = "'2026-04-02T12:00:00Z'"
_CLIENT = {
    "client_id": "'x'", "redirect_uris": "''", "post_logout_redirect_uris": "''", "client_type": "'confidential'",
    "authorization_grant_type": "'client-credentials'", "client_secret": "''", "hash_client_secret": "false",
    "name": "'Open'", "skip_authorization": "false", "created": "now()", "updated": "now()", "algorithm": "''",
    "allowed_origins": "''", "registration_source": "'manual'", "scopes": "'{exports}'", "brands": "'{}'",
    "jurisdictions": "'{}'", "networks": "'{127.0.0.0/8}'", "calls_per_minute": "120",
    "made_at": "'2026-03-02T12:00:00Z'", "made_by": "'x'", "approval_id": "%(api_open)s", "valid_until": _UNTIL,
    "revoked_by": "''", "revoke_reason": "''",
}  # fmt: skip
_SECRET = "INSERT INTO access_clientsecret (client_id, slot, hashed, made_at, made_by, retired_by)"


def _client(**changes: str) -> str:
    values = _CLIENT | changes
    return f"INSERT INTO access_client ({', '.join(values)}) VALUES ({', '.join(values.values())})"


BY_ANYBODY: dict[str, list[str]] = {
    "api_clients_are_as_approved": [
        _client(name="'Other'"), _client(scopes="'{exports,personal-data}'"), _client(brands="'{1}'"),
        _client(jurisdictions="'{MT}'"), _client(networks="'{0.0.0.0/0}'"), _client(calls_per_minute="121"),
        _client(valid_until="'2026-04-03T12:00:00Z'"), _client(approval_id="0"),
        _client(revoked_at="now()", revoked_by="'x'"), _client(approval_id="%(api_done)s"),
    ],
    "api_client_ends_after_it_begins": [_client(made_at=_UNTIL)],
    "api_client_calls_from_somewhere": [_client(networks="'{}'", approval_id="%(api_nowhere)s")],
    "api_client_may_do_something": [_client(scopes="'{}'", approval_id="%(api_nothing)s")],
    "api_client_keeps_no_secret_itself": [
        _client(client_secret="'x'"), _client(client_type="'public'"), _client(authorization_grant_type="'password'"),
    ],
    "api_client_revoked_by_somebody": [
        "UPDATE access_client SET revoked_at = now() WHERE revoked_at IS NULL",
        "UPDATE access_client SET revoked_by = 'x' WHERE revoked_at IS NULL",
    ],
    "api_clients_are_never_edited": [
        "UPDATE access_client SET revoked_at = NULL, revoked_by = '' WHERE revoked_at IS NOT NULL",
    ],
    "at_most_two_active_api_secrets": [f"{_SECRET} SELECT id, 1, 'x', now(), 'x', '' FROM access_client"],
    "api_secret_slot_is_one_or_two": [f"{_SECRET} SELECT id, 3, 'x', now(), 'x', '' FROM access_client"],
    "api_secrets_are_never_edited": [
        "UPDATE access_clientsecret SET retired_at = NULL WHERE retired_at IS NOT NULL",
    ],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "api_clients_are_never_edited": [
        "UPDATE access_client SET scopes = '{staff}'", "UPDATE access_client SET networks = '{0.0.0.0/0}'",
        "UPDATE access_client SET valid_until = 'infinity'", "DELETE FROM access_client",
    ],
    "api_secrets_are_never_edited": [
        "UPDATE access_clientsecret SET hashed = 'x'", "DELETE FROM access_clientsecret",
        "UPDATE access_clientsecret SET hashed = 'x', retired_at = now()",
    ],
}  # fmt: skip
# Proposals that nobody could make, so that each check is met by itself.
_ODD: dict[str, dict[str, Any]] = {"api_nowhere": {"networks": []}, "api_nothing": {"scopes": []}}


def access_of_the_story() -> dict[str, Any]:
    """A client with a secret, one that is revoked with its secret retired, one that waits for its second person."""
    made = program_make(now=NOON, valid_until=NOON + timedelta(days=90))
    gone = program_make(now=NOON, valid_until=NOON + timedelta(days=90), name="Gone").row.pk
    secret_retire(client_id=gone, slot=1, actor="staff:7", now=NOON)
    client_revoke(client_id=gone, reason="x", actor="staff:7", now=NOON)
    payload = client_payload(wish(name="Open", scopes=("exports",), valid_until=NOON + timedelta(days=31)))
    maker = staff_member("administrator", since=NOON - timedelta(days=1))
    waits = approval_propose(kind=KIND, payload=payload, reason="x", ticket="", actor=f"staff:{maker.pk}", now=NOON)
    odd = {name: _odd(waits, changes) for name, changes in _ODD.items()}
    return {"api_done": made.row.approval_id, "api_open": waits.pk, **odd}


def _odd(like: Approval, changes: dict[str, Any]) -> int:
    text = payload_text({**json.loads(like.payload), **changes})
    copied = {field.name: getattr(like, field.name) for field in Approval._meta.fields if field.name != "id"}
    return Approval.objects.create(**copied | {"payload": text, "payload_sha256": sha256_text(text)}).pk
