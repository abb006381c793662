"""What software runs: digests of our own source and of every installed package, compared with the last check (R-22)."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from reporting.monitoring.models import SoftwareCheck

OURS: Final = "our source"
FOLDERS: Final = (
    "affiliates", "casino", "common", "compliance", "config", "players", "reporting", "templates", "wallet",
)  # fmt: skip
ENDINGS: Final = {".py", ".html", ".sql", ".js", ".css", ".json", ".txt"}
MOST_FINDINGS: Final = 20
ACTOR: Final = "system:check_software"


def source_digest(folder: Path) -> str:
    """SHA-256 over the names and contents of our own files, in the order of their names."""
    whole = hashlib.sha256()
    files = (path for name in FOLDERS for path in (folder / name).rglob("*") if path.suffix in ENDINGS)
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def altered_files(package: Distribution) -> list[str]:
    """Files of an installed package that are missing or not as its record says."""
    found: list[str] = []
    for file in package.files or []:
        if file.hash is None or file.hash.mode != "sha256" or file.suffix == ".pyc":
            continue
        path = Path(str(file.locate()))
        if not path.is_file():
            found.append(f"{file}: missing")
        elif (
            base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
            != file.hash.value
        ):
            found.append(f"{file}: altered")
    return found


def software_check(
    *, now: datetime, packages: list[Distribution] | None = None, folder: Path | None = None
) -> SoftwareCheck:
    """Digest every part, compare with the check before and with the packages' own records, and keep the result.

    What changed is a significant event; the first check of a house has nothing to compare with.
    """
    installed = list(distributions()) if packages is None else packages
    parts = {OURS: source_digest(folder or settings.BASE_DIR)}
    altered: list[dict[str, str]] = []
    for package in installed:
        name = f"{package.metadata['Name']} {package.version}".lower()
        parts[name] = hashlib.sha256((package.read_text("RECORD") or "").encode()).hexdigest()
        altered += [
            {"component": name, "expected": "as its record says", "found": file, "result": "altered"}
            for file in altered_files(package)[:MOST_FINDINGS]
        ]
    before = SoftwareCheck.objects.order_by("-pk").first()
    changes = _changes({} if before is None else before.parts, parts) if before is not None else []
    whole = hashlib.sha256("\n".join(f"{name} {parts[name]}" for name in sorted(parts)).encode()).hexdigest()
    with transaction.atomic():
        check = SoftwareCheck.objects.create(
            checked_at=now, digest=whole, same=not changes, whole=not altered, parts=parts, changes=changes + altered
        )
        if changes or (altered and (before is None or before.whole)):
            audit_record(
                name=EventName.SOFTWARE_CHANGED, actor=ACTOR, now=now, subject=f"monitoring.softwarecheck:{check.pk}",
                after={"digest": whole, "changes": len(changes), "altered": len(altered)},
            )  # fmt: skip
    return check


def _changes(before: dict[str, str], now: dict[str, str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name, ""), now.get(name, "")
        if old != new:
            result = "removed" if not new else "installed" if not old else "changed"
            found.append({"component": name, "expected": old, "found": new, "result": result})
    return found
