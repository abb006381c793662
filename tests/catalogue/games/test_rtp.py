"""The RTP band by KPI-20: the worked example, drift over thirty days, versions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casino.games.enums import GameCategory
from casino.games.models import Game
from casino.games.services.games import GameTerms, game_edit
from reporting.facts.models import GamePlay
from tests.catalogue.asking import picked, rows
from tests.factories import brand_make, provider_make

DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def slot_make(rtp: str = "96", volatility: str | None = "8") -> Game:
    return Game.objects.create(
        provider=provider_make(), code="slot", name="Slot", category="slot", theoretical_rtp=Decimal(rtp),
        volatility=None if volatility is None else Decimal(volatility), version="1.0",
    )  # fmt: skip


def played(game: Game, *, rounds: int, won: str, day: date = DAY, is_test: bool = False) -> None:
    """So many rounds of one unit each."""
    GamePlay.objects.create(
        posted_day=day, settled_day=day, brand_id=brand_make().pk, jurisdiction="MT", currency="EUR", is_test=is_test,
        provider_id=game.provider_id, game_id=game.pk, bets=rounds, rounds=rounds, stake_real=rounds,
        win_real=Decimal(won),
    )  # fmt: skip


def test_the_worked_example_is_within_the_band() -> None:
    """backoffice.md §5.1: 250,000 rounds, σ 8.0, measured 98.5 % against 96.0 %: z = 1.56, band ± 3.14 points."""
    game = slot_make()
    played(game, rounds=250_000, won="246250")
    played(game, rounds=250_000, won="999999", is_test=True)
    (row,) = rows("game-performance")
    assert picked([row], "rtp_actual", "rtp_theoretical", "z", "verdict") == [
        ("98.5", "96", "1.5625", "within the band")
    ]
    assert picked([row], "band_low", "band_high") == [("92.864", "99.136")]
    (logged,) = rows("rtp-monitoring")
    assert picked([logged], "rounds", "measured", "expected", "tolerance", "z") == [
        ("250000", "98.5", "96", "3.136", "1.5625")
    ]


@pytest.mark.parametrize(
    ("won", "verdict"),
    [("250200", "within the band"), ("250400", "watch"), ("252200", "warning"), ("256100", "alert"),
     ("223000", "alert")],
)  # fmt: skip
def test_beyond_the_band_it_says_how_far(won: str, verdict: str) -> None:
    """One standard error is 1.6 % of 250,000, that is 4,000; 2.58 of them 10,320, 3 are 12,000, 4 are 16,000."""
    played(slot_make(), rounds=250_000, won=won)
    (row,) = rows("game-performance")
    assert row["verdict"] == verdict


def test_without_a_volatility_there_is_no_band() -> None:
    played(slot_make(volatility=None), rounds=250_000, won="246250")
    (row,) = rows("rtp-monitoring")
    assert (row["z"], row["tolerance"], row["verdict"]) == (None, None, "volatility not known")


def test_thirty_days_roll_and_days_before_them_fall_out() -> None:
    game = slot_make()
    played(game, rounds=1_000, won="5000", day=DAY - timedelta(days=30))
    played(game, rounds=10_000, won="9600", day=DAY - timedelta(days=29))
    played(game, rounds=30_000, won="29600", day=DAY)
    (row,) = rows("rtp-monitoring")
    # 39,200 of 40,000; σ 8 / √40,000 = 4 %, so 98 % is half a standard error above 96 %.
    assert picked([row], "rounds", "measured", "z") == [("40000", "98", "0.5")]
    (before,) = rows("rtp-monitoring", first=DAY - timedelta(days=29), last=DAY - timedelta(days=29))
    assert picked([before], "rounds") == [("11000",)]


def test_each_version_is_measured_by_itself() -> None:
    game = slot_make()
    # timezone.now() and the database's clock date the history; today's play was still begun in the version before.
    today = timezone.now().date()
    terms = GameTerms(
        name=game.name, category=GameCategory.SLOT, theoretical_rtp=Decimal(94), min_stake=None, max_stake=None,
        enabled=True, real_enabled=True, demo_enabled=True, blocked_countries=[], blocked_brands=[], version="2.0",
        volatility=Decimal(4),
    )  # fmt: skip
    game_edit(game_id=game.pk, terms=terms, actor="staff:7", now=timezone.now())
    played(game, rounds=10_000, won="9600", day=today)
    played(game, rounds=40_000, won="37600", day=today + timedelta(days=1))
    days = {"first": today, "last": today + timedelta(days=1), "as_of": timezone.now()}
    assert picked(rows("rtp-monitoring", **days), "version", "expected", "measured", "z") == [
        ("1.0", "96", "96", "0"), ("2.0", "94", "94", "0"),
    ]  # fmt: skip
    # Together: (10,000 x 96 + 40,000 x 94) / 50,000, and a σ between both.
    (row,) = rows("game-performance", **days)
    assert picked([row], "rtp_theoretical", "rtp_actual", "z") == [("94.4", "94.4", "0")]

    found = rows("game-availability", **days)
    told = {(row["what"], row["before"], row["after"]) for row in found}
    assert {("Version", "1.0", "2.0"), ("Theoretical RTP", "96.0000", "94.0000"), ("Version", "", "1.0")} <= told
