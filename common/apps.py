from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Floor 0: no tables, only the application's database role and its grants; what every process does first."""

    name = "common"
    label = "common"

    def ready(self) -> None:
        from common.log_sinks import log_sinks_guard

        log_sinks_guard()
