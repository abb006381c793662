"""The simulated provider: a game provider that knows HTTP and the wallet contract, and nothing of ours.

``run(plan=SimulationPlan(...))`` plays and returns a ``SimulationReport``; ``manage.py simulate`` is the same on a screen.
"""

from casino.simulator.plan import ChaosLevel, PlanError, SimulationPlan
from casino.simulator.report import SimulationReport
from casino.simulator.run import run
from casino.simulator.worker import SetupRefused, WalletUnreachable

__all__ = [
    "ChaosLevel",
    "PlanError",
    "SetupRefused",
    "SimulationPlan",
    "SimulationReport",
    "WalletUnreachable",
    "run",
]
