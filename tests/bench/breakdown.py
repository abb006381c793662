"""Where the time of one bet goes: its latency at one connection, and the CPU of the web process by package."""

from __future__ import annotations

from tests.bench.targets import Summary

SHOWN_FUNCTIONS = 24


def latency_table(summary: Summary) -> list[list[str]]:
    """The parts of a bet's median latency at one connection, in microseconds; they add up to the first row."""
    inside, one = summary["inside"], summary["cases"]["wallet"]["1"]
    whole = one["p50"] * 1000
    waiting = inside["wall_us"] - inside["cpu_us"]
    parts = [
        ("a bet over HTTP, one connection, p50", whole),
        ("– Python in the web process (CPU)", inside["cpu_us"]),
        ("– PostgreSQL working (CPU)", min(one["cpu_postgres"], waiting)),
        ("– waiting for the disk to have it, and for the scheduler", max(0.0, waiting - one["cpu_postgres"])),
        ("– granian, TCP, thread hand-over, the client", whole - inside["wall_us"]),
    ]
    return [["part", "µs"], *([name, f"{value:,.0f}"] for name, value in parts)]


def package_table(summary: Summary) -> list[list[str]]:
    """Own time in the web process by package, under a profiler (which makes small functions look larger)."""
    told = summary["inside"]["packages_us"]
    return [["package", "own µs a bet"], *([name, f"{value:,.0f}"] for name, value in told.items() if value >= 2)]


def function_table(summary: Summary) -> list[list[str]]:
    """The functions with the most time in and under them, under a profiler."""
    told = list(summary["inside"]["functions_us"].items())[:SHOWN_FUNCTIONS]
    rows = [[name, f"{total:,.0f}", f"{own:,.0f}", f"{calls:g}"] for name, (total, own, calls) in told]
    return [["function", "µs a bet", "own µs", "calls"], *rows]
