"""JSON as the player API takes it: one object, strict, of bounded size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Final

from rest_framework.parsers import BaseParser

from common.cards import card_place, cards_masked
from common.errors import CardNumberRefused
from common.http.strict_json import JsonError, json_object
from players.api.kit.errors import BodyTooLarge, InvalidRequest

MAX_BODY: Final = 64 * 1024


class StrictJson(BaseParser):
    """One JSON object, UTF-8, no duplicate keys; an empty body is an empty object."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - the same
    ) -> dict[str, Any]:
        """Raises BodyTooLarge, InvalidRequest, CardNumberRefused."""
        raw = stream.read(MAX_BODY + 1)
        if len(raw) > MAX_BODY:
            raise BodyTooLarge
        if not raw.strip():
            return {}
        try:
            found = json_object(raw)
        except JsonError as problem:
            raise InvalidRequest(body=str(problem)) from problem
        if (place := card_place(found)) is not None:
            raise CardNumberRefused(place=cards_masked(place))
        return found
