"""Postback templates: an address with macros in braces, read once and filled in for each event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from affiliates.postbacks.macros import Macro, macro_of

# {click_id} and {{click_id}}: both are written in the field.
_MACRO: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}|\{\s*([A-Za-z0-9_]+)\s*\}")
MASKED: Final = "***"


@dataclass(frozen=True, slots=True)
class Template:
    """An address with its macros. Values are quoted wherever they stand, so that none can add a parameter."""

    text: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names in braces, in their order."""
        return tuple(one or other for one, other in _MACRO.findall(self.text))

    @property
    def macros(self) -> tuple[Macro, ...]:
        """The macros that are known."""
        return tuple(macro for name in self.names if (macro := macro_of(name)) is not None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names without a macro, and braces that are none."""
        rest = _MACRO.sub("", self.text)
        return tuple(name for name in self.names if macro_of(name) is None) + tuple(sorted({*rest} & {"{", "}"}))

    @property
    def host(self) -> str:
        """Where it goes; "" where a macro stands in the host, or there is none."""
        try:
            host = urlsplit(_MACRO.sub("\0", self.text)).hostname or ""
        except ValueError:
            return ""
        return "" if "\0" in host else host

    def filled(self, fields: Mapping[str, str], *, masked: bool = False) -> str:
        """The address for an event. A field that is not there is empty; `masked` hides what is about a person."""

        def value(match: re.Match[str]) -> str:
            macro = macro_of(match[1] or match[2])
            if macro is None:
                return ""
            text = fields.get(macro.field, "")
            return MASKED if masked and text and macro.privacy != "none" else quote(text, safe="")

        return _MACRO.sub(value, self.text)
