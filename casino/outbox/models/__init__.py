from casino.outbox.models.fact import Fact
from casino.outbox.models.reader import FactReader

__all__ = ["Fact", "FactReader"]
