"""No card number, address or secret leaves this process by a log: the last step of every line masks it (SEC-04).

Masking where a line is made forgets the next library; so it stands where lines end. Every handler of the standard
library, whoever makes it (Django, Celery, granian), formats through `logging.Handler.format`, and structlog's chain
ends in `masked`. Tracebacks, SQL in error texts and reprs of locals pass through there as part of the text.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final

import structlog

from common.cards import cards_masked
from common.logs.redaction import secrets_masked

_plain_format: Final = logging.Handler.format


def masked(_logger: object, _name: str, line: Any) -> Any:
    """structlog's last processor: the rendered line without card numbers, addresses and secrets."""
    return _clean(line) if isinstance(line, str) else line


def log_sinks_guard() -> None:
    """Called once by each process, from CommonConfig.ready()."""
    logging.Handler.format = _masked_format  # type: ignore[method-assign,assignment]  # every handler's way out
    structlog.configure(processors=_processors(), cache_logger_on_first_use=False)
    sys.excepthook = _masked_excepthook
    threading.excepthook = _masked_thread_hook


def _masked_format(handler: logging.Handler, record: logging.LogRecord) -> str:
    return _clean(_plain_format(handler, record))


def _clean(text: str) -> str:
    return secrets_masked(cards_masked(text))


def _processors() -> list[Callable[..., Any]]:
    first: list[Callable[..., Any]] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    if sys.stdout is not None and sys.stdout.isatty():
        # Locals in a traceback show whatever a function was given: never.
        console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        return [*first, structlog.dev.set_exc_info, console, masked]
    return [*first, structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_json), masked]


def _json(fields: Any, **options: Any) -> str:
    return json.dumps(fields, ensure_ascii=False, **options)


def _masked_excepthook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    _to_stderr(kind, problem, trace)


def _masked_thread_hook(args: threading.ExceptHookArgs) -> None:
    if args.exc_type is not SystemExit:
        _to_stderr(args.exc_type, args.exc_value, args.exc_traceback)


def _to_stderr(kind: type[BaseException], problem: BaseException | None, trace: TracebackType | None) -> None:
    if sys.stderr is not None:
        sys.stderr.write(_clean("".join(traceback.format_exception(kind, problem, trace))))
        sys.stderr.flush()
