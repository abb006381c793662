"""What a person sees: numbers formatted, one line on a terminal, sparse lines elsewhere."""

import io
from decimal import Decimal
from random import Random
from threading import Event

import pytest

from casino.simulator import PlanError, SimulationPlan
from casino.simulator.currencies import CURRENCIES, amount_text
from casino.simulator.pace import Pace, pause_seconds
from casino.simulator.progress import ProgressLine, Snapshot, progress_text
from casino.simulator.report import Comparison, report_make
from casino.simulator.summary import summary_text
from casino.simulator.tally import Latencies, Tally, Violation

EUR = CURRENCIES[0]
YEN = next(currency for currency in CURRENCIES if currency.code == "JPY")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def a_tally() -> Tally:
    """A tally with one of everything."""
    tally = Tally(rounds=1234, retries=56, in_doubt=3)
    tally.answer("bet", "ok", 0.012)
    tally.takings_of("sandbox-slot", "EUR").add(
        rounds=1234, stake=Decimal("12345.60"), win=Decimal("11111.00"), unit=EUR.unit
    )
    return tally


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [("1", EUR, "1.00"), ("0.2", EUR, "0.20"), ("0.0025", EUR, "0.0025"), ("0", EUR, "0.00"), ("100", YEN, "100")],
)
def test_amounts_are_written_exactly(amount: str, currency: object, text: str) -> None:
    chosen = EUR if currency == EUR else YEN
    assert amount_text(Decimal(amount), chosen) == text
    assert Decimal(text) == Decimal(amount)


def test_the_live_line_tells_rate_latency_doubt_and_retries() -> None:
    line = progress_text(Snapshot("playing", 30.0, 0.5, 1234.5, a_tally()))
    for part in ("playing [########........]  50%", "1,234 rounds", "1,234 calls/s", "3 in doubt", "56 retries", "p95"):
        assert part in line
    assert "VIOLATIONS" not in line


def test_a_terminal_gets_one_line_that_refreshes_itself() -> None:
    screen = Terminal()
    line = ProgressLine(screen)
    line.show(Snapshot("playing", 30.0, None, 10.0, a_tally()))
    line.clear()
    assert "\n" not in screen.getvalue()
    assert screen.getvalue().count("\r") == 3


def test_a_log_is_not_flooded() -> None:
    log = io.StringIO()
    line = ProgressLine(log)
    for _ in range(100):
        line.show(Snapshot("playing", 1.0, None, 10.0, a_tally()))
    line.say("Waiting ...")
    line.say("Waiting ...")
    assert log.getvalue() == "Waiting ...\n"


def test_the_summary_names_each_differing_player_with_both_balances() -> None:
    comparisons = [
        Comparison("alice", "EUR", Decimal("1234.50"), Decimal("1234.50")),
        Comparison("bob", "EUR", Decimal("10.00"), Decimal("8.00")),
        Comparison("carol", "JPY", Decimal("1000"), None),
    ]
    report = report_make(plan=SimulationPlan(), tally=a_tally(), seconds=2.0, comparisons=comparisons, unsettled=[])
    text = summary_text(report)
    assert report.exit_code == 1
    assert "Books: differ for 2 of 3 players" in text
    assert ["bob", "EUR", "10.00", "8.00", "-2.00"] in [line.split() for line in text.splitlines()]
    assert "not told" in text
    assert "12,345.60" in text
    assert "96.00 %" in text


def test_the_summary_names_violations() -> None:
    tally = a_tally()
    tally.violated(Violation("mallory", "bet", "t1", "HTTP 500 with 'text/html' instead of JSON"))
    report = report_make(plan=SimulationPlan(), tally=tally, seconds=2.0, comparisons=[], unsettled=["bet t9"])
    assert "bet t1 mallory: HTTP 500 with 'text/html' instead of JSON" in summary_text(report)
    assert "Still in doubt after 60 s of retries: 1" in summary_text(report)


def test_percentiles_are_within_three_percent() -> None:
    latencies = Latencies()
    for number in range(1, 1001):
        latencies.add(number / 1000)
    for percent in (50, 95, 99):
        assert abs(latencies.percentile(percent) / (percent / 100) - 1) < 0.035
    assert Latencies().percentile(99) == 0.0


def test_pauses_double_up_to_two_seconds_and_honour_retry_after() -> None:
    dice = Random(1)
    pauses = [pause_seconds(attempt=attempt, retry_after=None, dice=dice) for attempt in range(1, 40)]
    assert 0.025 <= pauses[0] <= 0.05
    assert max(pauses) <= 2.0
    assert pause_seconds(attempt=1, retry_after=7.0, dice=dice) == 7.0


def test_slots_missed_in_an_outage_are_not_made_up_for() -> None:
    lifted = Event()
    pace = Pace(rate=1.0, lifted=lifted)
    pace.step()
    lifted.set()
    pace.step()
    assert lifted.is_set()


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"players": 0}, "--players"),
        ({"rate": -1.0}, "--rate"),
        ({"seconds": -1.0}, "--seconds"),
        ({"rounds": 0}, "--rounds"),
        ({"url": "nowhere"}, "--url"),
        ({"secret": ""}, "SIMULATE_SECRET"),
    ],
)
def test_a_plan_that_cannot_work_names_the_argument(wrong: dict[str, object], complaint: str) -> None:
    with pytest.raises(PlanError, match=complaint):
        SimulationPlan(**wrong)  # type: ignore[arg-type]


def test_the_secret_is_not_shown_with_the_plan() -> None:
    assert "sandbox-secret" not in repr(SimulationPlan())


def test_rounds_are_shared_out_over_the_players() -> None:
    plan = SimulationPlan(players=3, rounds=7)
    assert [plan.rounds_of(index) for index in range(3)] == [3, 2, 2]
