"""How amounts, instants and links look on every screen. Everything that people typed is escaped here."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.clock import instant_text
from common.currencies import currency_get
from common.money import amount_text

NOTHING: Final = "–"
SECONDS: Final = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def money(amount: Decimal | None, currency: str) -> str:
    """The amount rounded to its currency's display digits, "≈" before it when that lost something; exact on hover."""
    if amount is None:
        return NOTHING
    known = currency_get(currency)
    if known is None:
        return format_html('<span class="amount">{} {}</span>', format(amount, "f"), currency)
    with localcontext() as exact:
        exact.prec = 60
        rounded = amount.quantize(Decimal(1).scaleb(-known.display_digits), rounding=ROUND_HALF_EVEN)
        if rounded == 0 and amount != 0:
            rounded = Decimal(amount_text(amount, known))  # 0.002 must not read as nothing
    return format_html(
        '<span class="amount{}" title="exactly {} {}">{}{} {}</span>',
        " amount-negative" if amount < 0 else "",
        amount_text(amount, known),
        currency,
        "" if rounded == amount else "≈",
        f"{rounded:,f}".replace("-", "\u2212"),
        currency,
    )


def instant(moment: datetime | None) -> str:
    """A moment in UTC to the second, with its zone; to the microsecond on hover."""
    if moment is None:
        return NOTHING
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return format_html('<time class="instant" datetime="{0}" title="{0}">{1} UTC</time>', instant_text(moment), text)


def precise(moment: datetime | None) -> str:
    """A moment in UTC to the millisecond: for time lines, where the order within a second matters."""
    if moment is None:
        return NOTHING
    text = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    return format_html('<time class="instant" datetime="{0}" title="{0}">{1} UTC</time>', instant_text(moment), text)


def span(seconds: float) -> str:
    """A length of time in its two largest units: "2 d 4 h", "3 min 10 s", "0 s"."""
    rest = max(int(seconds), 0)
    parts: list[str] = []
    for size, unit in SECONDS:
        if count := rest // size:
            parts.append(f"{count} {unit}")
            rest -= count * size
    return " ".join(parts[:2]) or "0 s"


def age(moment: datetime, now: datetime) -> str:
    """How long ago a moment was, with the moment itself on hover."""
    return format_html(
        '<span class="instant" title="{}">{}</span>', instant_text(moment), span((now - moment).total_seconds())
    )


def code(text: object) -> str:
    """An identifier, in a fixed-width face; long ones break anywhere."""
    return format_html('<code class="code">{}</code>', text) if text not in ("", None) else NOTHING


def tag(text: str, variant: str = "") -> SafeString:
    """A coloured label. Variants: success, info, warning, danger, primary; empty is grey."""
    return render_to_string("unfold/helpers/label.html", {"text": text, "variant": variant})


def record_link(model: str, key: object, text: object) -> str:
    """A link to the page of a row: `record_link("wallet.account", 7, "Account 7")`."""
    url = reverse(f"admin:{model.replace('.', '_')}_change", args=[key])
    return format_html('<a class="record-link" href="{}">{}</a>', url, text)


def list_link(model: str, query: str, text: object) -> str:
    """A link to the list of a model, narrowed by a query string that the caller has encoded."""
    url = reverse(f"admin:{model.replace('.', '_')}_changelist")
    return format_html('<a class="record-link" href="{}?{}">{}</a>', url, query, text)


def lines(parts: list[str]) -> str:
    """Several cells' worth of text, one below the other."""
    return format_html_join("", "<div>{}</div>", ((part,) for part in parts)) if parts else NOTHING
