"""Payment card numbers in any text: found, and masked (SEC-01 to SEC-04). Pure, and cheap where there are no digits.

A card number is 13 to 19 digits that pass the Luhn check, begin like a scheme's and stand as people and programs write
them: in one run, in a card's groups, or with the same sign between all groups. Digits of any script count, and so do
those spelled for a URL or for JSON. What looks alike and is none is left out: IBANs whose check holds, UUIDs and
digests, phone numbers with a plus, and runs of more than 19 digits (docs/cards.md tells how often the rest errs).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from common.card_schemes import LONGEST, SHORTEST, exempt_spans, is_card_number

MASKED: Final = "[card number]"

# A digit as it is, or spelled for a URL (%34, %2534), for JSON (\u0034) or for HTML (&#52; &#x34;).
DIGIT: Final = (
    r"(?:[0-9]|%(?:25)?3[0-9]|%[Ee][Ff]%[Bb][Cc]%9[0-9]|\\{1,2}u(?:003|[Ff]{2}1|066|06[Ff])[0-9]"
    r"|&#(?:x3[0-9]|4[89]|5[0-7]);)"
)
_BETWEEN: Final = (
    r"(?:[ \t\r\n\u00a0\u2000-\u200a\u202f._/+\-\u2010-\u2015\u2212]|%(?:25)?(?:20|09|0[AaDd]|2[DdEeFfBb])|%C2%A0"
    r"|\\{1,2}(?:u00a0|u20[01][0-9a-f]|[nrt])|&nbsp;)"
)
# Possessive: each stretch of digits is walked over once, however often it fails to be a card.
_STRETCH: Final = re.compile(rf"{DIGIT}(?:{_BETWEEN}{{0,3}}+{DIGIT})*+")
_PLAIN_STRETCH: Final = re.compile(r"[0-9](?:[ \t\r\n._/+\-]{0,3}+[0-9])*+")
TOKEN: Final = re.compile(rf"(?P<digit>{DIGIT})|(?P<between>{_BETWEEN}+)")
_SPELLED: Final = re.compile(r"[%\\&]")
_FIRST: Final = frozenset("2345689")
_NO_DIGITS: Final = bytes(range(48, 58))
_PHONE_BEFORE: Final = re.compile(r"(?:^|[\s\"'(:,;\[])\+$")
_PHONE_LONGEST: Final = 15
# Groups as they are embossed: they are a card's whatever stands between them.
_EMBOSSED: Final = frozenset({
    (4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 1), (4, 3, 3, 3), (4, 4, 4, 2), (4, 4, 4, 3), (4, 4, 5),
    (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (8, 8), (6, 13),
})  # fmt: skip
_MOST_GROUPS: Final = 7


def card_found(text: str) -> bool:
    """Whether the text holds a card number."""
    return next(card_spans(text), None) is not None


def cards_masked(text: str, mask: str = MASKED) -> str:
    """The text with each card number replaced by `mask`; the same text where there is none."""
    pieces: list[str] = []
    done = 0
    for start, end in card_spans(text):
        pieces += (text[done:start], mask)
        done = end
    return "".join([*pieces, text[done:]]) if done else text


def card_place(value: Any, path: str = "") -> str | None:
    """Where in parsed data a card number stands, such as "address.line_1" or "notes.0"; None if nowhere.

    Keys are looked at like values; a key that is a card number is told by its place alone.
    """
    if isinstance(value, str):
        return (path or "text") if card_found(value) else None
    if isinstance(value, Mapping):
        for number, (key, inner) in enumerate(value.items()):
            if card_found(str(key)):
                return _under(path, f"key {number + 1}")
            if (found := card_place(inner, _under(path, str(key)))) is not None:
                return found
        return None
    if isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            if (found := card_place(inner, _under(path, str(number)))) is not None:
                return found
        return None
    return (path or "number") if isinstance(value, int) and card_found(str(int(value))) else None


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def card_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand in the text, in order."""
    if not _may_hold_one(text):
        return
    plain, places = (text, None) if text.isascii() else _plain(text)
    stretch = _PLAIN_STRETCH if plain.isascii() and _SPELLED.search(plain) is None else _STRETCH
    hits = _cards_in(plain, stretch)
    if hits and (others := list(exempt_spans(plain))):
        for low, high in others:
            plain = f"{plain[:low]}{'x' * (high - low)}{plain[high:]}"
        hits = _cards_in(plain, stretch)
    for start, end in hits:
        yield (start, end) if places is None else (places[start], places[end - 1] + 1)


