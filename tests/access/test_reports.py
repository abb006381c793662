"""Reports by machine: what a token opens, rows by cursor, totals, reach, and personal columns."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from compliance.audit.models import AuditEvent
from players.models import Brand
from reporting.catalogue.registry import all_reports
from tests.access.cast import Program, program_make
from tests.access.play import games_make, played
from tests.factories import brand_make, player_make

pytestmark = pytest.mark.django_db
GAMES = "reports/game-performance"
MARCH = "first=2026-03-01&last=2026-03-31"


def codes(program: Program) -> set[str]:
    return {item["code"] for item in program.get("reports").json()["items"]}


def test_a_token_sees_the_reports_of_its_scopes_and_none_for_people_alone() -> None:
    everything = codes(program_make())
    assert everything == {code for code, report in all_reports().items() if not report.restricted}
    games = program_make(name="Games", scopes=("reports:games",))
    assert codes(games) == {code for code in everything if all_reports()[code].family.value == "games"}
    other = next(code for code in everything if all_reports()[code].family.value != "games")
    for address in (f"reports/{other}", f"reports/{other}/rows", f"reports/{other}/totals"):
        refused = games.get(address)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "scope_missing")
    told = games.get(GAMES).json()
    assert [column["name"] for column in told["columns"]] == [
        one.name for one in all_reports()["game-performance"].columns
    ]
    assert "provider" in told["filters"]


def test_rows_come_by_cursor_and_their_totals_are_the_sums_of_them_all() -> None:
    for number, game in enumerate(games_make(5)):
        played(game, stake=f"{100 + number}.01", win="90.50")
    program = program_make(scopes=("reports:games",))
    token = program.token()
    address, rows, pages = f"{GAMES}/rows?{MARCH}&page_size=2", [], 0
    while address:
        answer = program.get(address, token=token)
        assert answer.status_code == 200, answer.content
        found = answer.json()
        rows += found["rows"]
        pages += 1
        address = found["next"] and found["next"].removeprefix("http://testserver")
        assert found["activity"] is True
    assert pages == 3
    assert [row["game"] for row in rows] == [f"slot-{number}" for number in range(5)]
    # 100.01 + 101.01 + 102.01 + 103.01 + 104.01, and five times 90.50 won.
    assert sum(Decimal(row["turnover"]) for row in rows) == Decimal("510.05")
    totals = program.get(f"{GAMES}/totals?{MARCH}", token=token).json()["totals"]
    assert [(total["currency"], total["values"]["ggr"]) for total in totals] == [("EUR", "57.55")]
    header = found["header"]
    assert (header["report"], header["question"]["first"], header["question"]["last"]) == (
        "game-performance", "2026-03-01", "2026-03-31",
    )  # fmt: skip
    assert parse_qs(urlsplit(program.get(f"{GAMES}/rows?{MARCH}&page_size=2", token=token).json()["next"]).query)[
        "as_of"
    ]


def test_no_activity_is_told() -> None:
    found = program_make().get(f"{GAMES}/rows?{MARCH}").json()
    assert (found["rows"], found["activity"], found["next"]) == ([], False, None)


def test_a_client_reads_within_its_reach_alone() -> None:
    game = games_make(1)[0]
    polar = Brand.objects.create(code="polar", name="Polar", jurisdiction="SE")
    played(game, stake="100", win="0")
    played(game, stake="7", win="0", brand_id=polar.pk, jurisdiction="SE", player=2)

    def turnover(**reach: Any) -> list[str]:
        program = program_make(name=f"{reach}", **reach)
        return [row["turnover"] for row in program.get(f"{GAMES}/rows?{MARCH}").json()["rows"]]

    assert turnover() == ["107"]
    assert turnover(brands=(polar.pk,)) == ["7"]
    assert turnover(jurisdictions=("MT",)) == ["100"]
    assert turnover(brands=(polar.pk,), jurisdictions=("MT",)) == []
    refused = program_make(name="x", brands=(polar.pk,)).get(f"{GAMES}/rows?{MARCH}&brand={brand_make().code}")
    assert (refused.status_code, refused.json()["error"]["detail"]["field"]) == (400, "brand")


def test_wrong_questions_are_refused_with_the_field() -> None:
    program = program_make(calls_per_minute=1000)
    token = program.token()
    for question, field in (
        ("first=yesterday", "first"), ("first=2026-03-02&last=2026-03-01", "first"), ("state=x", "state"),
        ("nonsense=1", "nonsense"), ("known=never", "known"), ("as_of=2999-01-01T00:00:00Z", "as_of"),
    ):  # fmt: skip
        refused = program.get(f"{GAMES}/rows?{question}", token=token)
        assert (refused.status_code, refused.json()["error"]["detail"]["field"]) == (400, field), question
    for cursor in ("x", "é", "gAAAAA", "a" * 5000):
        refused = program.get(f"{GAMES}/rows?cursor={cursor}", token=token)
        assert (refused.status_code, refused.json()["error"]["code"]) == (400, "cursor_not_understood"), cursor
    assert program.get(f"{GAMES}/rows?page_size=1001", token=token).json()["error"]["code"] == "invalid_request"
    posted = program.get(f"{GAMES}/rows?page_size=0", token=token)
    assert "page_size" in posted.json()["error"]["detail"]["fields"]


def test_personal_columns_come_with_their_scope_and_each_page_is_kept_in_the_trail() -> None:
    game = games_make(1)[0]
    player = player_make("Alice")
    played(game, player=player.pk)
    code = "player-games"
    report = all_reports()[code]
    personal = {column.name for column in report.columns if column.personal}
    assert personal
    scopes = f"reports:{report.family.value}"
    without = program_make(scopes=(scopes,)).get(f"reports/{code}/rows?{MARCH}")
    assert without.status_code == 200, without.content
    assert without.json()["rows"]
    assert not personal & set(without.json()["rows"][0])
    assert not AuditEvent.objects.filter(name="access:personal_data:read").exists()
    program = program_make(name="With", scopes=(scopes, "personal-data"))
    rows = program.get(f"reports/{code}/rows?{MARCH}").json()["rows"]
    assert personal <= set(rows[0])
    event = AuditEvent.objects.get(name="access:personal_data:read")
    assert event.actor == f"api:{program.row.client_id}"
    assert event.after is not None
    assert (event.after["report"], event.after["rows"]) == (code, 1)
