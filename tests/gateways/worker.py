"""A Celery worker of the tests in a process of its own, whose cashier stands still where the test wants to kill it.

python -m tests.gateways.worker before|after|never <file to write when it stands there>
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import django


def main(where: str, mark: str) -> None:
    """Run the worker; `before` and `after` stand for the commit of the effect."""
    django.setup()
    from django.db import transaction

    from casino.gateways import registry
    from casino.gateways.types import News
    from config.celery import app
    from tests.gateways.box import effect

    def stand_still() -> None:
        Path(mark).write_text(where, encoding="utf-8")
        time.sleep(600)

    def cashier(gateway: str, news: News, message_id: int, now: datetime) -> str:
        with transaction.atomic():
            done = effect(gateway, news, message_id, now)
            if where == "before":
                stand_still()
        if where == "after":
            stand_still()
        return done

    registry._handlers[:] = [cashier]
    app.worker_main([
        "worker", "--pool=solo", "--loglevel=WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat",
    ])  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:3])
