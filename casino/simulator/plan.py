"""What to simulate: everything that a run is told before it starts."""

import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from casino.simulator.signing import Credentials
from casino.simulator.wire import Endpoint


class PlanError(ValueError):
    """The plan cannot be carried out; the message says which argument to change."""


class ChaosLevel(StrEnum):
    """How often the provider misbehaves the way providers in production do."""

    NONE = "none"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationPlan:
    """One run. Times in seconds; ``rate`` is calls per second over all players, 0 for as fast as it goes.

    ``seconds`` None or 0 sets no time limit, ``rounds`` None no limit of rounds (over all players together); with
    neither, the run lasts until it is stopped. ``patience`` is how long one call is repeated before its player is set
    aside.
    """

    url: str = "http://127.0.0.1:8000"
    provider: str = "sandbox"
    key_id: str = "k1"
    secret: str = field(default="sandbox-secret", repr=False)
    players: int = 20
    rate: float = 50.0
    seconds: float | None = 60.0
    rounds: int | None = None
    seed: int = 7
    chaos: ChaosLevel = ChaosLevel.NONE
    workers: int = 16
    timeout: float = 10.0
    patience: float = 60.0
    wait: float = 30.0
    run_id: str = field(default_factory=lambda: secrets.token_hex(5))

    def __post_init__(self) -> None:
        """Refuse what cannot work; raises PlanError."""
        try:
            Endpoint.from_url(self.url)
        except ValueError as error:
            raise PlanError(str(error)) from error
        checks = (
            (self.players >= 1, "--players must be at least 1"),
            (self.rate >= 0, "--rate must not be negative (0 means as fast as it goes)"),
            ((self.seconds or 0) >= 0, "--seconds must not be negative (0 means until stopped)"),
            (self.rounds is None or self.rounds >= 1, "--rounds must be at least 1"),
            (self.workers >= 1, "--workers must be at least 1"),
            (self.timeout > 0, "--timeout must be above 0 seconds"),
            (self.patience >= 0 and self.wait >= 0, "--patience must not be negative"),
            (bool(self.secret), "give the key's secret with --secret or SIMULATE_SECRET"),
        )
        for holds, complaint in checks:
            if not holds:
                raise PlanError(complaint)

    @property
    def credentials(self) -> Credentials:
        """The provider's signing key."""
        return Credentials(self.provider, self.key_id, self.secret)

    @property
    def endpoint(self) -> Endpoint:
        """Where the wallet listens."""
        return Endpoint.from_url(self.url)

    def rounds_of(self, index: int) -> int | None:
        """How many rounds the player at ``index`` plays, None for no limit."""
        if self.rounds is None:
            return None
        return self.rounds // self.players + (index < self.rounds % self.players)
