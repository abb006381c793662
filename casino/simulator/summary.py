"""The report as text for people."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from casino.simulator.currencies import amount_grouped
from casino.simulator.report import Comparison, SimulationReport

SHOWN_PROBLEMS = 40


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lay out columns; the first is aligned left, numbers to the right."""
    whole = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in whole) for column in range(len(head))]
    lines = []
    for row in whole:
        cells = [
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    lines.insert(1, "  " + "  ".join("-" * width for width in widths))
    return lines


def summary_text(report: SimulationReport) -> str:
    """The whole summary: games, calls, latencies, chaos, violations, books."""
    parts = [
        _headline(report),
        ["", "Games", *_games(report)],
        ["", "Calls", *_calls(report)],
        *([["", "Chaos", *_chaos(report)]] if report.tricks else []),
        ["", *_problems(report), *_books(report), _verdict(report)],
    ]
    return "\n".join(line for part in parts for line in part)


def _headline(report: SimulationReport) -> list[str]:
    rate = report.answered / report.seconds if report.seconds else 0.0
    return [
        f"{report.rounds:,} rounds and {report.answered:,} answered calls in {report.seconds:,.1f} s "
        f"({rate:,.1f} calls/s), seed {report.plan.seed}, chaos {report.plan.chaos}",
        f"latency p50 {milliseconds(report.latency_p50)}, p95 {milliseconds(report.latency_p95)}, "
        f"p99 {milliseconds(report.latency_p99)}; {report.retries:,} retries, {report.hang_ups:,} hang-ups",
    ]


def milliseconds(seconds: float) -> str:
    """A duration for people."""
    return f"{seconds * 1000:,.1f} ms"


def percent(value: Fraction | None) -> str:
    """A return to player for people."""
    return "-" if value is None else f"{float(value) * 100:.2f} %"


def _games(report: SimulationReport) -> list[str]:
    rows = []
    for row in report.games:
        money = (amount_grouped(row.stake), amount_grouped(row.win)) if row.currency else ("", "")
        rows.append(
            (row.game, row.currency or "all", f"{row.rounds:,}", *money, percent(row.theoretical), percent(row.actual))
        )
    if not rows:
        return ["  none was played"]
    return table(("game", "currency", "rounds", "stake", "win", "RTP stated", "RTP actual"), rows)


def _calls(report: SimulationReport) -> list[str]:
    rows = ((kind, outcome, f"{count:,}") for (kind, outcome), count in report.calls.items())
    return table(("call", "outcome", "count"), rows)


def _chaos(report: SimulationReport) -> list[str]:
    return table(("trick", "rounds"), ((name, f"{count:,}") for name, count in report.tricks.items()))


def _problems(report: SimulationReport) -> list[str]:
    lines = []
    if report.violation_count:
        lines.append(f"Violations of the contract: {report.violation_count:,}")
        for seen in report.violations[:SHOWN_PROBLEMS]:
            where = " ".join(word for word in (seen.call, seen.transaction_id, seen.player_id) if word)
            lines.append(f"  {where}: {seen.detail}")
        if report.violation_count > SHOWN_PROBLEMS:
            lines.append(f"  and {report.violation_count - SHOWN_PROBLEMS:,} more")
    if report.unsettled:
        lines.append(f"Still in doubt after {report.plan.patience:g} s of retries: {len(report.unsettled):,}")
        lines += [f"  {call}" for call in report.unsettled[:SHOWN_PROBLEMS]]
    return lines


def _books(report: SimulationReport) -> list[str]:
    differing = report.differences
    if not differing:
        return [f"Books: agree for all {len(report.comparisons):,} players"]
    rows = (_difference(one) for one in differing)
    return [
        f"Books: differ for {len(differing):,} of {len(report.comparisons):,} players",
        *table(("player", "currency", "expected", "wallet", "difference"), rows),
    ]


def _difference(one: Comparison) -> tuple[str, str, str, str, str]:
    if one.wallet is None or one.difference is None:
        return one.player_id, one.currency, amount_grouped(one.expected), "not told", ""
    return (
        one.player_id,
        one.currency,
        amount_grouped(one.expected),
        amount_grouped(one.wallet),
        f"{one.difference:+,f}",
    )


def _verdict(report: SimulationReport) -> str:
    if report.passed:
        return "PASSED"
    if not report.bets_accepted:
        return "FAILED: the wallet accepted no bet, so nothing was proved"
    return "FAILED"
