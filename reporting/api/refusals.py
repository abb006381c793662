"""What the edge of the reporting API itself refuses, beside what every edge does (players.api.kit.errors)."""

from __future__ import annotations

from players.api.kit.errors import EdgeRefusal


class TokenNotValid(EdgeRefusal):
    code = "token_not_valid"
    message = "Send a token that is in force: Authorization: Bearer …"


class ScopeMissing(EdgeRefusal):
    """`scope` is the one that is missing."""

    code = "scope_missing"
    message = "The token does not carry the scope that this call asks for."


class AddressNotAllowed(EdgeRefusal):
    code = "address_not_allowed"
    message = "This client may not call from this address."


class CursorNotUnderstood(EdgeRefusal):
    code = "cursor_not_understood"
    message = "The cursor is not one of this report: begin again without it."


class FormAsked(EdgeRefusal):
    code = "unsupported_media_type"
    message = "Send a form, with Content-Type: application/x-www-form-urlencoded."
