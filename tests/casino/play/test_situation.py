"""The situation travels as one text: what PostgreSQL wrote into it is read back, whatever stands in it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from casino.play.situation import Situation, situation_read

pytestmark = pytest.mark.django_db
NOTHING = Situation._make([None] * len(Situation._fields))
MOMENT = datetime(2026, 2, 28, 23, 59, 59, 5, tzinfo=UTC)
LEG = UUID("0190b6c1-0000-7000-8000-000000000001")


def through_postgres(situation: Situation) -> Situation:
    marks = ", ".join(["%s"] * len(situation))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ROW({marks})::play_situation::text", list(situation))
        row = cursor.fetchone()
    assert row is not None
    return situation_read(row[0].encode())


@pytest.mark.parametrize(
    "situation",
    [
        NOTHING,
        NOTHING._replace(
            player_id=7, player_currency="EUR", player_is_test=True, real_balance=Decimal("0.10"),
            session_last_seen_at=MOMENT, game_enabled=False, bet_leg_id=LEG,
        ),
        NOTHING._replace(answer_body=b'{"status":"ok"}\x00\xff', answer_fingerprint=b"\\", bet_fx_rate_id=9),
        NOTHING._replace(terms='{"code": "excluded", "told": {"until": "a, b (c)"}}', other_booked_at=MOMENT),
        NOTHING._replace(session_mode="two words", session_ended_at=MOMENT, round_state="a,b", bet_real=Decimal(3)),
        NOTHING._replace(other_round_reference='"', other_call="\\", other_win_kind="a\nb", limits="é,\"\\'"),
        NOTHING._replace(other_round_reference="", player_currency="", bet_fx_rate_id=1),
        NOTHING._replace(answer_outcome="first", bet_fx_rate_id=12345678901),
    ],
)  # fmt: skip
def test_what_postgresql_writes_is_what_is_read(situation: Situation) -> None:
    assert through_postgres(situation) == situation


def test_a_row_that_is_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        situation_read(b'(,,,,7,EUR,"a, b")')
