"""Raw SQL that breaks each promise about gateways, by the name that must refuse it."""

from __future__ import annotations

from typing import Any

from casino.gateways.enums import Outcome, Verdict
from casino.gateways.models import Gateway, GatewayCall, GatewayInquiry, GatewayNews
from tests.factories import NOON
from tests.gateways.box import body_of, kept

_MESSAGE = "UPDATE gateways_gatewaymessage SET {change} WHERE id = %(gateway_{which})s"
_COPY = (
    "INSERT INTO gateways_gatewaymessage (gateway, method, headers, query, raw, size, verdict, received_at, outcome,"
    " attempts, rounds, next_try_at, note, worked_at) SELECT gateway, method, headers, query, raw, size, {verdict},"
    " received_at, {outcome}, 0, {rounds}, {tried}, '', {worked} FROM gateways_gatewaymessage"
    " WHERE id = %(gateway_waiting)s"
)
_NEWS = (
    "INSERT INTO gateways_gatewaynews (gateway, key, kind, reference, gateway_reference, currency, note, counted_at)"
    " SELECT gateway, {key}, {kind}, '', '', '', '', now() FROM gateways_gatewaynews WHERE id = %(gateway_news)s"
)
_CALL = (
    "INSERT INTO gateways_gatewaycall (gateway, what, purpose, reference, sent, called_at, standing, gateway_reference,"
    " code, ms) VALUES ('sandbox', '{what}', '{purpose}', 'D-1', true, now(), '{standing}', '', '', {ms})"
)


def _change(change: str, which: str = "waiting") -> str:
    return _MESSAGE.format(change=change, which=which)


def _copy(
    verdict: str = "verdict", outcome: str = "outcome", rounds: str = "1", tried: str = "now()", worked: str = "NULL"
) -> str:
    return _COPY.format(**locals())


def _call(what: str = "ask", purpose: str = "deposit", standing: str = "done", ms: str = "1") -> str:
    return _CALL.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "gateway_message_outcome_known": [_copy(outcome="'lost'", tried="NULL", worked="now()")],
    "gateway_message_verdict_known": [_copy(verdict="'perhaps'", outcome="'invalid'", tried="NULL")],
    "forged_gateway_message_is_never_applied": [
        _copy(verdict="'invalid'"),
        _copy(verdict="'absent'", outcome="'applied'", tried="NULL", worked="now()"),
        _copy(outcome="'invalid'", tried="NULL"),
    ],
    "waiting_gateway_message_has_a_next_try": [_copy(tried="NULL"), _copy(outcome="'applied'", worked="now()")],
    "gateway_message_worked_off_has_a_moment": [_copy(outcome="'applied'", tried="NULL")],
    "gateway_message_counts_its_rounds": [_copy(rounds="0")],
    "gateway_message_keeps_its_content": [
        _change("raw = 'x'::bytea"),
        _change("verdict = 'absent'"),
        _change("headers = '{}'"),
        _change("query = 'x'"),
        _change("received_at = now()", "forged"),
    ],
    "gateway_message_moves_forward": [
        _change("outcome = 'waiting', next_try_at = now()", "applied"),
        _change("note = 'other'", "applied"),
        _change("note = 'other'", "forged"),
        _change("outcome = 'applied'", "flagged"),
        _change("outcome = 'waiting', next_try_at = now()", "flagged"),
        _change("outcome = 'waiting', next_try_at = now(), rounds = 7", "flagged"),
        _change("rounds = 2", "waiting"),
    ],
    "gateway_news_kind_known": [_NEWS.format(key="'other'", kind="'gossip'")],
    "gateway_news_is_told_apart": [_NEWS.format(key="''", kind="kind")],
    "gateway_news_counts_once": [_NEWS.format(key="key", kind="kind")],
    "gateway_call_kind_known": [_call(what="steal")],
    "gateway_call_purpose_known": [_call(purpose="fun")],
    "gateway_call_standing_known": [_call(standing="fine")],
    "gateway_call_answered_takes_time": [_call(ms="NULL"), _call(standing="")],
    "gateway_call_is_answered_once": [
        "UPDATE gateways_gatewaycall SET standing = 'declined' WHERE id = %(gateway_call)s",
        "UPDATE gateways_gatewaycall SET reference = 'D-2' WHERE id = %(gateway_open_call)s",
    ],
    "gateway_switched_off_by_somebody": [
        "UPDATE gateways_gateway SET payouts_open = false, switched_by = '' WHERE id = %(gateway_row)s",
        "UPDATE gateways_gateway SET deposits_open = false, switched_by = 'staff:7' WHERE id = %(gateway_row)s",
    ],
    "gateway_days_within_reason": [
        "UPDATE gateways_gateway SET settles_within_days = 0 WHERE id = %(gateway_row)s",
        "UPDATE gateways_gateway SET messages_kept_days = 1 WHERE id = %(gateway_row)s",
    ],
    "one_gateway_inquiry_per_payment": [
        "INSERT INTO gateways_gatewayinquiry (gateway, reference, asked, first_at, next_at, note)"
        " VALUES ('sandbox', 'D-1', 1, now(), now(), '')"
    ],
}
BY_OWNER: dict[str, list[str]] = {
    "gateway_messages_are_kept_for_ever": ["DELETE FROM gateways_gatewaymessage WHERE id = %(gateway_waiting)s"],
    "gateway_news_are_never_edited": [
        "UPDATE gateways_gatewaynews SET note = 'x' WHERE id = %(gateway_news)s",
        "DELETE FROM gateways_gatewaynews WHERE id = %(gateway_news)s",
    ],
    "gateway_calls_are_kept_for_ever": ["DELETE FROM gateways_gatewaycall WHERE id = %(gateway_call)s"],
    "gateways_are_kept_for_ever": ["DELETE FROM gateways_gateway WHERE id = %(gateway_row)s"],
}


def gateways_kept() -> dict[str, Any]:
    """A message of every sort, a fact, calls and a question: rows for breaches and for pages."""
    waiting, applied, flagged = (kept(body_of(f"story-{number}"), NOON) for number in range(3))
    forged = kept(b"forged", NOON, Verdict.INVALID)
    for message, outcome in ((applied, Outcome.APPLIED), (flagged, Outcome.QUARANTINED)):
        message.outcome, message.worked_at, message.next_try_at, message.note = outcome, NOON, None, "story"
        message.save()
    told = GatewayNews.objects.create(
        gateway="sandbox", key="story", kind="deposit_confirmed", message=applied, counted_at=NOON
    )
    call = GatewayCall.objects.create(
        gateway="sandbox", what="ask", purpose="deposit", reference="D-1", sent=True, called_at=NOON,
        standing="done", ms=12,
    )  # fmt: skip
    open_call = GatewayCall.objects.create(
        gateway="sandbox", what="ask", purpose="deposit", reference="D-1", sent=True, called_at=NOON
    )
    GatewayInquiry.objects.create(gateway="sandbox", reference="D-1", first_at=NOON, next_at=NOON)
    row = Gateway.objects.get_or_create(code="sandbox", defaults={"name": "Sandbox"})[0]
    rows = {
        "waiting": waiting, "applied": applied, "flagged": flagged, "forged": forged, "news": told, "call": call,
        "open_call": open_call, "row": row,
    }  # fmt: skip
    return {f"gateway_{name}": found.pk for name, found in rows.items()}
