"""The hosted payment page: what a person in the demonstration sees between the casino and the way back."""

from __future__ import annotations

import html
import sqlite3
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

CHOICES: Final = {
    "card": ("Test card A", "Test card B", "Test card C"),
    "bank_account": ("Current account", "Savings account"),
    "e_wallet": ("My e-wallet",),
    "voucher": ("Voucher",),
}
STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 26rem; margin: 8vh auto; padding: 0 1rem }
h1 { font-size: 1.15rem; margin: 0 } .face { opacity: .7; margin: 0 0 1.5rem }
.amount { font-size: 2.2rem; font-weight: 650; margin: .2rem 0 1.2rem; font-variant-numeric: tabular-nums }
label { display: block; margin: .9rem 0 .2rem; font-weight: 550 }
input, select { width: 100%; padding: .55rem; font: inherit; box-sizing: border-box }
.row { display: flex; gap: .6rem; margin-top: 1.6rem }
button { flex: 1; padding: .7rem; font: inherit; cursor: pointer }
.pay { background: #14532d; color: #fff; border: 0; border-radius: .4rem; font-weight: 600 }
.note { font-size: .85rem; opacity: .75; margin-top: 2rem }
"""


def payment_page(payment: sqlite3.Row, *, kind: str, owner: str, foretold: str) -> str:
    """The page of an open payment. `foretold` says what its amount leads to."""
    options = "".join(f"<option>{html.escape(choice)}</option>" for choice in CHOICES[kind])
    return _page(
        "Pay",
        f"""<h1>Pay</h1><p class="face">{html.escape(payment["face"])} · simulated payment gateway</p>
<p class="amount">{html.escape(payment["amount"])} {html.escape(payment["currency"])}</p>
<form method="post">
<label for="label">Pay with</label><select id="label" name="label">{options}</select>
<label for="owner">Name of the owner</label>
<input id="owner" name="owner" value="{html.escape(owner, quote=True)}" maxlength="100" autocomplete="off">
<div class="row"><button class="pay" name="choice" value="pay">Pay</button>
<button name="choice" value="cancel">Cancel</button></div></form>
<p class="note">No money moves here. This amount: {html.escape(foretold)}.<br>
Reference {html.escape(payment["reference"])}</p>""",
    )


def ended_page(payment: sqlite3.Row) -> str:
    """The page of a payment that is not open any more, when there is no way back."""
    return _page("Payment", f"<h1>This payment is {html.escape(payment['state'])}.</h1>")


def way_back(payment: sqlite3.Row) -> str:
    """Where the payer returns to, with the payment's reference and state; empty when the merchant named no place."""
    if not payment["return_url"]:
        return ""
    parts = urlsplit(str(payment["return_url"]))
    query = [*parse_qsl(parts.query), ("reference", payment["reference"]), ("state", payment["state"])]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _page(title: str, body: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return f'<!doctype html><html lang="en"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>'
