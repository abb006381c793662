"""Wallet servers for the simulator's tests, stopped when the test ends."""

from collections.abc import Callable, Iterator

import pytest

from casino.simulator import ChaosLevel, SimulationPlan
from tests.casino.simulator.wallet_double import WalletDouble
from tests.casino.simulator.wallet_records import Fault
from tests.casino.simulator.wallet_server import WalletServer, Weather

Serve = Callable[..., WalletServer]
ONLY_ROUNDS = 0.0


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a wallet with planted faults and weather."""
    servers: list[WalletServer] = []

    def start(*faults: Fault, weather: Weather | None = None, sandbox: bool = True) -> WalletServer:
        servers.append(WalletServer(WalletDouble(set(faults), sandbox=sandbox), weather=weather))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def quick_plan(
    url: str,
    *,
    rounds: int | None = 300,
    chaos: ChaosLevel = ChaosLevel.HIGH,
    seed: int = 7,
    players: int = 6,
    patience: float = 10.0,
) -> SimulationPlan:
    """A plan that is over in a second or two."""
    return SimulationPlan(
        url=url,
        rate=0,
        rounds=rounds,
        seconds=ONLY_ROUNDS,
        chaos=chaos,
        seed=seed,
        players=players,
        workers=4,
        patience=patience,
        timeout=5.0,
        wait=5.0,
    )
