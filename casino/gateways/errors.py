"""What payment gateways can not do."""

from __future__ import annotations

from common.errors import Refusal


class GatewayUnknown(Refusal):
    code = "gateway_unknown"
    message = "There is no such payment gateway."
    recorded = False


class GatewayNotConfigured(Refusal):
    code = "gateway_not_configured"
    message = "This payment gateway has no credentials: set them in the environment."
    recorded = False


class MessageNotFlagged(Refusal):
    code = "message_not_flagged"
    message = "Only a message that was flagged is worked off again."
    recorded = False


class GatewayStandsSo(Refusal):
    code = "gateway_stands_so"
    message = "The gateway stands like that already."
    recorded = False


class GatewayDaysRefused(Refusal):
    code = "gateway_days_refused"
    message = "Bookings are missing after 1 to 60 days, messages are kept for 90 to 7,305 days."
    recorded = False


class NewsPuzzling(Exception):  # noqa: N818 - a message for people, not a program error
    """A gateway says something that does not fit our records; the message stays flagged with this one line."""
