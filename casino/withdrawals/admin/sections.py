"""The tables of a withdrawal's page: everything that a decision looks at, on one screen (back-office §4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.selectors.evidence import Evidence
from casino.withdrawals.selectors.queue import steps_of
from casino.withdrawals.types import Way
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.money import decimal_text
from compliance.audit.admin.links import actor_link

EFFECT_VARIANT: Final = {"review": "warning", "kyc": "warning", "freeze": "danger", "refuse": "danger"}


def checks_section(title: str, checks: Sequence[dict[str, object]], note: str) -> Section:
    """Every rule, green or red, with its sentence."""
    rows = [
        (
            tag("green", "success")
            if check["green"]
            else tag("red", EFFECT_VARIANT.get(str(check["effect"]), "danger")),
            check["title"],
            check["text"],
        )
        for check in checks
    ]
    return Section(title, ("", "Rule", "What it found"), rows, "The rules were not asked.", note=note)


def risk_section(asked: Withdrawal) -> Section:
    """The score and the points it is made of."""
    factors = asked.risk.get("factors", [])
    rows = [(words, points, code(name)) for name, points, words in factors]
    return Section(
        f"Risk: {asked.risk_score} of 100", ("Factor", "Points", "Name"), rows, "No factor applies.",
        note="Weights stand in the rules of withdrawals.",
    )  # fmt: skip


def payouts_section(asked: Withdrawal) -> Section:
    """Each part and try: where it goes, through whom, how it stands."""
    rows = [
        (
            record_link("withdrawals.payout", row.pk, row.reference), row.instrument or NOTHING,
            "back to where it came from" if row.closed_loop else "more than came from it",
            money(row.held, asked.currency), money(row.fee, row.currency), money(row.amount, row.currency),
            row.gateway or NOTHING, row.get_state_display(), row.text or row.code or NOTHING,
        )
        for row in Payout.objects.filter(withdrawal=asked).select_related("instrument").order_by("part", "attempt")
    ]  # fmt: skip
    return Section(
        "Payments", ("Reference", "To", "Closed loop", "Held", "Fee", "Paid out", "Gateway", "State", "Answer"), rows,
        "None.", permission="withdrawals.view_payout",
    )  # fmt: skip


def steps_section(asked: Withdrawal) -> Section:
    """How it came to where it is."""
    rows = [
        (
            instant(step.at), step.before.replace("_", " ") or NOTHING, step.after.replace("_", " "),
            actor_link(step.actor), step.reason or NOTHING,
            f"{sum(check['green'] for check in step.checks)} of {len(step.checks)} green" if step.checks else NOTHING,
        )
        for step in steps_of(asked.pk)
    ]  # fmt: skip
    return Section("Steps", ("When", "From", "To", "By", "Why", "Rules then"), rows, "None.")


def evidence_sections(asked: Withdrawal, found: Evidence, now: datetime) -> list[Section]:
    """Money, play, standing and neighbours since the last withdrawal."""
    since = f"Since {found.since:%Y-%m-%d %H:%M} UTC: the last withdrawal, or the account's opening."
    return [
        _period(asked, found, since), _instruments(asked, found), _deposits(asked, found, since),
        _rounds(asked, found, since), _adjustments(found, since), _earlier(found), _devices(found, now),
    ]  # fmt: skip


def _period(asked: Withdrawal, found: Evidence, since: str) -> Section:
    zero = money(found.deposited * 0, asked.currency)
    rows = [
        ("Deposits", money(found.deposited, asked.currency)),
        ("Turnover asked for", money(found.turnover.required, asked.currency)),
        ("Staked since the deposits, real money", money(found.turnover.staked, asked.currency)),
        ("Still to be staked", money(found.turnover.left, asked.currency)),
        ("Bonus used, and its cost", zero),
        ("Wagering of bonuses open", zero),
        ("Given by hand", f"{decimal_text(found.adjusted)}"),
        ("Verification", found.kyc),
        ("Risk and AML flags", found.aml),
        ("Safer play", found.protection),
        ("Linked accounts", ", ".join(found.linked) or "none known"),
        ("Withdrawals rejected before", str(found.rejected)),
    ]
    return Section("The player in this period", ("What", "How it stands"), rows, "", note=since)


def _instruments(asked: Withdrawal, found: Evidence) -> Section:
    rows = [
        (
            record_link("cashier.instrument", way.instrument_id, way.label), way.method or NOTHING, way.gateway,
            money(way.remaining, asked.currency),
            _owner(way),
            instant(way.since), way.why_not or "yes",
        )
        for way in found.ways
    ]  # fmt: skip
    headers = (
        "Instrument",
        "Method",
        "Gateway",
        "Closed loop: still to go back",
        "Owner",
        "Known since",
        "Can receive",
    )
    return Section("Instruments", headers, rows, "No instrument is known.", permission="cashier.view_instrument")


def _owner(way: Way) -> str:
    if way.verified:
        return tag("own", "success")
    return tag("another name", "danger") if way.mismatch else tag("unknown", "warning")


def _deposits(asked: Withdrawal, found: Evidence, since: str) -> Section:
    rows = [
        (
            instant(row.credited_at), record_link("cashier.deposit", row.pk, row.reference), row.method,
            row.instrument or NOTHING, money(row.credit, asked.currency), row.get_state_display(),
        )
        for row in found.deposits
    ]  # fmt: skip
    return Section(
        "Deposits", ("When", "Reference", "Method", "From", "Credited", "State"), rows, "None in the period.",
        note=since, permission="cashier.view_deposit",
    )  # fmt: skip


def _rounds(asked: Withdrawal, found: Evidence, since: str) -> Section:
    rows = [
        (
            record_link("play.round", row.pk, row.reference), row.game.name, row.game.provider.code,
            f"{decimal_text(row.game.theoretical_rtp)} %" if row.game.theoretical_rtp is not None else NOTHING,
            money(row.staked, row.currency), money(row.won, row.currency),
            f"{row.won / row.staked:,.1f}×" if row.staked else "free", instant(row.opened_at),
        )
        for row in found.rounds
    ]  # fmt: skip
    return Section(
        "Biggest wins", ("Round", "Game", "Provider", "RTP", "Staked", "Won", "Times", "When"), rows,
        "No win in the period.", note=f"{since} A round's page has its evidence and the provider's own record.",
        permission="play.view_round",
    )  # fmt: skip


def _adjustments(found: Evidence, since: str) -> Section:
    rows = [
        (
            instant(event.occurred_at), actor_link(event.actor), event.reason or NOTHING,
            f"{(event.after or {}).get('amount', '')} {(event.after or {}).get('currency', '')}",
        )
        for event in found.adjustments
    ]  # fmt: skip
    return Section("Given and taken by hand", ("When", "By", "Why", "Amount"), rows, "Nothing.", note=since)


def _earlier(found: Evidence) -> Section:
    rows = [
        (
            instant(row.requested_at), record_link("withdrawals.withdrawal", row.pk, row.reference),
            money(row.amount, row.currency), row.get_state_display(), row.reason or NOTHING,
        )
        for row in found.earlier
    ]  # fmt: skip
    return Section("Other withdrawals", ("When", "Reference", "Amount", "State", "Why"), rows, "This is the first.")


def _devices(found: Evidence, now: datetime) -> Section:
    rows: list[tuple[object, ...]] = [
        (
            row.kind, instant(row.first_seen_at), instant(row.last_seen_at), row.last_ip or NOTHING,
            tag("new", "warning") if (now - row.first_seen_at).days < 3 else "",
        )
        for row in found.devices
    ]  # fmt: skip
    addresses = ", ".join(sorted({str(row.ip) for row in found.sessions if row.ip})) or "none"
    return Section(
        "Devices and addresses", ("Device", "First seen", "Last seen", "Last address", ""), rows, "No device is known.",
        note=f"Addresses of the last 14 days: {addresses}.", permission="accounts.view_device",
    )  # fmt: skip
