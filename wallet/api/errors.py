"""What the edge itself refuses, before a call reaches the wallet. None of it uses up a transaction id."""

from __future__ import annotations

from common.errors import Refusal


class EdgeRefusal(Refusal):
    recorded = False


class InvalidRequest(EdgeRefusal):
    code = "invalid_request"
    message = "The request does not have the form that the contract asks for."


class BodyTooLarge(InvalidRequest):
    message = "The body is larger than 64 KiB."


class MethodNotAllowed(InvalidRequest):
    message = "This call takes another HTTP method."


class HttpsRequired(EdgeRefusal):
    code = "https_required"
    message = "Calls must use HTTPS."


class MissingCredentials(EdgeRefusal):
    code = "missing_credentials"
    message = "X-Provider, X-Key-Id, X-Timestamp and X-Signature are needed."


class UnknownProvider(EdgeRefusal):
    code = "unknown_provider"
    message = "No such provider."


class ProviderDisabled(EdgeRefusal):
    code = "provider_disabled"
    message = "The provider is switched off."


class IpNotAllowed(EdgeRefusal):
    code = "ip_not_allowed"
    message = "The address is not on the provider's allow-list."


class UnknownKey(EdgeRefusal):
    code = "unknown_key"
    message = "No active key of the provider has that id."


class ClockSkew(EdgeRefusal):
    code = "clock_skew"
    message = "X-Timestamp is more than 300 seconds away from our clock."


class InvalidSignature(EdgeRefusal):
    code = "invalid_signature"
    message = "The signature does not match the bytes received."


class RateLimited(EdgeRefusal):
    code = "rate_limited"
    message = "More calls than agreed; repeat with the same id after Retry-After."
    retry = True


class NoSuchCall(InvalidRequest):
    message = "The wallet API has no such call."
