from tests.gateways.wire_process import vendors

__all__ = ["vendors"]
