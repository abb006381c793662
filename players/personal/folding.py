"""How names, addresses and document numbers are made comparable, whatever script and signs they are written with. Pure.

Two forms of a name: how it sounds (Иван = Ivan) and how it looks (Cyrillic Раul = Latin Paul). Somebody who swaps
letters for look-alikes is found by the second, somebody who is written in another script by the first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from anyascii import anyascii

# Letters of other scripts that look like a Latin one; of the Unicode list of confusables, those of living alphabets.
LOOKS_LIKE: Final = str.maketrans(
    # Cyrillic, Greek, Armenian and some signs, each pair written one under the other
    "АВЕЅІЈКМНОРСТУХԌԚԜҮаеѕіјкмнорстухһԁԛԝӏγ"
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ"
    "ОՕՏԼՍօսհոցյ"
    "ıȷɑɡɩℓ∣|01",
    "ABESIJKMHOPCTYXGQWYaesijkmhopctyxhdqwly"
    "ABEZHIKMNOPTYXaikvoptux"
    "OOSLUouhngj"
    "ijagilllol",
)  # fmt: skip
SHORT_FORMS: Final = {
    "st": "street", "str": "street", "strasse": "street", "rd": "road", "ave": "avenue", "av": "avenue",
    "ln": "lane", "dr": "drive", "sq": "square", "apt": "apartment", "fl": "flat",
}  # fmt: skip


def name_sound(name: str) -> str:
    """The words of a name in Latin letters as they sound, sorted; empty for a name without letters."""
    return _words(anyascii(unicodedata.normalize("NFKC", name)))


def name_look(name: str) -> str:
    """The words of a name in Latin letters as they look, sorted; empty for a name without letters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _words(anyascii(bare.translate(LOOKS_LIKE)))


def address_words(lines: str, postcode: str, city: str) -> str:
    """The words of an address, sorted, with the postcode, else the city; empty where one of both is missing."""
    street = [SHORT_FORMS.get(word, word) for word in _words(anyascii(unicodedata.normalize("NFKC", lines))).split()]
    place = re.sub(r"[^a-z0-9]", "", anyascii(unicodedata.normalize("NFKC", postcode or city)).casefold())
    return f"{' '.join(sorted(street))}|{place}" if street and place else ""


def document_letters(number: str) -> str:
    """The letters and digits of a document's number."""
    return re.sub(r"[^A-Z0-9]", "", anyascii(unicodedata.normalize("NFKC", number)).upper())


def _words(text: str) -> str:
    return " ".join(sorted(re.findall(r"[a-z0-9]+", text.casefold())))
