"""Where packages lie: one folder, one name for each run, so that two runs never write the same file."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings


def package_name(export_id: int, lease: UUID) -> str:
    """The name of a run's package."""
    return f"{export_id}-{lease.hex}.zip"


def package_path(name: str) -> Path:
    """Where a package of this name lies."""
    return Path(settings.EXPORT_FILES) / name


def leftovers_remove(export_id: int, *, keep: str = "") -> None:
    """Delete what earlier runs of an export left, half written or whole; `keep` is the package to stay."""
    folder = Path(settings.EXPORT_FILES)
    for path in [*folder.glob(f"{export_id}-*.zip"), *folder.glob(f".{export_id}-*")]:
        if path.name == keep:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
