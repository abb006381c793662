"""The scheduled work of safer gambling. Each may run twice without harm."""

from __future__ import annotations

from typing import Final

from celery import shared_task

from common.clock import utc_now
from compliance.harm.services.assessments import players_assess
from compliance.harm.services.interactions import effects_count, sums_purge
from compliance.harm.services.watch import behaviour_watch

MOST_STRETCHES: Final = 10  # a long backlog goes on in the next run


@shared_task
def watch_behaviour() -> None:
    """Sum up what was played and paid, then assess whoever it is about: strong markers act within the minute."""
    for _stretch in range(MOST_STRETCHES):
        if not behaviour_watch(now=utc_now()).more:
            break
    players_assess(now=utc_now())


@shared_task
def count_effects() -> None:
    """What changed after interactions; and sums that nobody looks at any more go."""
    now = utc_now()
    effects_count(now=now)
    sums_purge(now=now)
