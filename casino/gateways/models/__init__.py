from casino.gateways.models.call import GatewayCall
from casino.gateways.models.gateway import Gateway
from casino.gateways.models.inquiry import GatewayInquiry
from casino.gateways.models.message import GatewayMessage
from casino.gateways.models.news import GatewayNews

__all__ = ["Gateway", "GatewayCall", "GatewayInquiry", "GatewayMessage", "GatewayNews"]

from casino.gateways.models import history as _history  # noqa: F401 - below the models whose changes it keeps
