from casino.gateways.admin.call import GatewayCallAdmin
from casino.gateways.admin.gateway import GatewayAdmin
from casino.gateways.admin.message import GatewayMessageAdmin

__all__ = ["GatewayAdmin", "GatewayCallAdmin", "GatewayMessageAdmin"]
