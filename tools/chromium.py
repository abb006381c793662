"""Finds Chromium for the browser tests, or tries to install one; says what to do when neither works.

    python -m tools.chromium        prints the path

Looked at in this order: the program that CHROMIUM names, Debian's, any other on PATH, playwright's own download.
Then, once a machine: `apt-get install chromium` for root on Debian, else `playwright install chromium`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP = (
    "The browser tests need Chromium and found none. Do one of these, then run them again:\n"
    "  apt-get install chromium                                  (Debian, as root)\n"
    "  .venv/bin/playwright install --with-deps chromium         (anywhere with the network)\n"
    "  CHROMIUM=/path/to/chromium make test                      (one that is installed elsewhere)"
)


class NoChromium(RuntimeError):  # noqa: N818 - it says what is missing
    """There is none, and none could be installed; the message says what to do."""


def find_chromium() -> str | None:
    """The path of a Chromium that is here. Raises NoChromium when CHROMIUM names none."""
    if named := os.environ.get("CHROMIUM", "").strip():
        if shutil.which(named) is None:
            raise NoChromium(f"CHROMIUM={named!r} is no program that can be run.\n{HELP}")
        return named
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    return found or _playwrights_own()


def provide_chromium() -> str:
    """The same, installed if need be. Raises NoChromium."""
    with _alone():
        if found := find_chromium():
            return found
        said = []
        for command in _installers():
            sys.stderr.write(f"No Chromium here: trying `{' '.join(command)}` …\n")
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
            except (OSError, subprocess.TimeoutExpired) as problem:
                said.append(f"{command[0]}: {problem}")
                continue
            if found := find_chromium():
                return found
            said.append(f"{' '.join(command)}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
    raise NoChromium(HELP + "\nTried: " + "; ".join(said))


def _installers() -> Iterator[list[str]]:
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield ["apt-get", "update", "-qq"]
        yield ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    yield [str(Path(sys.executable).with_name("playwright")), "install", "--with-deps", "chromium"]
    yield [str(Path(sys.executable).with_name("playwright")), "install", "chromium"]


def _playwrights_own() -> str | None:
    folders = [
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""),
        "~/.cache/ms-playwright",
        "~/Library/Caches/ms-playwright",
    ]
    for folder in filter(None, folders):
        for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"):
            if found := sorted(Path(folder).expanduser().glob(pattern)):
                return str(found[-1])
    return None


@contextmanager
def _alone() -> Iterator[None]:
    """One installs, the others wait."""
    with (Path(tempfile.gettempdir()) / f"casino-chromium-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        sys.stdout.write(provide_chromium() + "\n")
    except NoChromium as problem:
        sys.exit(str(problem))
