"""Starts the simulated payment gateway."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from casino.gateways.sandbox_server.server import GatewayServer


def main(arguments: list[str] | None = None) -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description="A simulated payment gateway.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="the SQLite file that holds its books")
    parser.add_argument("--faces", default="sandbox,sandbox2", help="its names; a cascade begins with the first")
    parser.add_argument("--api-key", default="demo-sandbox-api-key", help="what callers send as X-Api-Key")
    parser.add_argument("--webhook-key", action="append", help="signs messages; twice while a key is rotated")
    parser.add_argument("--silence", type=float, default=30, help="seconds before it hangs up where it does not answer")
    parser.add_argument("--hold", action="store_true", help="keep messages back until POST /control/flush")
    chosen = parser.parse_args(arguments)
    with GatewayServer(
        port=chosen.port, state=chosen.state, faces=chosen.faces.split(","), api_key=chosen.api_key,
        webhook_keys=chosen.webhook_key or ["demo-sandbox-webhook-key"], silence=chosen.silence,
    ) as server:  # fmt: skip
        server.postman.held = chosen.hold
        sys.stderr.write(f"Simulated payment gateway on {server.address} as {chosen.faces}\n")
        server.serve_forever()


if __name__ == "__main__":
    main()
