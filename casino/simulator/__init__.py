"""The simulated provider: a game provider that knows HTTP and the wallet contract, and nothing of ours.

``run(SimulationPlan(...))`` plays and returns a ``SimulationReport``; ``manage.py simulate`` is the same on a screen.
"""

from casino.simulator.client import SetupRefusedError
from casino.simulator.plan import ChaosLevel, PlanError, SimulationPlan
from casino.simulator.report import SimulationReport
from casino.simulator.run import WalletUnreachableError, run

__all__ = [
    "ChaosLevel",
    "PlanError",
    "SetupRefusedError",
    "SimulationPlan",
    "SimulationReport",
    "WalletUnreachableError",
    "run",
]
