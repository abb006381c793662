"""Facts over a large ledger: reading it whole, a month made anew, the ties, and the queries of dashboards.

`python -m tests.bench.reporting_facts` in the environment of the loaded house prints JSON; times in seconds and
milliseconds. Facts must have read nothing there before, or the first figure tells nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import django

QUERIES: Final = {
    "GGR by day": (
        "SELECT settled_day, sum(stake_real + stake_bonus - void_real - void_bonus - win_real - win_bonus + unwin_real"
        " + unwin_bonus - contribution) FROM facts_game WHERE settled_day BETWEEN %(first)s AND %(last)s"
        " AND NOT is_test GROUP BY settled_day"
    ),
    "games of a month": (
        "SELECT game_id, sum(rounds), sum(stake_real), sum(win_real) FROM facts_game"
        " WHERE settled_day BETWEEN %(first)s AND %(last)s AND NOT is_test GROUP BY game_id"
    ),
    "active players by day": (
        "SELECT posted_day, count(DISTINCT player_id) FROM facts_play WHERE posted_day BETWEEN %(first)s AND %(last)s"
        " AND NOT is_test AND stake_real > 0 GROUP BY posted_day"
    ),
    "money by kind": (
        "SELECT kind, sum(real), sum(count) FROM facts_money WHERE posted_day BETWEEN %(first)s AND %(last)s"
        " AND NOT is_test GROUP BY kind"
    ),
    "a player's month": (
        "SELECT posted_day, sum(stake_real) FROM facts_play WHERE player_id = %(player)s"
        " AND posted_day BETWEEN %(first)s AND %(last)s GROUP BY posted_day"
    ),
}


def seconds(work: Callable[[], Any]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 3)


def measured() -> dict[str, Any]:
    """Everything, in the order in which it happens to a house."""
    from django.db import connection

    from common.clock import utc_now
    from reporting.facts.selectors.ties import facts_ledger_ties
    from reporting.facts.services.reading import facts_read
    from reporting.facts.services.rebuilding import facts_rebuild

    def read() -> None:
        while facts_read(now=utc_now()) is not None:
            pass

    told: dict[str, Any] = {"read_seconds": seconds(read)}
    told["rebuild_seconds"] = seconds(lambda: facts_rebuild(first=None, last=None, brand_id=None, now=utc_now()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(posted_day), max(posted_day), max(player_id), count(*) FROM facts_play")
        first, last, player, told["rows"] = cursor.fetchone() or (None, None, None, 0)
        assert first is not None
        assert last is not None
        ties: list[Any] = []
        told["ties_seconds"] = seconds(lambda: ties.extend(facts_ledger_ties(first, last)))
        told["untied"] = sum(1 for tie in ties if tie.difference)
        asked = {"first": first, "last": last, "player": player}
        told["queries_ms"] = {
            name: round(1000 * min(seconds(partial(cursor.execute, sql, asked)) for _turn in range(3)), 1)
            for name, sql in QUERIES.items()
        }
    return told


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.stdout.write(json.dumps(measured()))
