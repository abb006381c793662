"""The player API's OpenAPI document: which calls it tells of, who may make them, how refusals look."""

from __future__ import annotations

from typing import Any, Final, Literal

from drf_spectacular.openapi import AutoSchema

Direction = Literal["request", "response"]

PATHS: Final = "/api/player/v1/"
BEARER: Final = "bearer"
ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "detail", "request_id"],
            "properties": {
                "code": {"type": "string", "description": "For programs; keeps its meaning for ever."},
                "message": {"type": "string", "description": "For people."},
                "detail": {"type": "object", "additionalProperties": True, "description": "Named facts."},
                "request_id": {"type": "string", "description": "Also in X-Request-ID."},
            },
        }
    },
}
REFUSALS: Final = {
    "4XX": {
        "description": "Refused: 400 form, 401 sign-in, 403 and 409 by rule, 404, 405, 413, 415, 429 too often.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    },
    "5XX": {
        "description": "Not now: repeat after Retry-After.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    },
}

SETTINGS: Final[dict[str, Any]] = {
    "TITLE": "Player API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "What a casino's own website and apps call for one player. Registration and sign-in answer a bearer token; send"
        " it as `Authorization: Bearer …`. Send the `device_id` of the first answer as `X-Device-Id`. Amounts are exact"
        " decimals as text, times are UTC. Every refusal has one form; its `code` keeps its meaning for ever. Within v1"
        " fields are added and never taken away."
    ),
    "TAGS": [
        {"name": "Entrance", "description": "Registration, sign-in, passwords."},
        {"name": "Account", "description": "The player's own account."},
        {"name": "Money", "description": "Statements and positions."},
        {"name": "Limits", "description": "How much and how long one plays at most."},
    ],
    "SCHEMA_PATH_PREFIX": "/api/player/v1",
    "PREPROCESSING_HOOKS": ["players.api.kit.schema.player_calls_only"],
    # Choices stand where they are used: shared names for them would change with every new call.
    "POSTPROCESSING_HOOKS": ["players.api.kit.schema.shared_parts"],
    "APPEND_COMPONENTS": {},
}


class PlayerSchema(AutoSchema):
    """Describes a PlayerView: a bearer where a sign-in is asked, and refusals in the API's one form."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Who may call."""
        return [{BEARER: []}] if getattr(self.view, "signed_in", True) else []

    def _get_response_bodies(self, direction: Direction = "response") -> Any:
        return super()._get_response_bodies(direction) | REFUSALS


def player_calls_only(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """The document of the player API tells of no other API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PATHS)]


def shared_parts(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The form of refusals, and how the bearer token is sent."""
    parts = result.setdefault("components", {})
    parts.setdefault("schemas", {})["Error"] = ERROR
    parts.setdefault("securitySchemes", {})[BEARER] = {"type": "http", "scheme": "bearer"}
    return result
