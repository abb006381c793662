"""The reporting API's OpenAPI document: which calls it tells of, how a client signs in, how refusals look."""

from __future__ import annotations

from typing import Any, Final, Literal

from drf_spectacular.openapi import AutoSchema

from players.api.kit.schema import ERROR
from reporting.access.enums import SCOPE_TITLES

Direction = Literal["request", "response"]

PATHS: Final = "/api/backoffice/v1/"
OAUTH: Final = "oauth2"
_ERROR_BODY: Final = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
WORDS: Final = {
    "400": "The request or the question of a report is wrong: `invalid_request`, `report_question_refused`,"
    " `cursor_not_understood`; `detail` names the field.",
    "401": "`token_not_valid`: no token, or one that has expired, or whose client was revoked.",
    "403": "`scope_missing` (`detail.scope`), or `address_not_allowed`.",
    "404": "`not_found`, `report_unknown`, `export_unknown`.",
    "405": "`method_not_allowed`; `Allow` lists what is.",
    "409": "Refused by a rule; `code` names it.",
    "413": "`body_too_large`.",
    "415": "`unsupported_media_type`.",
    "429": "`rate_limited`: repeat after Retry-After seconds.",
    "500": "`internal_error`: the request's number finds it in our log.",
    "503": "`temporarily_unavailable`: repeat after Retry-After seconds.",
}
REFUSALS: Final = {status: {"description": words, "content": _ERROR_BODY} for status, words in WORDS.items()}

SETTINGS: Final[dict[str, Any]] = {
    "TITLE": "Reporting API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "Reports for programs: the same definitions, filters and figures as the back office's pages. A client gets a"
        " short-lived token by OAuth 2.0 client credentials and sends it as `Authorization: Bearer …`. Amounts are"
        " exact decimals as text, times are UTC, days are business days of the brand. Lists go by cursor: follow"
        " `next`. Every refusal has one form; its `code` keeps its meaning for ever. Within v1 fields are added and"
        " never taken away."
    ),
    "TAGS": [
        {"name": "Access", "description": "Tokens."},
        {"name": "Reports", "description": "The catalogue and its rows."},
        {"name": "Exports", "description": "Reports as files."},
    ],
    "SCHEMA_PATH_PREFIX": "/api/backoffice/v1",
    "PREPROCESSING_HOOKS": ["reporting.api.schema.back_office_calls_only"],
    "POSTPROCESSING_HOOKS": ["reporting.api.schema.shared_parts"],
    "APPEND_COMPONENTS": {},
}


class BackOfficeSchema(AutoSchema):
    """Describes a BackOfficeView: the scopes that it asks for, and each refusal by its status."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Who may call."""
        return [{OAUTH: list(getattr(self.view, "needs", ()))}] if getattr(self.view, "signed_in", True) else []

    def _get_response_bodies(self, direction: Direction = "response") -> Any:
        return REFUSALS | super()._get_response_bodies(direction)


def back_office_calls_only(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """The document of this API tells of no other."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PATHS)]


def shared_parts(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The form of refusals, and how a client signs in."""
    parts = result.setdefault("components", {})
    parts.setdefault("schemas", {})["Error"] = ERROR
    scopes = {scope.value: title for scope, title in SCOPE_TITLES.items()}
    flow = {"tokenUrl": f"{PATHS}oauth/token", "scopes": scopes}
    parts.setdefault("securitySchemes", {})[OAUTH] = {"type": "oauth2", "flows": {"clientCredentials": flow}}
    return result
