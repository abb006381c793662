"""The golden examples of affiliates.md §2.14, each under its id."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from affiliates.engine.attribution import Candidate, Holding, Rule, attribution, holder_at
from affiliates.engine.errors import TermsRefused
from affiliates.engine.facts import Balances, PlayerFacts, Quarantined, Reversal, SubCommission
from affiliates.engine.qualification import Step as Deed
from affiliates.engine.qualification import qualification
from affiliates.engine.statement import statement_of
from affiliates.engine.terms import Acquisition, Baseline, Carry, Plan, RevenueShare
from tests.affiliates.engine.makers import (
    D,
    a_plan,
    arrivals,
    case,
    flat,
    later,
    parts,
    played,
    revenue,
    share,
    steps,
)

BUSY = {
    "stakes_real": "100000",
    "wins_real": "96200",
    "bonus_granted": "450",
    "chargebacks": "120",
    "deposits": "10000",
}
BUSY |= {"withdrawals": "4000"}
FEES = {"admin_rate": D("0.15"), "payment": "rates", "deposit_rate": D("0.02"), "withdrawal_rate": D("0.015")}


def test_aff_01_net_revenue() -> None:
    line = share(case([played(**BUSY)], plans=[a_plan(revenue=revenue(bonus="granted", **FEES))]))
    assert parts(line) == {
        "ggr": D(3800), "bonus": D(-450), "chargebacks": D(-120), "payment_fees": D(-260), "admin_fee": D(-570),
    }  # fmt: skip
    assert (line.base, line.amount) == (D(2400), D("720.00"))


def test_aff_02_admin_fee_after_the_bonus() -> None:
    line = share(
        case([played(**BUSY)], plans=[a_plan(revenue=revenue(bonus="granted", admin_base="ggr_less_bonus", **FEES))])
    )
    assert parts(line)["admin_fee"] == D("-502.50")
    assert (line.base, line.amount) == (D("2467.50"), D("740.25"))


@pytest.mark.parametrize(("admin", "payment", "net"), [("0.165", "0.10", "1323.00"), ("0.35", "0.05", "1320.00")])
def test_aff_03_formulas_with_promotions(admin: str, payment: str, net: str) -> None:
    terms = revenue(
        bonus="granted", admin_rate=D(admin), payment="rates", deposit_rate=D(payment), withdrawal_rate=D(payment)
    )
    line = share(case([played(**{**BUSY, "chargebacks": "0"})], plans=[a_plan(revenue=terms)]))
    assert line.base == D(net)


@pytest.mark.parametrize(("positive_only", "fee", "net"), [(True, 0, -2000), (False, 300, -1700)])
def test_aff_05_admin_fee_on_a_loss(positive_only: bool, fee: int, net: int) -> None:
    plan = a_plan(revenue=revenue(admin_rate=D("0.15"), fee_on_positive_only=positive_only), carry=Carry(mode="base"))
    done = statement_of(case([played("-2000")], plans=[plan]))
    assert parts(done.lines[0]).get("admin_fee", D(0)) == fee
    assert [one.amount for one in done.closing.carried] == [D(net)]


@pytest.mark.parametrize(
    ("net", "tier", "ladder"),
    [("9999.00", "2499.75", "2499.75"), ("10000.00", "3000.00", "2500.00"), ("34000.00", "13600.00", "10100.00")],
)
def test_aff_07_tier_and_ladder(net: str, tier: str, ladder: str) -> None:
    table = steps(("0", "0.25"), ("10000", "0.30"), ("30000", "0.40"))
    assert share(case([played(net)], plans=[a_plan(share=RevenueShare(kind="tier", steps=table))])).amount == D(tier)
    assert share(case([played(net)], plans=[a_plan(share=RevenueShare(kind="ladder", steps=table))])).amount == D(
        ladder
    )


@pytest.mark.parametrize(
    ("mode", "paid", "balances"),
    [("base", ["0", "0", "450", "600"], [-4000, -1000, 0, 0]), ("none", ["0", "900", "750", "600"], [0, 0, 0, 0])],
)
def test_aff_08_carry_over(mode: str, paid: list[str], balances: list[int]) -> None:
    plan = a_plan(carry=Carry(mode=mode))  # type: ignore[arg-type]
    told, opening = case([played("0")], plans=[plan]), Balances()
    for month, (net, amount, balance) in enumerate(
        zip(["-4000", "3000", "2500", "2000"], paid, balances, strict=True), 1
    ):
        done = statement_of(later(told, opening, month, [played(net, day=date(2026, month, 3))]))
        assert done.total == D(amount)
        assert sum(one.amount for one in done.closing.carried) == balance
        opening = done.closing


def test_aff_11_bundles() -> None:
    days = [played("5000", brand="A"), played("-3000", brand="B")]
    results = {}
    for bundle in ("programme", "brand", "positives"):
        plan = a_plan(rate="0.35", bundle=bundle, carry=Carry(mode="base"))
        done = statement_of(case(days, plans=[plan]))
        results[bundle] = (done.total, [(one.bundle, one.amount) for one in done.closing.carried])
    assert results["programme"] == (D("700.00"), [])
    assert results["brand"] == (D("1750.00"), [("B", D(-3000))])
    assert results["positives"] == (D("1750.00"), [("B", D(-3000))])
    assert statement_of(case(days, plans=[a_plan(rate="0.35", bundle="brand")])).closing.carried == ()


def test_aff_12_high_rollers() -> None:
    plan = a_plan(high_roller=D(5000), carry=Carry(mode="base"))
    days = [played("-12000", player="P1"), played("-8000", player="P2"), played("15000", player="P3")]
    done = statement_of(case(days, plans=[plan]))
    assert done.total == 0
    assert {one.player: one.amount for one in done.closing.quarantined} == {"P1": D(-3000), "P2": D(-2000)}
    assert done.closing.carried == ()
    # P1 loses 2,000 later: it fills up his own quarantine and reaches nobody else.
    months = [played("2000", player="P1"), played("1000", player="P3")]
    after = statement_of(case(months, plans=[plan], opening=done.closing))
    assert after.total == D("300.00")
    assert {one.player: one.amount for one in after.closing.quarantined} == {"P1": D(-1000), "P2": D(-2000)}


def test_aff_14_contribution_cap() -> None:
    plan = a_plan(revenue=revenue(capped_at_deposits=True))
    known = PlayerFacts(player="P1", registered_on=date(2026, 1, 1), lifetime_deposits=D(1000))
    line = share(case([played("1500")], plans=[plan], players=(known,)))
    assert (line.base, line.amount) == (D(1000), D("300.00"))
    never = PlayerFacts(player="P1", registered_on=date(2026, 1, 1))
    assert share(case([played("80")], plans=[plan], players=(never,))).base == 0
    spent = PlayerFacts(
        player="P1", registered_on=date(2026, 1, 1), lifetime_deposits=D(1000), contributed_before=D(900)
    )
    assert share(case([played("1500")], plans=[plan], players=(spent,))).base == 100


def test_aff_15_qualified_first_deposits() -> None:
    baseline = Baseline(deposits=D(50), wager=D(100), days=30)
    registered = datetime(2026, 9, 1, 12, tzinfo=UTC)

    def on(day: int) -> datetime:
        return registered + timedelta(days=day)

    deposits = [Deed(at=on(1), deposits=D(20)), Deed(at=on(10), deposits=D(30))]
    x = qualification(baseline, registered_at=registered, steps=[*deposits, Deed(at=on(29), wager=D(100))])
    y = qualification(baseline, registered_at=registered, steps=[*deposits, Deed(at=on(31), wager=D(100))])
    assert (x.at, x.first_deposit_at) == (on(29), on(1))
    assert (y.at, y.first_deposit_at, y.missing) == (None, on(1), ("real wager 0 of 100",))
    edge = qualification(baseline, registered_at=registered, steps=[*deposits, Deed(at=on(30), wager=D(100))])
    assert edge.at == on(30)
    plan = a_plan(share=None, acquisition=Acquisition(amount=D(120), baseline=baseline))
    (arrived,) = arrivals(1)
    assert statement_of(case(plans=[plan], arrivals=(arrived,))).total == D("120.00")


def test_aff_17_clawback() -> None:
    plan = a_plan(acquisition=Acquisition(amount=D(120), clawback_days=60))
    january = Reversal(
        player="P1", plan="p/1", day=date(2026, 2, 14), paid_on=date(2026, 1, 15), paid=D(120), line="2026-01/3",
        cause="chargeback of the first deposit",
    )  # fmt: skip
    day = played("1000", day=date(2026, 2, 3))
    february = {"first": date(2026, 2, 1), "last": date(2026, 2, 28)}
    done = statement_of(case([day], plans=[plan], reversals=(january,), **february))
    assert {line.kind: (line.amount, line.reference) for line in done.lines} == {
        "reversal": (D("-120.00"), "2026-01/3"), "revenue_share": (D("300.00"), ""),
    }  # fmt: skip
    assert done.total == D("180.00")
    late = Reversal(
        player="P1",
        plan="p/1",
        day=date(2026, 4, 1),
        paid_on=date(2026, 1, 15),
        paid=D(120),
        line="2026-01/3",
        cause="late",
    )
    assert statement_of(case([day], plans=[plan], reversals=(late,), **february)).total == D("300.00")


def test_aff_18_hybrid() -> None:
    plan = a_plan(rate="0.20", acquisition=Acquisition(amount=D(60)))
    assert statement_of(case([played("200")], plans=[plan], arrivals=arrivals(1))).total == D("100.00")


@pytest.mark.parametrize(("progression", "amount"), [("marginal", "2900.00"), ("retroactive", "3600.00")])
def test_aff_20_progressive(progression: str, amount: str) -> None:
    table = steps(("1", "80"), ("11", "100"), ("26", "120"))
    terms = Acquisition(steps=table, progression=progression)  # type: ignore[arg-type]
    assert statement_of(case(plans=[a_plan(share=None, acquisition=terms)], arrivals=arrivals(30))).total == D(amount)


def test_aff_22_leads() -> None:
    plan = a_plan(share=None, acquisition=Acquisition(counts="lead", amount=D(15)))
    good, twice, failed = arrivals(30), arrivals(6), arrivals(4)
    named = [
        *good,
        *[one.__class__(player=f"D{n}", plan="p/1", day=one.day, refused="duplicate") for n, one in enumerate(twice)],
        *[
            one.__class__(player=f"K{n}", plan="p/1", day=one.day, refused="identity failed")
            for n, one in enumerate(failed)
        ],
    ]
    line = share(case(plans=[plan], arrivals=tuple(named)), "acquisition")
    assert line.amount == D("450.00")
    assert dict(line.inputs) == {
        "arrived": 40,
        "paid": 30,
        "not counted: duplicate": 6,
        "not counted: identity failed": 4,
    }


def test_aff_23_sub_affiliates() -> None:
    plan = Plan(code="p", version=1, levels=(D("0.05"), D("0.02")))

    def earned(level: int, commission: str) -> Decimal:
        sub = SubCommission(affiliate="s", plan="p/1", level=level, commission=D(commission))
        return statement_of(case(plans=[plan], subs=(sub,))).total

    assert (earned(1, "2000"), earned(2, "2000"), earned(1, "-500"), earned(3, "2000")) == (D(100), D(40), D(0), D(0))


def test_aff_25_one_rounding() -> None:
    line = share(case([played("0.05", player=f"P{n}") for n in range(3)]))
    assert (line.base, line.amount) == (D("0.15"), D("0.04"))


def test_aff_26_precedence() -> None:
    day = played(stakes_real="900", stakes_bonus="100", wins_real="650", wins_bonus="50")
    assert share(case([day], plans=[a_plan(revenue=revenue(money="real"))])).amount == D("75.00")


def test_aff_27_bonus_basis() -> None:
    day = played(
        stakes_real="60000",
        stakes_bonus="8000",
        wins_real="57000",
        wins_bonus="7400",
        bonus_granted="1000",
        bonus_converted="500",
    )

    def base(**switches: str) -> Decimal:
        return share(case([day], plans=[a_plan(revenue=revenue(**switches))])).base

    assert (base(money="real"), base(bonus="converted"), base(bonus="granted")) == (D(3000), D(3100), D(2600))
    with pytest.raises(TermsRefused, match="deduct no bonus"):
        revenue(money="real", bonus="granted")


def test_aff_28_attribution() -> None:
    def march(day: int) -> datetime:
        return datetime(2026, 3, day, 10, tzinfo=UTC)

    def click(key: str, at: datetime, *, code: bool = False) -> Candidate:
        return Candidate(key=key, affiliate=key, at=at, approved=True, approved_now=True, code=code)

    clicks = [click("A", march(1)), click("B", march(11))]

    def winner(rule: Rule, *, more: tuple[Candidate, ...] = ()) -> str:
        return attribution(rule, [*clicks, *more], registered_at=march(13), existing=False).affiliate

    assert winner(Rule()) == "B"
    assert winner(Rule(model="first_click")) == "A"
    assert winner(Rule(days=7)) == "B"
    late = attribution(Rule(), clicks, registered_at=datetime(2026, 4, 14, 10, tzinfo=UTC), existing=False)
    assert (late.affiliate, late.rule, late.candidates[1].reason) == ("", "organic", "older than 30 days")
    assert winner(Rule(), more=(click("C", march(13), code=True),)) == "C"


def test_aff_30_moved_to_another_affiliate() -> None:
    holdings = [
        Holding(affiliate="one", since=datetime(2026, 1, 5, tzinfo=UTC)),
        Holding(affiliate="two", since=datetime(2026, 3, 15, tzinfo=UTC)),
    ]
    nets = {day: "300" if day == 14 else "500" if day == 15 else "0" for day in range(1, 32)}
    march = [played(net, day=date(2026, 3, day)) for day, net in nets.items()]

    def total(affiliate: str) -> Decimal:
        mine = [one for one in march if holder_at(holdings, datetime.combine(one.day, time(), UTC)) == affiliate]
        return statement_of(case(mine, first=date(2026, 3, 1), last=date(2026, 3, 31))).total

    assert (total("one"), total("two")) == (D("90.00"), D("150.00"))
    assert holder_at(holdings, datetime(2026, 3, 14, 23, 59, 59, 999999, tzinfo=UTC)) == "one"
    assert holder_at(holdings, datetime(2026, 1, 1, tzinfo=UTC)) == ""


def test_aff_32_minimum_payout() -> None:
    plan = Plan(code="p", version=1, monthly=D(80))
    january = statement_of(case(plans=[plan], minimum=D(100)))
    assert (january.payable, january.closing.held) == (D(0), D("80.00"))
    second = Plan(code="p", version=1, monthly=D(45))
    february = statement_of(case(plans=[second], minimum=D(100), opening=january.closing))
    assert (february.payable, february.closing.held) == (D("125.00"), D(0))


def test_an_advance_is_earned_back_before_the_share_is_paid() -> None:
    plan = a_plan(acquisition=Acquisition(amount=D(100), advance=True))
    first = statement_of(case([played("200")], plans=[plan], arrivals=arrivals(1)))
    assert (first.total, dict(first.closing.advances)) == (D("100.00"), {"p/1": D("40.00")})
    second = statement_of(case([played("300")], plans=[plan], opening=first.closing))
    assert (second.total, second.closing.advances) == (D("50.00"), ())


def test_a_quarantine_of_an_unknown_plan_is_refused() -> None:
    lost = Quarantined(plan="q/1", product="casino", player="P1", amount=D(-1))
    with pytest.raises(ValueError, match="terms are missing"):
        statement_of(case([played("1")], plans=[a_plan()], opening=Balances(quarantined=(lost,))))


def test_a_limited_carry_is_forgotten_after_its_statements() -> None:
    plan = a_plan(share=flat("0.30"), carry=Carry(mode="base", periods=3))
    opening = statement_of(case([played("-9000")], plans=[plan])).closing
    totals = []
    for _ in range(4):
        done = statement_of(case([played("1000")], plans=[plan], opening=opening))
        totals.append(done.total)
        opening = done.closing
    assert totals == [0, 0, 0, D("300.00")]
