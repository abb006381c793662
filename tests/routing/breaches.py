"""SQL that breaks each promise of methods, terms, routes and switches (tests/wallet/guards)."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from casino.gateways.registry import adapter_codes
from casino.routing.enums import SwitchState
from casino.routing.services.switches import gateway_switch
from compliance.approvals.fingerprint import payload_text, sha256_text
from compliance.approvals.models import Approval
from tests.factories import NOON
from tests.routing.cast import ACTOR, method_make, route_make, terms_make, terms_proposed, terms_wish

_TERMS = {
    "method_id": "%(method)s", "purpose": "'deposit'", "currency": "'SEK'", "country": "''", "segment": "''",
    "offered": "true", "minimum": "100", "maximum": "9000", "fee_percent": "0", "fee_fixed": "0",
    "fee_payer": "'house'", "first_presets": "'{}'", "presets": "'{}'", "place": "100",
    "starts_at": "'2026-03-02T12:00:00Z'", "created_at": "'2026-03-02T12:00:00Z'", "created_by": "'x'",
    "reason": "'x'", "approval_id": "%(terms_open)s",
}  # fmt: skip
_ROUTE = {
    "method_id": "%(method)s", "purpose": "'deposit'", "gateway": "%(gateway)s", "gateway_method": "'x'",
    "country": "''", "segment": "''", "currency": "'EUR'", "place": "1", "weight": "1", "stop_codes": "'{}'",
    "switched_on": "true", "starts_at": "'2026-03-03T12:00:00Z'", "created_at": "'2026-03-02T12:00:00Z'",
    "created_by": "'x'", "reason": "'x'",
}  # fmt: skip
_METHOD = {"code": "'x1'", "names": """'{"en": "X"}'""", "kind": "'card'", "for_deposit": "true", "for_payout": "true"}
_SWITCH = {
    "gateway": "%(gateway)s", "state": "'off'", "starts_at": "'2026-03-03T12:00:00Z'", "reason": "'x'",
    "created_at": "'2026-03-02T12:00:00Z'", "created_by": "'x'",
}  # fmt: skip


def _row(table: str, columns: dict[str, str], **changes: str) -> str:
    values = columns | changes
    return f"INSERT INTO routing_{table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def _terms(**changes: str) -> str:
    return _row("methodterms", _TERMS, **changes)


def _route(**changes: str) -> str:
    return _row("route", _ROUTE, **changes)


_CLOSED = "closed_at = '2026-03-04T12:00:00Z', closing_approval_id = %(terms_done)s"
BY_ANYBODY: dict[str, list[str]] = {
    "terms_are_as_approved": [
        _terms(minimum="99"), _terms(maximum="NULL"), _terms(fee_percent="1"), _terms(fee_payer="'player'"),
        _terms(currency="'EUR'"), _terms(country="'GB'"), _terms(segment="'vip'"), _terms(presets="'{200}'"),
        _terms(purpose="'payout'"), _terms(offered="false"), _terms(starts_at="'2026-03-02T13:00:00Z'"),
        _terms(ends_at="'2026-03-09T13:00:00Z'"), _terms(approval_id="NULL"), _terms(approval_id="%(done)s"),
    ],
    "terms_do_not_overlap": [_terms(currency="'EUR'", minimum="10", maximum="1000", approval_id="%(terms_done)s")],
    "terms_end_as_approved": [
        "UPDATE routing_methodterms SET ends_at = '2026-03-04T12:00:00Z', closed_at = '2026-03-04T12:00:00Z',"
        " closing_approval_id = %(terms_open)s",
        "UPDATE routing_methodterms SET ends_at = '2026-03-04T12:00:00Z', closed_at = '2026-03-04T12:00:00Z'",
    ],
    "terms_change_by_new_rows": [f"UPDATE routing_methodterms SET ends_at = NULL, {_CLOSED}"],
    "routes_change_by_new_rows": ["UPDATE routing_route SET ends_at = '2026-03-20T12:00:00Z'"],
    "terms_end_after_they_start": [_terms(ends_at="'2026-03-01T12:00:00Z'", approval_id="%(terms_backwards)s")],
    "terms_end_no_earlier_than_decided": [
        "UPDATE routing_methodterms SET ends_at = '2026-03-03T12:00:00Z', closed_at = '2026-03-04T12:00:00Z',"
        " closing_approval_id = %(terms_late)s"
    ],
    "terms_start_no_earlier_than_made": [
        _terms(created_at="'2026-03-05T12:00:00Z'", starts_at="'2026-03-04T12:00:00Z'", approval_id="%(terms_past)s")
    ],
    "terms_minimum_above_zero": [_terms(minimum="0", approval_id="%(terms_free)s")],
    "terms_maximum_not_below_minimum": [_terms(maximum="99", approval_id="%(terms_narrow)s")],
    "terms_fee_is_a_fee": [_terms(fee_percent="101", approval_id="%(terms_dear)s")],
    "terms_country_two_letters": [_terms(country="'gb'", approval_id="%(terms_small)s")],
    "terms_purpose_known": [_terms(purpose="'gift'", approval_id="%(terms_gift)s")],
    "routes_do_not_overlap": [
        _route(), _route(amount_from="50"), _route(amount_from="5", amount_below="11"),
        "UPDATE routing_route SET ends_at = '2026-03-20T12:00:00Z', closed_at = '2026-03-02T12:00:00Z'"
        " WHERE id = %(route_short)s",
    ],
    "route_purpose_known": [_route(purpose="'gift'")],
    "route_ends_after_it_starts": [_route(ends_at="'2026-03-02T12:00:00Z'", gateway="'other'")],
    "route_ends_no_earlier_than_decided": [
        "UPDATE routing_route SET ends_at = '2026-03-03T12:00:00Z', closed_at = '2026-03-04T12:00:00Z'"
    ],
    "route_starts_no_earlier_than_made": [_route(starts_at="'2026-03-01T12:00:00Z'", gateway="'other'")],
    "route_amounts_are_in_a_currency": [_route(currency="''", amount_from="1", gateway="'other'")],
    "route_amounts_are_a_range": [
        _route(amount_from="-1", gateway="'other'"), _route(amount_below="0", gateway="'other'"),
        _route(amount_from="5", amount_below="5", gateway="'other'"),
    ],
    "route_weight_above_zero": [_route(weight="0", gateway="'other'")],
    "route_country_two_letters": [_route(country="'gb'")],
    "method_code_is_a_word": [_row("paymentmethod", _METHOD, code="'No'"), _row("paymentmethod", _METHOD, code="'1a'")],
    "method_has_an_english_name": [_row("paymentmethod", _METHOD, names="""'{"de": "X"}'""")],
    "method_kind_known": [_row("paymentmethod", _METHOD, kind="'cheque'")],
    "method_serves_a_purpose": [_row("paymentmethod", _METHOD, for_deposit="false", for_payout="false")],
    "switch_state_known": [_row("gatewayswitch", _SWITCH, state="'maybe'")],
    "switch_not_before_it_is_said": [_row("gatewayswitch", _SWITCH, starts_at="'2026-03-01T12:00:00Z'")],
    "switch_names_its_reason": [_row("gatewayswitch", _SWITCH, reason="''")],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "terms_change_by_new_rows": [
        "UPDATE routing_methodterms SET minimum = 1", "DELETE FROM routing_methodterms",
        f"UPDATE routing_methodterms SET offered = false, ends_at = '2026-03-05T12:00:00Z', {_CLOSED}",
    ],
    "routes_change_by_new_rows": [
        "UPDATE routing_route SET weight = 7", "DELETE FROM routing_route",
        "UPDATE routing_route SET switched_on = false, ends_at = '2026-03-20T12:00:00Z',"
        " closed_at = '2026-03-03T12:00:00Z'",
    ],
    "switches_are_never_edited": ["UPDATE routing_gatewayswitch SET state = 'on'", "DELETE FROM routing_gatewayswitch"],
}  # fmt: skip
# Proposals that nobody could make, so that each check is met by itself.
_ODD: dict[str, dict[str, Any]] = {
    "terms_backwards": {"ends_at": "2026-03-01T12:00:00Z"}, "terms_past": {"starts_at": "2026-03-04T12:00:00Z"},
    "terms_free": {"minimum": "0"}, "terms_narrow": {"maximum": "99"}, "terms_dear": {"fee_percent": "101"},
    "terms_small": {"country": "gb"}, "terms_gift": {"purpose": "gift"},
    "terms_late": {"currency": "EUR", "starts_at": "2026-03-03T12:00:00Z"},
}  # fmt: skip


def routing_of_the_story() -> dict[str, Any]:
    """Terms in euro that were agreed to, some in kronor that wait, two routes one after the other, and a switch."""
    gateway = adapter_codes()[0]
    method = method_make()
    done = terms_make()
    open_one = terms_proposed(terms_wish(currency="SEK", minimum=Decimal(100), maximum=Decimal(9000)))
    later = NOON + timedelta(days=10)
    short = route_make(gateway, currency="EUR", amount_from=Decimal(10), ends_at=later - timedelta(days=2))
    route_make(gateway, currency="EUR", amount_from=Decimal(10), starts_at=later)
    gateway_switch(gateway=gateway, state=SwitchState.OFF, starts_at=None, reason="x", actor=ACTOR, now=NOON)
    return {
        "gateway": gateway, "method": method.pk, "terms_done": done.approval_id, "terms_open": open_one.pk,
        "route_short": short.pk, **{name: _odd(open_one, changes) for name, changes in _ODD.items()},
    }  # fmt: skip


def _odd(like: Approval, changes: dict[str, Any]) -> int:
    text = payload_text({**json.loads(like.payload), **changes})
    copied = {field.name: getattr(like, field.name) for field in Approval._meta.fields if field.name != "id"}
    return Approval.objects.create(**copied | {"payload": text, "payload_sha256": sha256_text(text)}).pk
