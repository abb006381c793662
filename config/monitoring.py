"""Who is told, and who may read figures (docs/monitoring.md)."""

from __future__ import annotations

from config.env import env_list, env_networks, env_str

# The people on call: each is told of a P1 by e-mail.
ONCALL_EMAILS = env_list("ONCALL_EMAILS")
# /metrics answers to this token (Authorization: Bearer …) or to these networks; with neither set, to nobody.
METRICS_TOKEN = env_str("METRICS_TOKEN", "")
METRICS_NETWORKS = env_networks("METRICS_NETWORKS")

# Lines of JSON with the number of their request or task; structlog's own stand beside them (common/log_sinks.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "common.logs.lines.LineFormatter"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
}
