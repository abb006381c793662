from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class GatewaysConfig(AppConfig):
    """Floor 3: payment gateways: what they are asked, what they say, whether they answer."""

    name = "casino.gateways"
    label = "gateways"
    verbose_name = "Payment gateways"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every adapter introduces itself here: one line each (CONTRIBUTING)."""
        from casino.gateways.adapters.adyen.adapter import AdyenAdapter
        from casino.gateways.adapters.nuvei.adapter import NuveiAdapter
        from casino.gateways.adapters.sandbox.adapter import SandboxAdapter
        from casino.gateways.adapters.trustly.adapter import TrustlyAdapter
        from casino.gateways.registry import adapter_register

        adapter_register(AdyenAdapter())
        adapter_register(NuveiAdapter())
        adapter_register(TrustlyAdapter())
        adapter_register(SandboxAdapter("sandbox"))
        adapter_register(SandboxAdapter("sandbox2"))
        post_migrate.connect(_rows, sender=self, dispatch_uid="gateways.rows")


def _rows(using: str = "default", **_kwargs: Any) -> None:
    """After every migrate, so that a new adapter has its row: idempotent."""
    from casino.gateways.registry import adapter_codes
    from casino.gateways.services.gateways import gateways_know

    if "gateways_gateway" in connections[using].introspection.table_names():  # not when migrated back
        gateways_know(adapter_codes())
