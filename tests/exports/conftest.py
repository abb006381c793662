from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import caches_forget
from wallet.sealing.keys import seal_key_create


@pytest.fixture(autouse=True)
def places(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Packages, keys and folders of this test alone."""
    caches_forget()
    settings.EXPORT_FILES = str(tmp_path / "packages")
    settings.EXPORT_FOLDER = str(tmp_path / "folder")
    settings.SEAL_KEY_FILE = str(tmp_path / "seal.key")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    seal_key_create(tmp_path / "seal.key")
    yield tmp_path
    caches_forget()
