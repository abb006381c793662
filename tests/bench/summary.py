"""From measurements to the figures that people read: medians, ratios, targets, and the tables that show them."""

from __future__ import annotations

from typing import Any

from tests.bench.cases import CONNECTIONS, Results
from tests.bench.targets import TARGETS, Summary

PAIRS = (
    ("wallet", "pgbench"), ("wallet", "pgbench prepared"), ("wallet", "plain"), ("plain", "pgbench"),
)  # fmt: skip


def summarize(results: Results, extra: dict[str, Any]) -> Summary:
    """Medians of every case, ratios between them, and whatever else was measured."""
    cases = {
        case: {str(number): _rounded(results.typical(case, number)) for number in sorted(by_connections)}
        for case, by_connections in results.cases.items()
        if case in {"pgbench", "pgbench prepared", "wallet", "plain"}
    }
    ratios = {
        f"{one} ÷ {other}": {str(number): round(results.ratio(one, other, number), 3) for number in CONNECTIONS}
        for one, other in PAIRS
        if one in cases and other in cases
    }
    return {"cases": cases, "ratios": ratios, "failures": results.failures(), **extra}


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2 if name.startswith("p") else 1) for name, value in figures.items()}


def speed_table(summary: Summary) -> list[list[str]]:
    """A row for each case and number of connections."""
    head = ["case", "conns", "per second", "p50 ms", "p95 ms", "p99 ms", "Python µs", "PostgreSQL µs", "client µs"]
    rows = [head]
    for case, by_connections in summary["cases"].items():
        for number, one in by_connections.items():
            tails = [f"{one[name]:.1f}" if one[name] else "" for name in ("p50", "p95", "p99")]
            cpu = [
                f"{one[f'cpu_{name}']:.0f}" if f"cpu_{name}" in one else "" for name in ("python", "postgres", "client")
            ]
            rows.append([case, number, f"{one['rate']:,.0f}", *tails, *cpu])
    return rows


def ratio_table(summary: Summary) -> list[list[str]]:
    """How many times as fast, at each number of connections."""
    rows = [["ratio", *(f"{number} conns" for number in CONNECTIONS)]]
    rows += [[name, *(f"{value:.2f}" for value in by.values())] for name, by in summary["ratios"].items()]
    return rows


def cost_table(summary: Summary) -> list[list[str]]:
    """What one bet costs on the wire and on disk."""
    rows = [["one bet", "round trips", "WAL bytes", "of it page images", "heap bytes", "index bytes"]]
    for name, cost in summary.get("cost", {}).items():
        disk = cost["disk"]
        trips = f"{cost['round_trips']['trips']:.2f}"
        rows.append([name, trips, *(f"{disk[part]:,}" for part in ("wal", "wal_page_images", "heap", "index"))])
        if "call_log" in disk:
            log = disk["call_log"]
            parts = (f"{log[part]:,}" for part in ("wal", "wal_page_images", "heap", "index"))
            rows.append([f"{name}: its call log, apart", "0", *parts])
    return rows


def target_table(summary: Summary) -> list[list[str]]:
    """The promised figures beside the measured ones."""
    rows = [["figure", "done", "goal", "measured", ""]]
    for target in TARGETS:
        value = target.measured(summary)
        done = "" if target.done == float("inf") else target.bound(target.done)
        said = "–" if value is None else f"{value:,.4g}{target.unit}" if value < 1000 else f"{value:,.0f}{target.unit}"
        rows.append([target.figure, done, target.bound(target.goal), said, target.verdict(summary)])
    return rows


def as_text(rows: list[list[str]]) -> str:
    """Columns for a terminal: the first to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("─" * (sum(widths) + 2 * (len(widths) - 1)))
    return "\n".join(lines)


def as_markdown(rows: list[list[str]]) -> str:
    """The same as a Markdown table."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---" + "|--:" * (len(rows[0]) - 1) + "|", *body])
