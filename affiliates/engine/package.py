"""The engine as one file that runs anywhere: `python recompute_statement.pyz statement.json`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

NAME: Final = "recompute_statement.pyz"
_START: Final = "import sys\nfrom affiliates.engine.recompute import main\nsys.exit(main(sys.argv[1:]))\n"
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def packaged() -> bytes:
    """The same bytes for the same code: an archive of this package with its start."""
    folder = Path(__file__).parent
    files = {"__main__.py": _START, "affiliates/__init__.py": ""}
    files |= {
        f"affiliates/engine/{path.name}": path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))
    }
    buffer = io.BytesIO()
    buffer.write(b"#!/usr/bin/env python3\n")
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), text)
    return buffer.getvalue()
