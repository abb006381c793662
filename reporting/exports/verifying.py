"""Verifying packages as a regulator does: by the stand-alone scripts, in a process that knows nothing of ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from wallet.sealing import standalone_verifier

SCRIPTS: Final = ("verify_export.py", "verify_seals.py")


def standalone_export_verifier() -> Path:
    """The one file that, with the verifier of seals beside it, proves a package on another machine."""
    return Path(__file__).parent / "standalone" / SCRIPTS[0]


def scripts_write(folder: Path) -> list[Path]:
    """Put both scripts into a folder, as they are handed to a regulator."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = (standalone_export_verifier(), Path(standalone_verifier()))
    return [Path(shutil.copyfile(source, folder / source.name)) for source in sources]


def package_verify(package: Path, public_keys: Iterable[bytes], *, ledger: Path | None = None) -> tuple[bool, str]:
    """Whether a package is whole and ours, and what the verifier says about it."""
    with tempfile.TemporaryDirectory() as place:
        scripts_write(Path(place))
        command = [sys.executable, "-I", "-c", _RUN, place, str(package.resolve())]
        for key in public_keys:
            command += ["--public-key", key.hex()]
        if ledger is not None:
            command += ["--ledger", str(ledger.resolve())]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, (done.stdout or done.stderr).strip()


# Isolated from the platform and its environment; only the scripts' own folder is on the path.
_RUN: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); import verify_export; sys.exit(verify_export.main(sys.argv[2:]))"
)
