"""Raw SQL that breaks each promise about verification, by the name that must refuse it."""

from __future__ import annotations

from typing import Any

from compliance.kyc.enums import DocumentKind, RejectReason
from compliance.kyc.models import Decision, KycState, MoneyFlow, ProviderEvent
from compliance.kyc.services.documents import document_reject
from compliance.kyc.services.provider_events import event_keep
from tests.factories import NOON
from tests.kyc.cast import CAROL, alice_make, sent

_STATE = "UPDATE kyc_kycstate SET {change} WHERE id = %(kyc_state)s"
_PAPER = "UPDATE kyc_document SET {change} WHERE id = %(kyc_paper)s"
_EVENT = (
    "INSERT INTO kyc_providerevent (provider, signed, raw, applicant, kind, created_ms, received_at, outcome, note)"
    " SELECT provider, {signed}, raw, applicant, kind, {created}, received_at, '{outcome}', note"
    " FROM kyc_providerevent WHERE id = %(kyc_event)s"
)
_FLOW = (
    "INSERT INTO kyc_moneyflow (transaction_id, player_id, kind, base, booked_at)"
    " SELECT gen_random_uuid(), player_id, '{kind}', {base}, booked_at FROM kyc_moneyflow"
)


def _event(signed: str = "true", created: str = "created_ms", outcome: str = "waiting") -> str:
    return _EVENT.format(**locals())


_COPY = (
    "INSERT INTO kyc_document (id, player_id, kind, state, scan, scan_note, file_name, file_type, size, sha256,"
    " country, sent_at, sent_by, decided_by, reject_reason, note) SELECT gen_random_uuid(), player_id, {kind}, state,"
    " scan, scan_note, file_name, file_type, {size}, {digest}, country, sent_at, sent_by, decided_by, reject_reason,"
    " note FROM kyc_document WHERE id = %(kyc_paper)s"
)


def _copy(kind: str = "kind", size: str = "size", digest: str = "decode('00', 'hex')") -> str:
    return _COPY.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "kyc_status_known": [_STATE.format(change="status = 'fine'")],
    "kyc_level_known": [_STATE.format(change="level = 9")],
    "kyc_verified_has_a_level": [_STATE.format(change="status = 'verified', level = 0")],
    "kyc_lock_has_a_reason": [_STATE.format(change="locked = true, due = ''")],
    "kyc_stop_has_a_lock": [_STATE.format(change="stopped = true, locked = false")],
    "kyc_due_has_a_moment": [_STATE.format(change="due = 'staff', due_since = NULL")],
    "one_player_per_applicant": [
        "UPDATE kyc_kycstate SET provider = 'sumsub', applicant = 'a1' WHERE id IN (%(kyc_state)s, %(kyc_other_state)s)"
    ],
    "document_kind_known": [_copy(kind="'selfportrait'")],
    "document_state_known": [_PAPER.format(change="state = 'lost'")],
    "document_decided_by_somebody": [_PAPER.format(change="state = 'accepted'")],
    "document_rejected_with_a_reason": [
        _PAPER.format(change="state = 'rejected', decided_at = now(), decided_by = 'staff:7'")
    ],
    "document_unscanned_is_not_decided": [_PAPER.format(change="scan = 'infected'")],
    "document_keeps_its_content": [_PAPER.format(change="file_name = 'another.png'"), _PAPER.format(change="size = 1")],
    "document_is_decided_once": ["UPDATE kyc_document SET state = 'waiting' WHERE id = %(kyc_rejected)s"],
    "document_sent_once": [_copy(digest="sha256")],
    "kyc_event_outcome_known": [_event(created="1", outcome="lost")],
    "kyc_forged_event_is_never_applied": [_event(signed="false", outcome="applied")],
    "kyc_event_counts_once": [_event()],
    "provider_message_keeps_its_content": [
        "UPDATE kyc_providerevent SET raw = 'x'::bytea WHERE id = %(kyc_event)s",
        "UPDATE kyc_providerevent SET outcome = 'waiting' WHERE id = %(kyc_forged)s",
    ],
    "kyc_flow_kind_known": [_FLOW.format(kind="bet", base="1")],
    "kyc_flow_is_money": [_FLOW.format(kind="deposit", base="-1")],
    "document_has_a_size": [_copy(size="0")],
}


BY_OWNER: dict[str, list[str]] = {
    "verifications_are_kept_for_ever": ["DELETE FROM kyc_kycstate WHERE id = %(kyc_state)s"],
    "documents_are_kept_for_ever": ["DELETE FROM kyc_document WHERE id = %(kyc_paper)s"],
    "provider_messages_are_kept_for_ever": ["DELETE FROM kyc_providerevent WHERE id = %(kyc_event)s"],
    "kyc_decisions_are_never_edited": [
        "UPDATE kyc_decision SET reason = 'because' WHERE id = %(kyc_decision)s",
        "DELETE FROM kyc_decision WHERE id = %(kyc_decision)s",
    ],
    "kyc_flows_are_never_edited": ["UPDATE kyc_moneyflow SET base = 1", "DELETE FROM kyc_moneyflow"],
}


def kyc_of_the_story() -> dict[str, Any]:
    """Rows that the breaches are tried on."""
    alice, other = alice_make(), alice_make()
    rejected = sent(alice)
    document_reject(document_id=rejected.pk, reason=RejectReason.CUT_OFF, note="", actor=CAROL, now=NOON)
    paper = sent(alice, DocumentKind.ADDRESS_PROOF)
    KycState.objects.create(player=other, changed_at=NOON)
    body = '{"type": "applicantPending", "applicantId": "a9", "externalUserId": "pl_9", "createdAtMs": 7}'
    event_keep(raw=body.encode(), signed=True, now=NOON)
    event_keep(raw=b"forged", signed=False, now=NOON)
    MoneyFlow.objects.create(
        transaction_id="0190a000-0000-7000-8000-000000000001",
        player_id=alice.pk,
        kind="deposit",
        base=1,
        booked_at=NOON,
    )
    kept: dict[str, Any] = {
        "state": KycState.objects.get(player=alice).pk,
        "other_state": KycState.objects.get(player=other).pk,
        "paper": str(paper.pk),
        "rejected": str(rejected.pk),
        "event": ProviderEvent.objects.get(signed=True).pk,
        "forged": ProviderEvent.objects.get(signed=False).pk,
        "decision": Decision.objects.filter(player=alice).order_by("pk")[0].pk,
    }
    return {f"kyc_{name}": key for name, key in kept.items()}
