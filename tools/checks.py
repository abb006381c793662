"""Every check that `make test` and CI run, in order, each with its time. pytest comes last and has the last word.

A failed check does not hide the tests: they run all the same, and the exit code tells of both.
"""

import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PYTHON = [sys.executable]
MANAGE = [sys.executable, "manage.py"]
OPENAPI = "docs/openapi/wallet-v1.yaml"
PLAYER_OPENAPI = ["docs/openapi/player-v1.yaml", "--custom-settings", "players.api.kit.schema.SETTINGS"]
BACKOFFICE_OPENAPI = ["docs/openapi/backoffice-v1.yaml", "--custom-settings", "reporting.api.schema.SETTINGS"]

CHECKS: dict[str, list[str]] = {
    "ruff check": [str(PROGRAMS / "ruff"), "check", "--quiet", "."],
    "ruff format": [str(PROGRAMS / "ruff"), "format", "--quiet", "--check", "."],
    "mypy": [str(PROGRAMS / "mypy"), "--no-error-summary", "."],
    "import floors": [str(PROGRAMS / "lint-imports"), "--no-logo"],
    "django check": [*MANAGE, "check", "--fail-level", "WARNING"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "openapi": [*PYTHON, "-m", "tools.openapi", OPENAPI],
    "openapi players": [*PYTHON, "-m", "tools.openapi", *PLAYER_OPENAPI],
    "openapi reports": [*PYTHON, "-m", "tools.openapi", *BACKOFFICE_OPENAPI],
}
TESTS = [*PYTHON, "-m", "pytest", "--durations=15"]


def main(arguments: list[str]) -> int:
    """Run the checks, then with `--with-tests` the tests."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    tests_failed = 0
    if "--with-tests" in arguments:
        extra = arguments[arguments.index("--with-tests") + 1 :]
        tests_failed = subprocess.run([*TESTS, *extra], cwd=CHECKOUT, check=False).returncode
    return tests_failed or bool(failed)


def passes(name: str, command: list[str]) -> bool:
    """Run one check; print its time, and what it says when it fails."""
    began = time.monotonic()
    if sys.stdout.isatty():
        sys.stdout.write(f"  … {name}\r")
        sys.stdout.flush()
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    mark = "ok  " if done.returncode == 0 else "FAIL"
    sys.stdout.write(f"  {mark} {name:<16} {time.monotonic() - began:6.1f} s\n")
    if done.returncode:
        sys.stdout.write((done.stdout + done.stderr).rstrip() + "\n")
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
