"""Where a bet's time goes inside the web process: bets straight into the WSGI application, one after the other.

Run as `python -m tests.bench.inside <players file>` in the wallet's environment; writes JSON. First without a profiler
(wall and CPU time: the difference is waiting for PostgreSQL), then with one, whose overhead distorts small functions.
"""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any, cast

from tests.bench.houses import SIGNER, WALLET_PATH
from tests.bench.servers import CHECKOUT

WARM, TIMED, PROFILED = 200, 800, 800
LIBRARIES = ("django", "rest_framework", "psycopg", "psycopg_binary", "structlog", "redis")
SHOWN = 60
Wsgi = Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]


def environ_of(request: bytes) -> dict[str, Any]:
    """What granian hands to the application for the bytes of a request."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, protocol = first.split(" ")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_PROTOCOL": protocol,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    for line in lines:
        name, value = line.split(": ", 1)
        key = name.upper().replace("-", "_")
        environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
    return environ


def call(application: Wsgi, environ: dict[str, Any]) -> None:
    """One bet. Raises RuntimeError when it is refused."""
    said: list[str] = []
    response = application(environ, lambda status, _headers, _exc=None: said.append(status))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{said[0]}: {body[:300]!r}")


def timed(application: Wsgi, environs: list[dict[str, Any]]) -> dict[str, float]:
    """Medians of wall and of CPU time of this thread, in microseconds for each bet."""
    walls, cpus = [], []
    for environ in environs:
        wall, cpu = time.perf_counter(), time.thread_time()
        call(application, environ)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.thread_time() - cpu)
    return {"wall_us": round(median(walls) * 1e6), "cpu_us": round(median(cpus) * 1e6)}


def profiled(application: Wsgi, environs: list[dict[str, Any]]) -> dict[str, Any]:
    """Own time by package, and the functions with the most time in and under them, in microseconds for each bet."""
    profiler = cProfile.Profile()
    profiler.enable()
    for environ in environs:
        call(application, environ)
    profiler.disable()
    packages: Counter[str] = Counter()
    functions: dict[str, tuple[float, float, float]] = {}
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, Any]] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    for (file, _line, name), (_, calls, own, total, _) in stats.items():
        packages[package_of(file, name)] += own  # type: ignore[assignment]
        each = 1e6 / len(environs)
        functions[f"{module_of(file)}:{name}"] = (total * each, own * each, calls / len(environs))
    top = sorted(functions.items(), key=lambda one: -one[1][0])
    return {
        "packages_us": {name: round(own / len(environs) * 1e6) for name, own in packages.most_common()},
        "functions_us": {name: [round(part, 1) for part in parts] for name, parts in top[:SHOWN]},
    }


def module_of(file: str) -> str:
    """A path as short as it can be told from others."""
    path = Path(file)
    if path.is_relative_to(CHECKOUT) and ".venv" not in path.parts:
        return str(path.relative_to(CHECKOUT))
    return "/".join(path.parts[-2:]) if path.is_absolute() else file


def package_of(file: str, name: str) -> str:
    """Ours by folder, libraries by name, and waiting for PostgreSQL on its own."""
    if "'select.poll' objects" in name:
        return "waiting for PostgreSQL"
    module = module_of(file)
    if not module.startswith("/") and module.endswith(".py") and (CHECKOUT / module).exists():
        return "/".join(Path(module).parts[:2])
    for library in LIBRARIES:
        if f"/{library}/" in file or name.startswith(f"<{library}"):
            return library
    return "Python itself"


def main(players_file: str) -> None:
    from config import wsgi
    from tests.bench.bets import signed_bets

    players = [(player, session) for player, session in json.loads(Path(players_file).read_text(encoding="utf-8"))]
    requests = signed_bets(SIGNER, WALLET_PATH, players, WARM + TIMED + PROFILED, seed=600)
    environs = [environ_of(request) for request in requests]
    application: Wsgi = cast("Wsgi", wsgi.application)
    timed(application, environs[:WARM])
    told: dict[str, Any] = {**timed(application, environs[WARM : WARM + TIMED])}
    told |= profiled(application, environs[WARM + TIMED :])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
