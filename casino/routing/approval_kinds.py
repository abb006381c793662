"""Terms of a payment method are for two people: what players pay and may pay changes with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from casino.gateways.enums import Purpose
from casino.routing.enums import FeePayer
from casino.routing.errors import TermsRefused
from casino.routing.locks import method_lock
from casino.routing.models import MethodTerms, PaymentMethod
from casino.routing.selectors.words import limits_words, who_words
from casino.routing.services.terms import Terms, in_the_way, same_players, terms_write
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from players.models import Brand

KIND: Final = "method_terms"
COUNTRY: Final = re.compile(r"([A-Z]{2})?")


def terms_payload(terms: Terms) -> Payload:
    """Terms as a payload; their content is checked. Raises TermsRefused whose sentence says what is wrong."""
    _check(terms)
    return {
        "method": terms.method, "purpose": Purpose(terms.purpose).value, "currency": terms.currency,
        "brand": terms.brand_id, "country": terms.country, "segment": terms.segment, "offered": terms.offered,
        "minimum": decimal_text(terms.minimum),
        "maximum": None if terms.maximum is None else decimal_text(terms.maximum),
        "fee_percent": decimal_text(terms.fee_percent), "fee_fixed": decimal_text(terms.fee_fixed),
        "fee_payer": FeePayer(terms.fee_payer).value, "place": terms.place,
        "first_presets": [decimal_text(amount) for amount in terms.first_presets],
        "presets": [decimal_text(amount) for amount in terms.presets],
        "starts_at": None if terms.starts_at is None else instant_text(terms.starts_at),
        "ends_at": None if terms.ends_at is None else instant_text(terms.ends_at),
    }  # fmt: skip


def terms_of(payload: Payload) -> Terms:
    """The way back. Raises TermsRefused for a payload that nobody here wrote."""
    try:
        found: dict[str, Any] = dict(payload)
        return Terms(
            method=found["method"], purpose=Purpose(found["purpose"]), currency=found["currency"],
            brand_id=found["brand"], country=found["country"], segment=found["segment"], offered=found["offered"],
            minimum=Decimal(found["minimum"]),
            maximum=None if found["maximum"] is None else Decimal(found["maximum"]),
            fee_percent=Decimal(found["fee_percent"]), fee_fixed=Decimal(found["fee_fixed"]),
            fee_payer=FeePayer(found["fee_payer"]), place=found["place"],
            first_presets=tuple(Decimal(text) for text in found["first_presets"]),
            presets=tuple(Decimal(text) for text in found["presets"]),
            starts_at=_instant(found["starts_at"]), ends_at=_instant(found["ends_at"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, InvalidOperation) as problem:
        raise TermsRefused("These are no terms of a payment method.") from problem


def terms_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=KIND,
            title="Terms of a payment method",
            propose_permission="routing.propose_methodterms",
            approve_permission="routing.approve_methodterms",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=_scope,
            lock=_lock,
        )
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _lock(payload: Payload) -> None:
    method_lock(str(payload["method"]))


def _scope(payload: Payload) -> ApprovalScope:
    brand = terms_of(payload).brand_id
    return ApprovalScope(subject=f"routing.method:{payload['method']}", brand_id=brand)


def _facts(payload: Payload) -> list[Fact]:
    terms = terms_of(payload)
    start = f"{terms.starts_at:%Y-%m-%d %H:%M} UTC" if terms.starts_at else "when it is approved"
    return [
        ("Method", f"{terms.method}, {Purpose(terms.purpose).label.lower()}s in {terms.currency}"),
        ("For", who_words(terms)),
        ("Terms", limits_words(terms)),
        ("Suggested first", _amounts(terms.first_presets)),
        ("Suggested later", _amounts(terms.presets)),
        ("Place on screen", f"{terms.place}"),
        ("Holds from", start),
        ("Until", f"{terms.ends_at:%Y-%m-%d %H:%M} UTC" if terms.ends_at else "other terms take their place"),
    ]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    terms = terms_of(payload)
    _check(terms)
    if terms.starts_at is not None and terms.starts_at < now:
        raise TermsRefused("They start in the past.")
    rows = in_the_way(terms, now)
    before = limits_words(rows[0]) if rows else "no terms of their own"
    lines = [Consequence(f"Terms {who_words(terms)}", before, limits_words(terms), alarm=_dearer(rows, terms))]
    return lines + [
        Consequence(f"Terms {row.pk}", f"from {row.starts_at:%Y-%m-%d %H:%M} UTC", "would stand in the way", alarm=True)
        for row in rows[1:]
    ]


def _state(payload: Payload, now: datetime) -> dict[str, str]:
    rows = same_players(terms_of(payload)).filter(created_at__lte=now)
    open_rows = [row for row in rows if row.ends_at is None or row.ends_at > now]
    return {"Terms of these players": ", ".join(f"{row.pk}: {limits_words(row)}" for row in open_rows) or "none"}


def _dearer(rows: Sequence[MethodTerms], terms: Terms) -> bool:
    """Whether players would pay a fee that they do not pay now."""
    pays = terms.fee_payer == FeePayer.PLAYER and (terms.fee_percent or terms.fee_fixed)
    if not pays:
        return False
    now = rows[0] if rows and rows[0].fee_payer == FeePayer.PLAYER else None
    return now is None or terms.fee_percent > now.fee_percent or terms.fee_fixed > now.fee_fixed


def _execute(payload: Payload, run: Execution) -> str:
    made = terms_write(
        terms=terms_of(payload), approval_id=int(run.reference.partition(":")[2]), reason=run.reason, actor=run.maker,
        now=run.now,
    )  # fmt: skip
    return f"routing.methodterms:{made.pk}"


def _amounts(amounts: tuple[Decimal, ...]) -> str:
    return ", ".join(decimal_text(amount) for amount in amounts) or "none"


def _check(terms: Terms) -> None:
    method = PaymentMethod.objects.filter(code=terms.method).first()
    if method is None:
        raise TermsRefused(f"There is no method {terms.method}.")
    if not (method.for_deposit if terms.purpose == Purpose.DEPOSIT else method.for_payout):
        raise TermsRefused(f"{method.code} is not for this purpose.")
    currency = CURRENCIES.get(terms.currency)
    if currency is None or not COUNTRY.fullmatch(terms.country) or len(terms.segment) > 40:
        raise TermsRefused("A currency such as EUR, a country of two capitals or none, and a segment of at most 40.")
    if terms.brand_id is not None and not Brand.objects.filter(pk=terms.brand_id).exists():
        raise TermsRefused("There is no such brand.")
    if terms.minimum <= 0 or (terms.maximum is not None and terms.maximum < terms.minimum):
        raise TermsRefused("The minimum is above zero, and the maximum not below it.")
    if not 0 <= terms.fee_percent <= 100 or terms.fee_fixed < 0 or not 0 <= terms.place <= 1000:
        raise TermsRefused("A fee is 0 to 100 percent and a fixed part that is not negative; a place is 0 to 1,000.")
    for amount in (*terms.first_presets, *terms.presets):
        if amount < terms.minimum or (terms.maximum is not None and amount > terms.maximum):
            raise TermsRefused(f"The suggested amount {decimal_text(amount)} is outside minimum and maximum.")
    amounts = (terms.minimum, terms.maximum, terms.fee_fixed, *terms.first_presets, *terms.presets)
    if any(amount is not None and _digits(amount) > currency.display_digits for amount in amounts):
        raise TermsRefused(f"{currency.code} has {currency.display_digits} decimals.")
    if terms.starts_at and terms.ends_at and terms.ends_at <= terms.starts_at:
        raise TermsRefused("They end before they start.")


def _digits(amount: Decimal) -> int:
    return len(decimal_text(amount).partition(".")[2])
