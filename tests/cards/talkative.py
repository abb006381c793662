"""A real process that writes card numbers into every log there is, for tests/cards/test_log_sinks.py."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import django
import structlog
from django.db import connection
from django.db.utils import DataError, ProgrammingError

CARD = "4111 1111 1111 1111"
PLAIN = "5555555555554444"


def main(folder: Path) -> None:
    django.setup()
    file = logging.FileHandler(folder / "app.log")
    file.setFormatter(logging.Formatter("%(levelname)s %(message)s %(extra_word)s", defaults={"extra_word": ""}))
    logging.getLogger().addHandler(file)
    logging.getLogger().setLevel(logging.DEBUG)
    log, story = logging.getLogger("shop"), structlog.get_logger()
    log.info("paid with %s", CARD)
    log.info("paid", extra={"extra_word": PLAIN})
    log.warning("GET %s HTTP/1.1", "/pay?note=4111%201111%201111%201111")
    log.error({"card": PLAIN, "holder": "A. Lice"})
    story.info("paid", card=CARD, note={"deep": [PLAIN]})
    story.warning("wide", card="４１１１１１１１１１１１１１１１")
    _traceback(log, story)
    _sql(log)
    _sentry_like(log)
    worker = threading.Thread(target=_dies)
    worker.start()
    worker.join()
    raise RuntimeError(f"the end: {CARD}")


def _traceback(log: logging.Logger, story: structlog.stdlib.BoundLogger) -> None:
    card = PLAIN
    try:
        int(f"x{card}")
    except ValueError:
        log.exception("while paying")
        story.exception("while paying")


def _sql(log: logging.Logger) -> None:
    for statement in (f"SELECT '{PLAIN}'::date", f"SELECT nothing_{PLAIN} FROM pg_class WHERE relname = '{CARD}'"):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except (DataError, ProgrammingError):
            log.exception("database: %s", statement)


def _sentry_like(log: logging.Logger) -> None:
    """What an error tracker makes of a frame: the repr of its locals."""
    frame = {"vars": {"card": CARD, "request": {"data": f'{{"pan": {PLAIN}}}'}}, "function": "pay"}
    log.error("event %r", frame)


def _dies() -> None:
    raise RuntimeError(f"in a thread: {PLAIN}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
