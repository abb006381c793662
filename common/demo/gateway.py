"""The simulated payment gateway of the demonstration: one server under two names, so that a cascade goes somewhere."""

from pathlib import Path

FACES = ("sandbox", "sandbox2")
API_KEY = "demo-sandbox-api-key"
WEBHOOK_KEY = "demo-sandbox-webhook-key"


def gateway_environment(url: str) -> dict[str, str]:
    """How the simulated payment gateway is reached, under each of its names."""
    told: dict[str, str] = {}
    for face in FACES:
        prefix = f"GATEWAY_{face.upper()}_"
        told |= {
            f"{prefix}URL": f"{url}/{face}",
            f"{prefix}API_KEY": API_KEY,
            f"{prefix}WEBHOOK_KEY": WEBHOOK_KEY,
            f"{prefix}TIMEOUT_MS": "3000",
        }
    return told


def gateway_arguments(port: int, var: Path) -> list[str]:
    """How it is started; its books stay in `var`."""
    return [
        "-m", "casino.gateways.sandbox_server", "--port", str(port), "--silence", "12",
        "--state", str(var / "sandbox-gateway.sqlite3"),
    ]  # fmt: skip
