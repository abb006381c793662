from casino.transfers.admin.leg import TransferLegAdmin
from casino.transfers.admin.visit import TransferVisitAdmin

__all__ = ["TransferLegAdmin", "TransferVisitAdmin"]
