"""CPU time of processes, read from /proc: the only place that knows it for servers that we did not write."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICK_SECONDS = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Times:
    """One process: its parent, the CPU seconds of all its threads, and those of its children that have ended."""

    parent: int
    own: float
    ended_children: float


def times_of(pid: int) -> Times | None:
    """What /proc says about a process, or None when it has gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    # The name stands in brackets and may itself hold blanks and brackets.
    fields = text.rpartition(")")[2].split()
    user, system, child_user, child_system = (int(field) for field in fields[11:15])
    return Times(int(fields[1]), (user + system) * TICK_SECONDS, (child_user + child_system) * TICK_SECONDS)


def family(root: int) -> dict[int, Times]:
    """`root` and all its living descendants."""
    everybody = {int(name): times_of(int(name)) for name in os.listdir("/proc") if name.isdigit()}
    known = {pid: times for pid, times in everybody.items() if times is not None}
    found = {root} & known.keys()
    grown = True
    while grown:
        more = {pid for pid, times in known.items() if times.parent in found} - found
        found |= more
        grown = bool(more)
    return {pid: known[pid] for pid in found}


def cpu_seconds(root: int) -> float:
    """CPU seconds of a process, its descendants, and every descendant that has ended and been waited for."""
    return sum(times.own + times.ended_children for times in family(root).values())
