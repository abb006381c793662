"""One JSON line for each record of the standard library, with the number of the request or task that it belongs to."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from structlog.contextvars import get_contextvars


class LineFormatter(logging.Formatter):
    """The same fields as structlog's lines: event, level, timestamp, logger, what is bound, exception."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "event": record.getMessage(),
            **{name: str(value) for name, value in get_contextvars().items()},
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)
