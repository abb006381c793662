"""What Trustly's answers to our calls mean. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from casino.gateways.adapters.wire import reference_of, refused, told, unsure
from casino.gateways.enums import Standing
from casino.gateways.types import Reply


def deposit_reply(answer: Mapping[str, Any]) -> Reply:
    """Where the player goes on."""
    order, url = _order(answer), answer.get("url")
    if not order or not isinstance(url, str) or urlsplit(url).scheme != "https":
        return unsure("no_url", "the answer names no order or no https address")
    return Reply(standing=Standing.REDIRECT, reference=order, client={"redirect_url": url})


def yes_or_no(answer: Mapping[str, Any]) -> Reply:
    """`result` "1": taken on, the end comes as a notification. "0": refused, with Trustly's word for why."""
    order, result = _order(answer), told(answer.get("result"), 5)
    if result == "1" and order:
        return Reply(standing=Standing.PENDING, reference=order)
    if result == "0":
        return refused(told(answer.get("rejected"), 60) or "rejected", reference=order)
    return unsure("no_result")


def _order(answer: Mapping[str, Any]) -> str:
    try:
        return reference_of(answer.get("orderid"))
    except ValueError:
        return ""
