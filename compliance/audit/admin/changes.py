"""What changed, for people: a table of fields with before and after, and the same in one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.backoffice.display import NOTHING, code
from common.backoffice.sections import Section

SHOWN_FIELDS: Final = 4
SHOWN_LETTERS: Final = 40
ABSENT: Final = object()
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


def changed_fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[tuple[str, Any, Any]]:
    """(field, before, after) of every field that either side names and that is not the same on both."""
    old, new = before or {}, after or {}
    names = sorted(old.keys() | new.keys())
    pairs = [(name, old.get(name, ABSENT), new.get(name, ABSENT)) for name in names]
    return [(name, was, is_now) for name, was, is_now in pairs if was != is_now]


def value_text(value: Any) -> str:
    """A kept value as text: lists and objects as JSON, nothing as a dash."""
    if value is ABSENT or value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _plain(text: str) -> str:
    """An instant of the trail to the second, as everywhere; the event's page has it exactly."""
    return f"{text[:10]} {text[11:19]} UTC" if _INSTANT.fullmatch(text) else text


def changes_section(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Section:
    """Before and after side by side."""
    rows = [
        (name.replace("_", " "), code(value_text(was)), code(value_text(is_now)))
        for name, was, is_now in changed_fields(before, after)
    ]
    return Section("Changed fields", ("Field", "Before", "After"), rows, empty="No fields were declared for it.")


def changes_line(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> SafeString | str:
    """The first few changes, each cut to a glance."""
    changed = changed_fields(before, after)
    if not changed:
        return NOTHING
    lines = format_html_join("", "<div>{}</div>", ((_one(*item),) for item in changed[:SHOWN_FIELDS]))
    more = len(changed) - SHOWN_FIELDS
    rest = format_html("<div>and {} more</div>", more) if more > 0 else ""
    return format_html("<div>{}{}</div>", lines, rest)  # one block: a narrow list lays cells' parts side by side


def changes_glance(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """The first change in one line, for lists whose rows are one line high on a narrow screen."""
    changed = changed_fields(before, after)
    if not changed:
        return NOTHING
    more = f", and {len(changed) - 1} more" if len(changed) > 1 else ""
    return format_html("{}{}", _one(*changed[0]), more)


def _one(name: str, was: Any, is_now: Any) -> SafeString:
    words = name.replace("_", " ")
    if was is ABSENT:
        return format_html("{}: {}", words, _glance(is_now))
    return format_html("{}: {} → {}", words, _glance(was), _glance(is_now))


def _glance(value: Any) -> str:
    text = _plain(value_text(value))
    return text if len(text) <= SHOWN_LETTERS else f"{text[: SHOWN_LETTERS - 1]}…"
