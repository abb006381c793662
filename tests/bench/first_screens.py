"""The first screens over a large database: a player at a glance, and the dashboard's reading of a million calls.

`python -m tests.bench.first_screens` in the environment of the loaded house prints JSON; times in milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import timedelta
from statistics import median, quantiles
from typing import Any

import django

PLAYERS = 300
MILLION = 1_000_000


def spread(times: list[float]) -> dict[str, float]:
    """The middle and the slow end."""
    return {"p50": round(median(times), 1), "p95": round(quantiles(times, n=20)[-1], 1), "most": round(max(times), 1)}


def glances() -> dict[str, Any]:
    """Random players, each first unknown to Valkey, then known; reading alone, as the page asks for it."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from common.clock import utc_now
    from players.models import Player
    from reporting.overview.selectors.player_glance import player_glance

    last = Player.objects.order_by("-pk").values_list("pk", flat=True)[0]
    first = Player.objects.order_by("pk").values_list("pk", flat=True)[0]
    keys = random.Random(360).sample(range(first, last), PLAYERS)
    cache.clear()
    told: dict[str, Any] = {}
    for name in ("first look", "again"):
        times = []
        for key in keys:
            player = Player.objects.select_related("brand").get(pk=key)
            began = time.perf_counter()
            player_glance(player=player, now=utc_now())
            times.append((time.perf_counter() - began) * 1000)
        told[name] = spread(times)
    with CaptureQueriesContext(connection) as captured:
        player_glance(player=player, now=utc_now())
    return told | {"queries": len(captured)}


def million_calls() -> dict[str, Any]:
    """How long the dashboard takes to count a million booked calls once, and to show what it remembers."""
    from casino.play.models import Leg
    from common.clock import utc_now
    from reporting.overview.selectors.day_figures import day_figures, joined, read_span

    first = Leg.objects.order_by("pk").values_list("booked_at", flat=True)[0]
    end = first + timedelta(milliseconds=MILLION)
    began = time.perf_counter()
    span = read_span(first, end)
    counted = time.perf_counter() - began
    bets = sum(figures.bets for figures in span.values())
    day_figures(now=utc_now(), seconds=60)
    began = time.perf_counter()
    days = day_figures(now=utc_now(), seconds=60)
    joined([one for one in days.today if one is not None])
    return {
        "bets": bets,
        "count_ms": round(counted * 1000, 1),
        "remembered_ms": round((time.perf_counter() - began) * 1000, 1),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.stdout.write(json.dumps({"player": glances(), "dashboard": million_calls()}))
