"""The virus scanner: ClamAV's daemon by its own protocol (clamd INSTREAM), where `KYC_SCANNER` names one.

`clamd://host:port`. Without one documents wait for review marked as not scanned.
"""

from __future__ import annotations

import logging
import socket
import struct
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

log = logging.getLogger(__name__)
CHUNK: Final = 64 * 1024
ANSWER_MOST: Final = 4096
SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the scanner said: clean, or the name of what it found."""

    clean: bool
    said: str


def content_scan(content: bytes) -> Scanned | None:
    """Ask the scanner; None when there is none, or it does not answer understandably: nothing is taken for clean."""
    place = urlsplit(settings.KYC_SCANNER)
    if place.scheme != "clamd" or not place.hostname:
        return None
    try:
        said = _asked((place.hostname, place.port or 3310), content)
    except OSError as problem:
        log.error("virus scanner at %s does not answer: %s", settings.KYC_SCANNER, problem)
        return None
    if said == "stream: OK":
        return Scanned(True, "OK")
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return Scanned(False, said.removeprefix("stream: ").removesuffix(" FOUND"))
    log.error("virus scanner at %s says %r", settings.KYC_SCANNER, said[:200])
    return None


def _asked(place: tuple[str, int], content: bytes) -> str:
    with socket.create_connection(place, timeout=SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ANSWER_MOST:
            heard = line.recv(ANSWER_MOST)
            if not heard:
                break
            answer += heard
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
