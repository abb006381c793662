"""Whether a payment that one gateway did not take may be tried with the next. Pure."""

from __future__ import annotations

from collections.abc import Collection

from casino.gateways.enums import Standing
from casino.gateways.types import Reply


def goes_on(reply: Reply, stop_codes: Collection[str]) -> bool:
    """A soft decline goes on to the next gateway; a code of the route's stop list ends the payment.

    Nothing else goes on: what is pending or done must not be paid twice, and an answer that never came may have been
    a payment: UNKNOWN is the janitor's (architecture §4). Codes are the vendor's own, compared without case.
    """
    if reply.standing is not Standing.DECLINED:
        return False
    return reply.code.strip().casefold() not in {code.strip().casefold() for code in stop_codes}
