from casino.transfers.models.call import TransferCall
from casino.transfers.models.leg import TransferLeg
from casino.transfers.models.visit import TransferVisit

__all__ = ["TransferCall", "TransferLeg", "TransferVisit"]
