"""The parts of a deposit's page below its facts: steps, tries, route, bookings, messages, what went back."""

from __future__ import annotations

from casino.cashier.models import Deposit, DepositStep
from casino.gateways.models import GatewayMessage
from common.backoffice.display import NOTHING, code, instant, money, precise, record_link, tag
from common.backoffice.sections import Section
from compliance.audit.admin.links import actor_link

MOST = 200


def deposit_sections(row: Deposit) -> tuple[Section, ...]:
    """All of them."""
    steps = list(row.steps.order_by("pk")[:MOST])
    return (
        Section(
            "Steps", ("When", "From", "To", "What", "By", "Message", "Transaction"), [_step(one) for one in steps],
            "None.",
        ),
        Section(
            "Gateways that were asked", ("No.", "Gateway", "Why", "Answer", "Its reason", "Reference", "Asked"),
            [
                (one.number, one.gateway, one.why, one.get_standing_display() or "no answer yet",
                 one.text or one.code or NOTHING, code(one.gateway_reference) if one.gateway_reference else NOTHING,
                 precise(one.started_at))
                for one in row.tries.order_by("number")
            ],
            "No gateway was asked.",
        ),
        Section(
            "The route as it was planned", ("Turn", "Gateway", "Why, or why not"),
            [(one.get("turn") or tag("left out"), one.get("gateway", ""), one.get("why", "")) for one in row.route],
            "No gateway carries it.",
        ),
        Section(
            "Messages of the gateway", ("No.", "Received", "What became of it"), _messages(steps),
            "None of its steps came by a message.", permission="gateways.view_gatewaymessage",
        ),
        Section(
            "Refunds", ("Refund", "State", "Amount", "Why", "Asked"),
            [
                (record_link("cashier.refund", one.pk, one), one.get_state_display(), money(one.amount, one.currency),
                 one.reason, instant(one.created_at))
                for one in row.refunds.order_by("pk")
            ],
            "None.", permission="cashier.view_refund",
        ),
        Section(
            "Chargebacks", ("Chargeback", "State", "Disputed", "Taken", "Owed", "Evidence due"),
            [
                (record_link("cashier.chargeback", one.pk, f"no. {one.number}"), one.get_state_display(),
                 money(one.amount, one.currency), money(one.taken, row.credit_currency),
                 money(one.owed, row.credit_currency), one.evidence_due.isoformat())
                for one in row.chargebacks.order_by("pk")
            ],
            "None.", permission="cashier.view_chargeback",
        ),
    )  # fmt: skip


def _step(one: DepositStep) -> tuple[object, ...]:
    message, booked = NOTHING, NOTHING
    if one.message_id:
        message = record_link("gateways.gatewaymessage", one.message_id, f"no. {one.message_id}")
    if one.transaction_id:
        booked = record_link("wallet.transaction", one.transaction_id, code(one.transaction_id))
    before = one.before if one.before != one.after else "stays"
    return (
        precise(one.at), before or "new", one.get_after_display(), one.note, actor_link(one.actor), message, booked
    )  # fmt: skip


def _messages(steps: list[DepositStep]) -> list[tuple[object, ...]]:
    numbers = [one.message_id for one in steps if one.message_id]
    return [
        (record_link("gateways.gatewaymessage", one.pk, f"no. {one.pk}"), precise(one.received_at), one.note)
        for one in GatewayMessage.objects.filter(pk__in=numbers).order_by("pk")
    ]
