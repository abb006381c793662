"""Where results are kept: var/bench for every run, docs for the one that is to be shown."""

from __future__ import annotations

import json
import os
import platform
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bench.breakdown import function_table, latency_table, package_table
from tests.bench.summary import as_markdown, cost_table, ratio_table, speed_table, target_table
from tests.bench.targets import Summary

BEGIN, END = "<!-- measured: begin (make bench SAVE=1) -->", "<!-- measured: end -->"

PROFILED = "The web process alone, one bet after the other, under a profiler (which makes small functions look larger):"


def machine() -> dict[str, Any]:
    """What the figures were measured on; they are ratios because of it."""
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "load_average": [round(load, 1) for load in os.getloadavg()],
    }


def keep(summary: Summary, rounds: dict[str, Any], folder: Path, now: datetime) -> Path:
    """Write everything that was measured to `folder`, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"bench-{now:%Y%m%d-%H%M%S}.json"
    file.write_text(_json({"summary": summary, "rounds": rounds}), encoding="utf-8")
    return file


def show(summary: Summary, docs: Path) -> None:
    """Write the summary to docs/benchmarks/latest.json and its tables into docs/benchmarks.md."""
    (docs / "benchmarks").mkdir(exist_ok=True)
    (docs / "benchmarks/latest.json").write_text(_json(summary), encoding="utf-8")
    page = docs / "benchmarks.md"
    page.write_text(with_measured(page.read_text(encoding="utf-8"), markdown(summary)), encoding="utf-8")


def with_measured(page: str, measured: str) -> str:
    """The page with what stands between the marks replaced. Raises ValueError without both marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"docs/benchmarks.md needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}"


def markdown(summary: Summary) -> str:
    """The tables of a run."""
    told = summary["machine"]
    server = summary["server"]
    head = (
        f"{summary['at'][:10]}, {told['cpus']} CPUs for servers and load generator together, Python {told['python']}, "
        f"PostgreSQL {server['postgresql']} (fsync {server['fsync']}, synchronous_commit "
        f"{server['synchronous_commit']}, full_page_writes {server['full_page_writes']}), granian "
        f"{summary['workers']} × {summary['threads']} threads, {summary['players']:,} players, pgbench scale "
        f"{summary['pgbench_scale']}; {summary['rounds']} rounds of {summary['seconds']:g} s, medians; load average at "
        f"the start {told['load_average'][0]}."
    )
    parts = [head, "### Targets", as_markdown(target_table(summary)), "### Ratios", as_markdown(ratio_table(summary))]
    parts += ["### Speed, and CPU for each bet or transaction", as_markdown(speed_table(summary))]
    if summary.get("cost"):
        parts += ["### Cost of one bet", as_markdown(cost_table(summary))]
    if "inside" in summary:
        parts += ["### Where the time of a bet goes", as_markdown(latency_table(summary))]
        parts += [PROFILED, as_markdown(package_table(summary)), as_markdown(function_table(summary))]
    parts += [loaded_line(summary["loaded"])] if "loaded" in summary else []
    parts += [hot_line(summary["hot_player"])] if "hot_player" in summary else []
    return "\n\n".join(parts)


def loaded_line(loaded: dict[str, Any]) -> str:
    """What a large ledger changes."""
    images = [f"{cost['wal_page_images']:,}" for cost in loaded["disk"].values()]
    told = (
        f"With {loaded['players']:,} players and {loaded['entries']:,} entries: CPU of a bet × {loaded['cpu_ratio']}, "
        f"bets a second × {loaded['rate_ratio']} of the small ledger's, WAL records × {loaded['wal_ratio']} (page "
        f"images apart: {' → '.join(images)} bytes a bet so soon after a checkpoint), table bytes × "
        f"{loaded['table_ratio']}. {loaded.get('verified', '')}"
    ).rstrip()
    return told + first_screens_line(loaded) + facts_line(loaded)


def first_screens_line(loaded: dict[str, Any]) -> str:
    """How long the back office's first screens read there; empty when that was not measured."""
    if (told := loaded.get("first_screens")) is None:
        return ""
    first, again, million = told["player"]["first look"], told["player"]["again"], told["dashboard"]
    return (
        f" A player at a glance: p50 {first['p50']:.0f} ms, p95 {first['p95']:.0f} ms at the first look, p50 "
        f"{again['p50']:.0f} ms, p95 {again['p95']:.0f} ms afterwards, {told['player']['queries']} queries; the"
        f" dashboard counts {million['bets']:,} bets once in {million['count_ms'] / 1000:.1f} s, and shows what it"
        f" remembers in {million['remembered_ms']:.0f} ms."
    )


def facts_line(loaded: dict[str, Any]) -> str:
    """How long facts take there; empty when that was not measured."""
    if (told := loaded.get("facts")) is None:
        return ""
    slowest = max(told["queries_ms"].items(), key=lambda one: one[1])
    return (
        f" Facts ({told['rows']:,} rows of play): the ledger read in {told['read_seconds']:.0f} s, made anew in"
        f" {told['rebuild_seconds']:.0f} s, held against the ledger in {told['ties_seconds']:.0f} s with"
        f" {told['untied']} differences; the slowest dashboard query ({slowest[0]}) {slowest[1]:.0f} ms."
    )


def hot_line(hot: dict[str, Any]) -> str:
    """What one player with 64 connections meets."""
    return (
        f"One hot player, 64 connections: {hot['rate']:,.0f} bets a second, p50 {hot['p50']:.0f} ms, p99 "
        f"{hot['p99']:.0f} ms, {hot['deadlocks']} deadlocks, outcomes {hot['outcomes']}."
    )


def _json(content: Any) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