def _cards_in(plain: str, stretch: re.Pattern[str]) -> list[tuple[int, int]]:
    return [
        span
        for found in stretch.finditer(plain)
        if found.end() - found.start() >= SHORTEST
        for span in _cards_of(plain, found)
    ]


def _may_hold_one(text: str) -> bool:
    """Whether there are enough signs that could be digits; most texts are done with here."""
    raw = text.encode("utf-8", "surrogatepass")
    digits = len(raw) - len(raw.translate(None, _NO_DIGITS))
    return digits >= SHORTEST or (not text.isascii() and digits + len(raw) - len(text) >= SHORTEST)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with digits of every script as ASCII and without invisible signs, and where each sign was."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isascii():
            signs.append(sign)
            places.append(place)
        elif unicodedata.category(sign) != "Cf":  # zero-width signs between digits
            for one in unicodedata.normalize("NFKC", sign):
                signs.append(str(unicodedata.decimal(one)) if one.isdecimal() else one)
                places.append(place)
    return "".join(signs), places


class _Group(NamedTuple):
    """Digits that stand together: where, and which."""

    start: int
    end: int
    digits: str


def _groups(plain: str, found: re.Match[str]) -> list[_Group]:
    groups: list[_Group] = []
    digits, start, end = "", found.start(), found.start()
    for token in TOKEN.finditer(plain, *found.span()):
        if token.lastgroup == "digit":
            if not digits:
                start = token.start()
            digits, end = digits + _value(token.group()), token.end()
        elif digits:
            groups.append(_Group(start, end, digits))
            digits = ""
    return [*groups, _Group(start, end, digits)] if digits else groups


def _cards_of(plain: str, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The card numbers within a stretch of digits and what stands between them; none overlaps another."""
    groups = _groups(plain, found)
    first = 0
    while first < len(groups):
        last = _longest_card(plain, groups, first) if groups[first].digits[0] in _FIRST else None
        if last is None:
            first += 1
        else:
            yield groups[first].start, groups[last].end
            first = last + 1


def _longest_card(plain: str, groups: list[_Group], first: int) -> int | None:
    joined, best = "", None
    for last in range(first, len(groups)):
        joined += groups[last].digits
        if len(joined) > LONGEST:
            break
        if len(joined) < SHORTEST or not is_card_number(joined):
            continue
        if _stands_like_one(plain, groups[first : last + 1]) and not _phone(plain, groups[first].start, len(joined)):
            best = last
    return best


def _value(spelled: str) -> str:
    """The digit that is spelled: %34, \\u0034, &#x34; end in it but for HTML's decimal 48 to 57."""
    if spelled.startswith("&#") and spelled[2] != "x":
        return str(int(spelled[2:-1]) - 48)
    return spelled.rstrip(";")[-1]


def _stands_like_one(plain: str, groups: list[_Group]) -> bool:
    sizes = tuple(len(group.digits) for group in groups)
    if len(groups) == 1 or sizes in _EMBOSSED:
        return True
    between = {plain[groups[i].end : groups[i + 1].start] for i in range(len(groups) - 1)}
    if len(between) != 1:
        return False
    return set(sizes) == {1} or (len(groups) <= _MOST_GROUPS and min(sizes[:-1]) >= 2)


def _phone(plain: str, start: int, size: int) -> bool:
    return size <= _PHONE_LONGEST and _PHONE_BEFORE.search(plain[max(0, start - 2) : start]) is not None
