"""What a file is, by its bytes. A name is a wish, not a fact. Pure."""

from __future__ import annotations

from typing import Final

from compliance.kyc.enums import FileType

MAX_BYTES: Final = 8 * 1024 * 1024
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_NEAR: Final = 1024


def file_type_of(content: bytes) -> FileType | None:
    """The type, when both ends of the file are what that type has; None for anything else."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and b"IEND" in content[-_NEAR:]:
        return FileType.PNG
    if content.startswith(_JPEG) and b"\xff\xd9" in content[-_NEAR:]:
        return FileType.JPEG
    if content.startswith((b"%PDF-1.", b"%PDF-2.")):
        return FileType.PDF if b"%%EOF" in content[-_NEAR:] else None
    return None
