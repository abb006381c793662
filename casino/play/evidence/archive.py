"""The archive of a pack: a ZIP whose bytes depend on its files alone, with a signed list of what is in it.

Files are stored, not compressed, with one fixed date and mode: any Python makes the same bytes of the same files, and
the verifier can tell whether one bit of the archive itself was changed.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from typing import IO, Final

from wallet.sealing.canonical import Json
from wallet.sealing.keys import SealKey

FORMAT: Final = "casino evidence v1"
DOMAIN: Final = b"casino evidence v1\n"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def json_bytes(value: Json) -> bytes:
    """JSON as people can read it and every run writes it alike."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True).encode() + b"\n"


class Archive:
    """Writes files one after the other, remembers their digests, and closes with the manifest and its signature.

    `form` names the format in the manifest, `domain` keeps its signatures apart from those of other formats.
    """

    def __init__(self, target: IO[bytes], *, form: str = FORMAT, domain: bytes = DOMAIN) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self._files: dict[str, dict[str, Json]] = {}
        self._form, self._domain = form, domain

    def add(self, path: str, content: bytes | Iterable[bytes]) -> None:
        """One file; large ones in pieces. `path` is our own plain name, never a provider's."""
        digest, length = hashlib.sha256(), 0
        with self._zip.open(_info(path), "w") as file:
            for piece in (content,) if isinstance(content, bytes) else content:
                digest.update(piece)
                length += len(piece)
                file.write(piece)
        self._files[path] = {"bytes": length, "sha256": digest.hexdigest()}

    def listed(self) -> dict[str, tuple[str, int]]:
        """SHA-256 and length of every file so far, by its name."""
        return {name: (str(about["sha256"]), int(str(about["bytes"]))) for name, about in self._files.items()}

    def discard(self) -> None:
        """Leave it unfinished: its target is thrown away."""
        self._zip.fp = None  # or ZipFile would write its list into a file that is closed by then

    def finish(self, about: dict[str, Json], key: SealKey | None) -> str:
        """Write the manifest and, when the house has its seal key, the signature over it; returns its SHA-256."""
        manifest = json_bytes({"format": self._form, **about, "files": dict(self._files)})
        digest = hashlib.sha256(manifest)
        signed: dict[str, Json] = {"sha256": digest.hexdigest(), "key": None, "signature": None}
        if key is not None:
            signed |= {"key": key.id, "signature": key.sign(self._domain + digest.digest()).hex()}
        for path, content in (("manifest.json", manifest), ("manifest.signature.json", json_bytes(signed))):
            with self._zip.open(_info(path), "w") as file:
                file.write(content)
        self._zip.close()
        return digest.hexdigest()


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, date_time=_EPOCH)
    info.compress_type = zipfile.ZIP_STORED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
