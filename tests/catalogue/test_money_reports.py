"""Reports of money and players over a day that was counted by hand, and their ties to the ledger.

Alice has 1,000 since long. On Friday she deposits 120 and plays three rounds: 10 wins 4, 2.50 wins nothing, 1 stays
open. Bob, of another brand and licence, deposits 77 the same day.

                 opening   deposits   win or loss    closing
    Alice       1,000.00     120.00        -9.50    1,110.50   of it 1.00 is staked in an open round
    Bob             0.00      77.00         0.00       77.00
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from common.clock import utc_now
from common.scope import EVERYTHING, NOTHING, Scope, ScopePart
from players.models import Brand, Player
from reporting.catalogue import reading
from reporting.catalogue.asking import question_as_data, question_from
from reporting.catalogue.errors import QuestionRefused
from reporting.catalogue.registry import all_reports, report_get
from reporting.catalogue.types import Question
from tests.factories import player_make
from tests.facts.house import read_all
from tests.overview.scene import Scene, deposit, play, scene_make
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = datetime(2026, 3, 13, 14, 30, tzinfo=UTC)
DAY = {"first": "2026-03-13", "last": "2026-03-13"}
OURS = {"finance", "players"}


@pytest.fixture
def scene() -> Scene:
    with time_machine.travel(FRIDAY - timedelta(days=20), tick=True):
        made = scene_make(balance="1000")
        york = Brand.objects.create(code="york", name="York", jurisdiction="NJ")
        bob = player_make("Bob", balance="0")
        Player.objects.filter(pk=bob.pk).update(brand=york, jurisdiction="NJ")
    deposit(made.alice, "120", FRIDAY - timedelta(hours=3))
    play(made, FRIDAY - timedelta(hours=2), ("10", "4"), ("2.5", "0"), ("1", ""))
    deposit(bob, "77", FRIDAY - timedelta(hours=1))
    read_all(utc_now())
    return made


def asked(code: str, scope: Scope = EVERYTHING, **data: str) -> Question:
    report = report_get(code)
    given = {} if report.as_of_only else DAY
    return question_from(report, given | data, scope=scope, now=utc_now())


def rows(code: str, scope: Scope = EVERYTHING, **data: str) -> list[dict[str, Any]]:
    return [dict(row) for row in reading.page(report_get(code), asked(code, scope, **data)).rows]


def figures(row: dict[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(f"{row[name]:.2f}" for name in names)


def test_the_account_summary_opens_moves_and_closes(scene: Scene) -> None:
    alice, bob = rows("player-account-summary")
    names = ("opening", "deposits", "win_loss", "closing", "open_rounds", "others", "difference")
    assert figures(alice, *names) == ("1000.00", "120.00", "-9.50", "1110.50", "1.00", "0.00", "0.00")
    assert figures(bob, *names) == ("0.00", "77.00", "0.00", "77.00", "0.00", "0.00", "0.00")
    [total] = reading.totals(report_get("player-account-summary"), asked("player-account-summary"))
    assert (total.currency, total.values["closing"]) == ("EUR", Decimal("1187.5"))


def test_the_day_after_opens_with_what_the_day_left(scene: Scene) -> None:
    found = rows("player-account-summary", first="2026-03-14", last="2026-03-15")
    assert [figures(row, "opening", "closing") for row in found] == [("1110.50", "1110.50"), ("77.00", "77.00")]


def test_wagers_accounts_and_variance_agree(scene: Scene) -> None:
    [row] = rows("wagering-summary")
    assert figures(row, "bets", "total_wager", "total_win", "win_loss") == ("3.00", "13.50", "4.00", "9.50")
    [line] = rows("revenue-variance")
    assert figures(line, "by_accounts", "by_wagers", "variance") == ("9.50", "9.50", "0.00")


def test_a_day_in_a_line(scene: Scene) -> None:
    lucky, york = rows("daily-summary")
    names = ("deposit_count", "deposits", "net_deposits", "actives", "stakes", "wins", "ggr", "change")
    assert figures(lucky, *names) == ("1.00", "120.00", "120.00", "1.00", "13.50", "4.00", "9.50", "110.50")
    assert (york["brand"], *figures(york, "deposits", "ggr", "change")) == ("york", "77.00", "0.00", "77.00")


def test_liability_goes_from_day_to_day(scene: Scene) -> None:
    found = rows("player-liability", first="2026-02-01", last="2026-03-13", brand="lucky")
    assert [figures(row, "opening", "closing", "difference") for row in found] == [
        ("0.00", "1000.00", "0.00"), ("1000.00", "1110.50", "0.00"),
    ]  # fmt: skip


def test_the_operator_owes_what_players_have_and_staked(scene: Scene) -> None:
    [row] = rows("operator-liability")
    assert figures(row, "cash", "held", "in_rounds", "liability") == ("1187.50", "0.00", "1.00", "1188.50")
    # What gateways hold, less what is owed, is what the house won of settled rounds.
    assert figures(row, "clearing", "funds", "surplus") == ("1197.00", "1197.00", "8.50")
    [before] = rows("operator-liability", as_of="2026-03-12T12:00:00Z")
    assert figures(before, "cash", "in_rounds", "liability", "funds") == ("1000.00", "0.00", "1000.00", "1000.00")
    # Who sees one brand sees its players' side, and nothing of the house's own accounts.
    [york] = rows("operator-liability", Scope((ScopePart(None, frozenset({"NJ"})),)))
    assert figures(york, "cash", "liability", "funds") == ("77.00", "77.00", "0.00")


def test_an_adjustment_is_told_with_who_made_it(scene: Scene) -> None:
    house = house_account(kind=AccountKind.ADJUSTMENT, scope="goodwill", currency="EUR")
    with time_machine.travel(FRIDAY, tick=True):
        player_credit(
            kind=TransactionKind.ADJUSTMENT, player_id=scene.alice.pk, currency="EUR", source_id=house.id,
            amount=Decimal(5), actor="staff:7", now=FRIDAY, reference="sorry",
        )  # fmt: skip
    read_all(utc_now())
    [row] = rows("adjustments")
    assert (row["player_id"], row["maker"], row["approvers"], row["reason"]) == (scene.alice.pk, "staff:7", "", "sorry")
    assert figures(row, "amount") == ("5.00",)
    [alice, _bob] = rows("player-account-summary")
    assert figures(alice, "adjustments", "closing", "difference") == ("5.00", "1115.50", "0.00")


def test_duty_is_of_settled_play_by_licence(scene: Scene) -> None:
    """Malta: 5 % of 10 + 2.50 - 4; the open round waits. Bob did not play: New Jersey has no line."""
    [row] = rows("duty")
    assert (row["jurisdiction"], row["brand"], row["base"]) == ("MT", "lucky", "KPI-02")
    assert figures(row, "amount", "percent") == ("8.50", "5.00")
    assert row["due"] == Decimal("0.425")


def test_the_largest_winner_stands_first(scene: Scene) -> None:
    [alice] = rows("winners-losers")
    assert figures(alice, "place", "stakes", "won", "result") == ("1.00", "13.50", "4.00", "-9.50")


def test_who_did_not_move_for_long_and_has_money_is_dormant(scene: Scene) -> None:
    assert rows("dormant-accounts", as_of="2026-08-01T00:00:00Z") == []
    assert {row["days"] for row in rows("dormant-accounts", as_of="2026-10-01T00:00:00Z", state="6")} == {202}


@pytest.mark.parametrize("code", [code for code, one in all_reports().items() if one.family.value in OURS and one.ties])
def test_every_tie_is_zero_and_says_something(scene: Scene, code: str) -> None:
    ties = reading.ties(report_get(code), asked(code))
    assert [tie.difference for tie in ties] == [0] * len(ties)
    assert any(tie.ledger for tie in ties) or code in ("bonus-balances",)


@pytest.mark.parametrize("report", all_reports().values(), ids=lambda report: report.code)
def test_every_report_answers_empty_narrow_and_whole(report: Any) -> None:
    """In an empty house, through every part of a scope and every filter: no row, no fault, no row for nobody."""
    of_brand, of_licence = ScopePart(frozenset({1}), None), ScopePart(None, frozenset({"MT"}))
    limited = Scope((of_brand, of_licence, ScopePart(frozenset({2}), frozenset({"GB"}))))
    for scope in (EVERYTHING, limited, NOTHING):
        for state in ("", *report.states):
            question = asked(report.code, scope, state=state)
            assert reading.count(report, question, 10) == 0 or scope is EVERYTHING
            page = reading.page(report, question)
            assert list(page.rows[:1] and page.rows[0]) in ([], [column.name for column in report.columns])
            reading.totals(report, question)
            assert all(tie.difference == 0 for tie in reading.ties(report, question))


@pytest.mark.parametrize("code", ["player-account-summary", "daily-summary", "player-liability", "wagering-summary"])
def test_another_brand_is_not_there(scene: Scene, code: str) -> None:
    malta = Scope((ScopePart(frozenset({scene.alice.brand_id}), None),))
    assert len(rows(code, malta)) == 1
    with pytest.raises(QuestionRefused) as refused:
        asked(code, malta, brand="york")
    assert refused.value.details == {"field": "brand", "problem": "There is no such brand within your reach."}


def test_a_question_as_texts_is_the_same_question(scene: Scene) -> None:
    report = report_get("wagering-summary")
    now = utc_now()
    data = {"interval": "ytd", "last": "2026-03-13", "brand": "lucky", "basis": "settled", "known": "first"}
    question = question_from(report, data, scope=EVERYTHING, now=now)
    assert (question.first, question.last) == (date(2026, 1, 1), date(2026, 3, 13))
    assert question_from(report, question_as_data(question), scope=EVERYTHING, now=now) == question


@pytest.mark.parametrize(
    ("field", "text"),
    [("first", "13.3.2026"), ("interval", "week"), ("as_of", "2999-01-01"), ("nonsense", "1"), ("provider", "none"),
     ("converted", "yes"), ("first", "2026-03-14"), ("known", "never")],
)  # fmt: skip
def test_what_can_not_be_asked_is_told_by_field(field: str, text: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        asked("wagering-summary", EVERYTHING, **{field: text})
    assert refused.value.details["field"] == field


def test_as_first_reported_is_told_of_days_of_settlement() -> None:
    assert asked("wagering-summary", EVERYTHING, known="first").basis.value == "settled"
    with pytest.raises(QuestionRefused):
        asked("wagering-summary", EVERYTHING, known="first", basis="posted")
