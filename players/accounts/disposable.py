"""E-mail domains that give addresses to anybody for minutes: a dated list, bundled or named by the operator."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

BUNDLED: Final = Path(__file__).parent / "data" / "disposable-domains.txt"


def is_disposable(email: str) -> bool:
    """Whether the address is at such a domain, or at a part of one, however it is written."""
    domain = email.rpartition("@")[2].strip().rstrip(".")
    labels = _ascii(domain).split(".")
    listed = disposable_domains(settings.DISPOSABLE_DOMAINS_FILE or str(BUNDLED))
    return any(".".join(labels[start:]) in listed for start in range(len(labels) - 1))


@lru_cache(maxsize=2)
def disposable_domains(path: str) -> frozenset[str]:
    """The list of a file: one domain a line, # begins a remark; the first line tells the list's date."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    words = (line.partition("#")[0].strip() for line in lines)
    return frozenset(_ascii(word) for word in words if word)


def _ascii(domain: str) -> str:
    plain = unicodedata.normalize("NFKC", domain).casefold()
    try:
        return plain.encode("idna").decode()
    except UnicodeError:
        return plain
