"""What holds for every history: order, rounding, sums, tiers and ladders, and the file that anybody can reckon anew."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affiliates.engine.codec import as_data, as_json, from_data
from affiliates.engine.errors import StatementRefused, TermsRefused
from affiliates.engine.facts import Case, PlayerDay, PlayerFacts, Statement
from affiliates.engine.package import NAME, packaged
from affiliates.engine.statement import statement_of
from affiliates.engine.terms import Acquisition, Carry, Plan, RevenueShare, Step
from tests.affiliates.engine.makers import D, a_plan, arrivals, case, flat, played, revenue, steps

MONEY = st.decimals(min_value="0", max_value="5000", places=2)
RATE = st.sampled_from([D("1"), D("0.8613"), D("1.0705")])
TABLE = steps(("0", "0.25"), ("1000", "0.30"))
BUNDLE = st.sampled_from(["programme", "brand", "product", "positives"])
LOOSE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def a_day(draw: Callable[..., Any]) -> PlayerDay:
    """Anything that a player may do in a day."""
    amounts = {
        name: draw(MONEY)
        for name in (
            "stakes_real",
            "stakes_bonus",
            "wins_real",
            "wins_bonus",
            "bonus_granted",
            "deposits",
            "withdrawals",
        )
    }
    return PlayerDay(
        player=draw(st.sampled_from(["P1", "P2", "P3"])), day=date(2026, 10, draw(st.integers(1, 31))), plan="p/1",
        brand=draw(st.sampled_from(["A", "B"])), product=draw(st.sampled_from(["casino", "live"])), currency="SEK",
        rate=draw(RATE), **amounts,
    )  # fmt: skip


@st.composite
def a_case(draw: Callable[..., Any]) -> Case:
    """A history under some plan."""
    plan = a_plan(
        share=RevenueShare(kind=draw(st.sampled_from(["tier", "ladder"])), steps=TABLE),
        revenue=revenue(
            bonus="granted", admin_rate=D("0.15"), payment="rates", deposit_rate=D("0.02"),
            capped_at_deposits=draw(st.booleans()), fee_on_positive_only=draw(st.booleans()),
        ),
        bundle=draw(BUNDLE), carry=Carry(mode=draw(st.sampled_from(["none", "base", "commission"]))),
        high_roller=draw(st.sampled_from([None, D(1000)])),
        acquisition=Acquisition(amount=D(60), advance=draw(st.booleans())),
    )  # fmt: skip
    known = tuple(
        PlayerFacts(player=name, registered_on=date(2026, 1, 1), lifetime_deposits=draw(MONEY))
        for name in ("P1", "P2", "P3")
    )
    days = draw(st.lists(a_day(), max_size=12))
    return case(days, plans=[plan], players=known, arrivals=arrivals(draw(st.integers(0, 3))), minimum=D(50))


@given(told=a_case(), seed=st.integers())
@LOOSE
def test_the_order_of_rows_never_matters_and_lines_sum_to_the_total(told: Case, seed: int) -> None:
    first = statement_of(told)
    days, known = list(told.days), list(told.players)
    random.Random(seed).shuffle(days)
    random.Random(seed).shuffle(known)
    again = statement_of(replace(told, days=tuple(days), players=tuple(known)))
    assert as_json(again) == as_json(first)
    assert sum((line.amount for line in first.lines), D(0)) == first.total
    assert first.payable + first.closing.held + first.closing.debt == first.total
    assert all(line.amount == line.amount.quantize(D("0.01")) for line in first.lines)


@given(told=a_case())
@LOOSE
def test_what_is_written_is_read_back_exactly(told: Case) -> None:
    data = json.loads(as_json({"case": as_data(told), "statement": as_data(statement_of(told))}))
    assert from_data(Case, data["case"]) == told
    assert from_data(Statement, data["statement"]) == statement_of(told)


@given(days=st.lists(a_day(), max_size=10))
@LOOSE
def test_unbundled_is_never_less_than_bundled(days: list[PlayerDay]) -> None:
    totals = {
        bundle: statement_of(case(days, plans=[a_plan(bundle=bundle)])).total
        for bundle in ("programme", "brand", "product")
    }
    assert totals["brand"] >= totals["programme"] - D("0.01")  # each brand is rounded by itself
    assert totals["product"] >= totals["programme"] - D("0.01")


@given(
    net=st.decimals(min_value="0", max_value="100000", places=2),
    rates=st.lists(st.integers(1, 60), min_size=3, max_size=3),
)
@LOOSE
def test_a_ladder_is_never_above_a_tier_whose_rates_rise(net: Decimal, rates: list[int]) -> None:
    table = tuple(Step(D(start), D(rate) / 100) for start, rate in zip((0, 10000, 30000), sorted(rates), strict=True))
    tier = statement_of(case([played(str(net))], plans=[a_plan(share=RevenueShare(kind="tier", steps=table))])).total
    ladder = statement_of(
        case([played(str(net))], plans=[a_plan(share=RevenueShare(kind="ladder", steps=table))])
    ).total
    assert ladder <= tier


@given(days=st.lists(a_day(), max_size=12))
@LOOSE
def test_days_sum_to_the_month(days: list[PlayerDay]) -> None:
    plan = a_plan(rate="1", carry=Carry(mode="base"), revenue=revenue(bonus="granted"))

    def result(rows: list[PlayerDay]) -> Decimal:
        done = statement_of(case(rows, plans=[plan]))
        carried = sum((one.amount for one in done.closing.carried), D(0))
        return sum((line.base for line in done.lines), D(0)) + carried

    assert sum((result([one]) for one in days), D(0)) == result(days)


def test_the_file_is_reckoned_anew_by_python_alone(tmp_path: Path) -> None:
    told = case(
        [played("1234.56"), played("-200", brand="B")], plans=[a_plan(bundle="brand", carry=Carry(mode="base"))]
    )
    script, file = tmp_path / NAME, tmp_path / "statement.json"
    script.write_bytes(packaged())
    whole = {"case": as_data(told), "statement": as_data(statement_of(told))}

    def run(data: object) -> tuple[int, str]:
        file.write_text(json.dumps(data))
        done = subprocess.run(
            [sys.executable, "-I", "-S", script, file],
            capture_output=True,
            text=True,
            check=False,
            env={},
            cwd=tmp_path,
        )
        assert not done.stderr
        return done.returncode, done.stdout

    code, said = run(whole)
    assert code == 0
    assert "total 370.37 EUR: the same to the last digit" in said
    whole["case"]["days"][0]["stakes_real"] = "1234.57"
    code, said = run(whole)
    assert code == 1
    assert "line 1 differs" in said
    whole["case"]["days"][0]["stakes_real"] = "much"
    assert run(whole) == (2, "statement.json: Case.days[0].stakes_real is no number: much\n")
    whole["case"]["days"][0] = {"player": "P1"}
    assert "lacks one of" in run(whole)[1]
    assert run([])[0] == 2


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (case([played("1")], plans=[a_plan(), a_plan()]), "twice"),
        (case([played("1", plan="q/1")]), "terms are missing"),
        (replace(case([played("1")]), players=()), "Nothing is known of the player P1"),
        (case([played("1", day=date(2026, 11, 1))]), "lies outside"),
        (case(plans=[a_plan(acquisition=Acquisition(amount=D(1)))], arrivals=arrivals(1) * 2), "arrives twice"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(told: Case, words: str) -> None:
    with pytest.raises(StatementRefused, match=words):
        statement_of(told)


@pytest.mark.parametrize(
    "made",
    [
        lambda: RevenueShare(kind="flat", steps=steps(("0", "0.2"), ("10", "0.3"))),
        lambda: RevenueShare(kind="ladder", metric="deposits", steps=steps(("0", "0.2"))),
        lambda: RevenueShare(kind="tier", steps=steps(("0", "0.2"), ("0", "0.3"))),
        lambda: RevenueShare(kind="tier", steps=steps(("100", "0.2"))),
        lambda: Plan(code="p", version=1, acquisition=Acquisition(advance=True)),
        lambda: revenue(deposit_rate=D("0.02")),
        lambda: Acquisition(steps=steps(("1", "80")), countries=(("DE", D(90)),)),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(made: Callable[[], object]) -> None:
    with pytest.raises(TermsRefused):
        made()


def test_fixed_fees_by_the_day_and_shares_that_start_later() -> None:
    plan = Plan(code="p", version=1, monthly=D(310), since=date(2026, 10, 22))
    assert statement_of(case(plans=[plan])).total == D("100.00")
    later = a_plan(share=replace(flat("0.30"), starts_after_days=30))
    known = PlayerFacts(player="P1", registered_on=date(2026, 9, 5))
    rows = [played("100", day=date(2026, 10, 4)), played("100", day=date(2026, 10, 5))]
    assert statement_of(case(rows, plans=[later], players=(known,))).total == D("30.00")
