"""Figures for people: medians, ratios of neighbours, verdicts, and the marked place in the docs."""

from typing import Any

import pytest

from tests.bench.__main__ import plan_read
from tests.bench.breakdown import latency_table
from tests.bench.cases import Results
from tests.bench.keeping import BEGIN, END, markdown, with_measured
from tests.bench.summary import as_markdown, as_text, ratio_table, speed_table, summarize, target_table
from tests.bench.targets import TARGETS


def measured(connections: int, rate: float, cpu: float = 0.001) -> dict[str, Any]:
    """One round of one second."""
    return {
        "connections": connections, "seconds": 1.0, "answers": int(rate), "rate": rate, "p50": 1.0, "p95": 2.0,
        "p99": 3.0, "outcomes": {"200": int(rate)}, "samples": [],
        "cpu": {"python": cpu * rate, "postgres": cpu * rate, "client": 0.0},
    }  # fmt: skip


def three_rounds() -> Results:
    """The machine is busy in the second round: everything takes twice as long."""
    results = Results()
    for slow in (1, 2, 1):
        for connections in (1, 16, 64):
            results.add("pgbench", measured(connections, 4000 / slow))
            results.add("pgbench prepared", measured(connections, 8000 / slow))
            results.add("wallet", measured(connections, 2000 / slow, cpu=0.001 * slow))
            results.add("plain", measured(connections, 500 / slow))
    return results


def test_a_ratio_is_taken_between_neighbours_so_that_noise_hits_both() -> None:
    results = three_rounds()
    results.add("pgbench", measured(16, 400))
    results.add("wallet", measured(16, 200))
    assert results.ratio("wallet", "pgbench", 16) == 0.5


def test_figures_are_medians_over_the_rounds() -> None:
    results = three_rounds()
    assert results.typical("wallet", 16)["rate"] == 2000
    assert results.typical("wallet", 16)["cpu_python"] == pytest.approx(1000)


def test_the_summary_has_the_ratios_that_the_targets_ask_for() -> None:
    summary = summarize(three_rounds(), {})
    verdicts = {target.figure: target.verdict(summary) for target in TARGETS}
    assert verdicts["HTTP bets/s at 16 connections ÷ pgbench TPC-B at 16 clients"] == "done"
    assert verdicts["HTTP bets/s ÷ plain-ORM bet endpoint, at 16 connections"] == "done"
    assert verdicts["p99 of a bet at 64 connections"] == "goal"
    assert verdicts["WAL bytes per bet"] == "not measured"


def test_bets_that_failed_are_told_by_case() -> None:
    results = three_rounds()
    results.add("wallet", measured(64, 10) | {"outcomes": {"200": 8, "503 busy": 2}})
    assert results.failures() == {"wallet at 64": {"503 busy": 2}}


def test_a_hot_player_may_only_be_told_busy() -> None:
    [target] = [target for target in TARGETS if "deadlocks" in target.figure]
    fine = {"hot_player": {"outcomes": {"200": 90, "503 busy": 5}, "deadlocks": 0}}
    assert target.verdict(fine) == "goal"
    assert target.verdict({"hot_player": {"outcomes": {"200": 90, "500": 1}, "deadlocks": 0}}) == "missed"
    assert target.verdict({"hot_player": {"outcomes": {"200": 90}, "deadlocks": 1}}) == "missed"


def test_tables_read_as_text_and_as_markdown() -> None:
    summary = summarize(three_rounds(), {})
    assert "wallet ÷ plain" in as_text(ratio_table(summary))
    assert as_text(speed_table(summary)).splitlines()[0].startswith("case")
    lines = as_markdown(target_table(summary)).splitlines()
    assert len(lines) == len(TARGETS) + 2
    assert lines[1] == "|---|--:|--:|--:|--:|"


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert with_measured(page, "new") == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    with pytest.raises(ValueError, match="needs the lines"):
        with_measured("no marks", "new")


def test_the_command_line_measures_quickly_unless_told_otherwise() -> None:
    plan, save = plan_read([])
    assert (plan.loaded, save) == (False, False)
    plan, save = plan_read(["--full", "--save", "--rounds", "5", "--seconds", "4"])
    assert (plan.loaded, plan.rounds, plan.seconds, save) == (True, 5, 4.0, True)


def test_the_page_tells_all_that_was_measured() -> None:
    disk = {"wal": 2500, "wal_page_images": 10, "heap": 1100, "index": 400}
    extra: dict[str, Any] = {
        "server": {"postgresql": "18", "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
        "cost": {"wallet": {"round_trips": {"trips": 2.0}, "disk": disk | {"call_log": disk}}},
        "inside": {
            "wall_us": 700, "cpu_us": 300, "packages_us": {"django": 90},
            "functions_us": {"edge.py:dispatch": [9, 1, 1]},
        },
        "loaded": {
            "players": 1000, "entries": 10000, "cpu_ratio": 1.1, "rate_ratio": 0.9, "wal_ratio": 1.0,
            "table_ratio": 1.0, "disk": {"wallet": disk, "wallet-loaded": disk},
        },
        "hot_player": measured(64, 100) | {"deadlocks": 0},
    }  # fmt: skip
    about = {
        "at": "2026-01-02T03:04:05", "machine": {"cpus": 2, "python": "3.11", "load_average": [0.1]}, "rounds": 3,
        "seconds": 3.0, "players": 1500, "pgbench_scale": 20, "workers": 2, "threads": 8,
    }  # fmt: skip
    page = markdown(summarize(three_rounds(), extra) | about)
    for words in ("2026-01-02, 2 CPUs", "### Targets", "its call log, apart", "edge.py:dispatch", "With 1,000 players"):
        assert words in page


def test_the_parts_of_a_bets_latency_add_up() -> None:
    inside = {"wall_us": 700, "cpu_us": 300}
    summary = {"inside": inside, "cases": {"wallet": {"1": {"p50": 1.0, "cpu_postgres": 250.0}}}}
    whole, *parts = [float(row[1].replace(",", "")) for row in latency_table(summary)[1:]]
    assert whole == sum(parts) == 1000
