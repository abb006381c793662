"""A simulated national register: a server of its own that speaks GAMSTOP's dialect. It knows nothing of ours.

    python -m compliance.register.simulator --port 8090 --key demo-register-key

The last name decides, in any case:  Excluded  is on the register,  Returned  was,  Outage  answers 503,  Silence  does
not answer,  Garbage  answers what nobody understands,  Moved  redirects. Everybody else is not on it, until put there:

    POST /control/exclude   the same form     that person is on the register from now on
    POST /control/return    the same form     … and is not any more
    POST /control/mode      mode=outage       everybody is answered so; mode= (empty) ends it
    GET  /control/ready                       200

Nothing personal is written anywhere.
"""

from __future__ import annotations

import argparse
import sys
import time
import uuid
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl

FIELDS: Final = ("firstName", "lastName", "dateOfBirth", "email", "postcode", "mobile")
NEEDED: Final = FIELDS[:5]
BY_NAME: Final = {
    "excluded": "Y",
    "returned": "P",
    "outage": "outage",
    "silence": "silence",
    "garbage": "garbage",
    "moved": "moved",
}
MODES: Final = frozenset(BY_NAME.values()) | {"N", ""}
BODY_MOST: Final = 8192


def person_key(form: Mapping[str, str]) -> tuple[str, str, str]:
    """Who is meant: name, birth date and postcode; case and spaces do not matter."""
    name = " ".join(f"{form.get('firstName', '')} {form.get('lastName', '')}".casefold().split())
    return name, form.get("dateOfBirth", ""), "".join(form.get("postcode", "").casefold().split())


class RegisterServer(ThreadingHTTPServer):
    """The register with what was put on it since it started."""

    daemon_threads = True

    def __init__(self, port: int, key: str, silence: float) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.key = key
        self.silence = silence
        self.mode = ""
        self.said: dict[tuple[str, str, str], str] = {}

    def answer(self, form: Mapping[str, str]) -> str:
        """What is answered about a person."""
        by_name = BY_NAME.get(form.get("lastName", "").strip().casefold(), "N")
        return self.mode or self.said.get(person_key(form), by_name)


class Handler(BaseHTTPRequestHandler):
    """One question."""

    server: RegisterServer
    server_version = "SimulatedRegister/2"
    timeout = 15

    def do_GET(self) -> None:
        """Whether it is up."""
        self._end(200 if self.path == "/control/ready" else 405)

    def do_POST(self) -> None:
        """A question, or an order of the person who runs the demonstration."""
        form = self._form()
        if form is None:
            return
        if self.path.startswith("/control/"):
            self._control(self.path.removeprefix("/control/"), form)
        elif self.path not in {"/", "/v2"}:
            self._end(404)
        elif self.headers.get("X-API-Key", "") != self.server.key:
            self._end(403)
        elif any(not form.get(name, "").strip() for name in NEEDED):
            self._end(400)
        else:
            self._answer(self.server.answer(form))

    def _answer(self, said: str) -> None:
        if said == "silence":
            time.sleep(self.server.silence)
        if said == "outage":
            self._end(503)
        elif said == "moved":
            self._end(302, {"Location": "http://127.0.0.1:1/"})
        elif said == "garbage":
            self._end(200, {"X-Exclusion": "perhaps"})
        else:
            self._end(200, {"X-Exclusion": "N" if said == "silence" else said, "X-Unique-Id": uuid.uuid4().hex})

    def _control(self, order: str, form: dict[str, str]) -> None:
        if order == "mode" and form.get("mode", "") in MODES:
            self.server.mode = form.get("mode", "")
        elif order in {"exclude", "return"}:
            self.server.said[person_key(form)] = "Y" if order == "exclude" else "P"
        else:
            return self._end(400)
        return self._end(204)

    def _form(self) -> dict[str, str] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > BODY_MOST:
            self._end(413)
            return None
        return dict(parse_qsl(self.rfile.read(int(length)).decode("utf-8", "replace"), keep_blank_values=True))

    def _end(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """The path and the status; the form is in the body and stays out of it."""
        sys.stderr.write(f"{self.log_date_time_string()} {format % args}\n")


def main(arguments: list[str] | None = None) -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description="A simulated national register of excluded people.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", default="demo-register-key", help="what callers send as X-API-Key")
    parser.add_argument("--silence", type=float, default=30, help="seconds for which Silence does not answer")
    chosen = parser.parse_args(arguments)
    with RegisterServer(chosen.port, chosen.key, chosen.silence) as server:
        sys.stderr.write(f"Simulated register on http://127.0.0.1:{chosen.port}/v2\n")
        server.serve_forever()


if __name__ == "__main__":
    main()
