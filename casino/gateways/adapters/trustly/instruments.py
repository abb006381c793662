"""The bank account of an `account` notification. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from casino.gateways.adapters.wire import told
from casino.gateways.enums import InstrumentKind
from casino.gateways.types import Instrument

# Trustly names clearing houses by countries, in capitals.
COUNTRIES: Final = {
    "AUSTRIA": "AT", "BELGIUM": "BE", "BULGARIA": "BG", "CROATIA": "HR", "CYPRUS": "CY", "CZECH_REPUBLIC": "CZ",
    "DENMARK": "DK", "ESTONIA": "EE", "FINLAND": "FI", "FRANCE": "FR", "GERMANY": "DE", "GREECE": "GR",
    "HUNGARY": "HU", "IRELAND": "IE", "ITALY": "IT", "LATVIA": "LV", "LITHUANIA": "LT", "LUXEMBOURG": "LU",
    "MALTA": "MT", "NETHERLANDS": "NL", "NORWAY": "NO", "POLAND": "PL", "PORTUGAL": "PT", "ROMANIA": "RO",
    "SLOVAKIA": "SK", "SLOVENIA": "SI", "SPAIN": "ES", "SWEDEN": "SE", "UNITED_KINGDOM": "GB",
}  # fmt: skip


def instrument_of(data: Mapping[str, Any]) -> Instrument | None:
    """The account, named by Trustly's accountid; None without one."""
    token, extra = told(data.get("accountid"), 100), data.get("attributes")
    if not token:
        return None
    attributes = extra if isinstance(extra, dict) else {}
    digits = told(attributes.get("lastdigits"), 20)
    return Instrument(
        kind=InstrumentKind.BANK_ACCOUNT,
        token=token,
        # The same account has the same accountid, whoever of our players it belongs to.
        fingerprint=token,
        scheme=told(attributes.get("bank"), 60),
        last_four=digits[-4:] if re.fullmatch(r"[0-9A-Za-z]{4,}", digits, re.ASCII) else "",
        owner_name=told(attributes.get("name"), 120),
        country=COUNTRIES.get(told(attributes.get("clearinghouse"), 40).upper(), ""),
    )
