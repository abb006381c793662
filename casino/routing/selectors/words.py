"""Terms in words, for people who decide about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.currencies import CURRENCIES
from common.money import amount_text, decimal_text
from players.models import Brand

if TYPE_CHECKING:
    from casino.routing.models import MethodTerms, Route
    from casino.routing.services.terms import Terms


def who_words(row: Terms | MethodTerms | Route) -> str:
    """Whom a row is for: "brand harbour-gb, country GB, segment vip", or "everybody"."""
    brand = Brand.objects.filter(pk=row.brand_id).values_list("code", flat=True).first() if row.brand_id else None
    named = [
        *([f"brand {brand}"] if brand else []),
        *([f"country {row.country}"] if row.country else []),
        *([f"segment {row.segment}"] if row.segment else []),
    ]
    return ", ".join(named) or "everybody"


def limits_words(row: Terms | MethodTerms) -> str:
    """Limits and fee: "10.00 to 5,000.00 EUR; fee 1.5 % and 0.30 EUR, the player pays"."""
    if not row.offered:
        return "not offered"
    currency = CURRENCIES[row.currency]
    most = f"to {amount_text(row.maximum, currency)}" if row.maximum is not None else "and more,"
    return f"{amount_text(row.minimum, currency)} {most} {row.currency}; {fee_words(row)}"


def fee_words(row: Terms | MethodTerms) -> str:
    """The fee and who pays it."""
    parts = [
        *([f"{decimal_text(row.fee_percent)} %"] if row.fee_percent else []),
        *([f"{amount_text(row.fee_fixed, CURRENCIES[row.currency])} {row.currency}"] if row.fee_fixed else []),
    ]
    payer = "the player pays" if row.fee_payer == "player" else "the house pays"
    return f"fee {' and '.join(parts)}, {payer}" if parts else "no fee"
