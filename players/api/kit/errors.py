"""What the edge of the player API itself refuses."""

from __future__ import annotations

from common.errors import Refusal


class EdgeRefusal(Refusal):
    recorded = False


class InvalidRequest(EdgeRefusal):
    code = "invalid_request"
    message = "The request does not have the form that the API asks for."


class BodyTooLarge(EdgeRefusal):
    code = "body_too_large"
    message = "The body is larger than this call takes."


class MethodNotAllowed(EdgeRefusal):
    code = "method_not_allowed"
    message = "This call takes another HTTP method."


class NotAcceptable(EdgeRefusal):
    code = "unsupported_media_type"
    message = "Send JSON, with Content-Type: application/json."


class NoSuchCall(EdgeRefusal):
    code = "not_found"
    message = "There is nothing at this address."


class RateLimited(EdgeRefusal):
    code = "rate_limited"
    message = "Too many calls: wait for Retry-After seconds."
    retry = True


class TemporarilyUnavailable(EdgeRefusal):
    code = "temporarily_unavailable"
    message = "This is not possible right now: try again in a moment."
    retry = True


class InternalError(EdgeRefusal):
    code = "internal_error"
    message = "Something went wrong on our side. Nothing was done twice; the request's number finds it in our log."
