"""Withdrawals over the player API: what may leave and why not the rest, preview, asking, history, taking back."""

from __future__ import annotations

from dataclasses import replace

import pytest
import redis
from django.conf import settings

from common.clock import utc_now
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.kyc.enums import Level, Status
from compliance.kyc.models import KycState
from players.models import Player
from tests.accounts.cast import Caller, body, brand_with_terms
from tests.cashier.scene import VISA, cards_offered
from tests.withdrawals.scene import paid_in, payouts_offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(db: None) -> Caller:
    """Alice, registered, verified, with 100 EUR by card."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    brand_with_terms()
    made = Caller()
    answer = made.post("register", body())
    assert answer.status_code == 201, answer.content
    made.token = answer.json()["token"]
    cards_offered()
    payouts_offered()
    player = Player.objects.get()
    Player.objects.filter(pk=player.pk).update(jurisdiction="MT")  # where withdrawals may be taken back
    KycState.objects.update_or_create(
        player=player, defaults={"level": Level.IDENTITY, "status": Status.VERIFIED, "changed_at": utc_now()}
    )
    paid_in(player, "100", by=replace(VISA, owner_name=""), now=utc_now())
    return made


def ask(caller: Caller, amount: str = "40", key: str = "key-of-alice") -> tuple[int, dict[str, object]]:
    answer = caller.post("withdrawals", {"amount": amount}, **{"Idempotency-Key": key})
    return answer.status_code, answer.json()


def test_what_may_leave_is_told_with_where_it_goes(caller: Caller) -> None:
    told = caller.get("withdrawals/leaving").json()
    assert (told["amount"], told["of"], told["against"]) == ("100.00", "100.00", [])
    assert [(way["back_first"], way["open"]) for way in told["ways"]] == [("100.00", True)]


def test_who_is_looked_into_is_not_told_so(caller: Caller) -> None:
    flag_place(
        player_id=Player.objects.get().pk, kind=FlagKind.RISK_FRAUD, reason="a ring", ends_at=None, actor="staff:7",
        now=utc_now(),
    )  # fmt: skip
    told = caller.get("withdrawals/leaving")
    assert told.json()["amount"] == "0.00"
    assert [reason["code"] for reason in told.json()["against"]] == ["under_review"]
    assert b"ring" not in told.content
    assert b"raud" not in told.content


def test_the_preview_has_figures_and_every_red_rule(caller: Caller) -> None:
    told = caller.post("withdrawals/preview", {"amount": "40"}).json()
    assert (told["possible"], told["looked_at"]) == (True, True)
    assert [(part["takes"], part["arrives"]) for part in told["parts"]] == [("40.00", "40.00")]
    assert {"turnover", "cool_down"} <= {reason["code"] for reason in told["against"]}


def test_it_is_asked_for_once_and_taken_back(caller: Caller) -> None:
    status, made = ask(caller)
    assert (status, made["state"], made["may_be_taken_back"]) == (201, "review", True)
    assert ask(caller)[1]["reference"] == made["reference"]
    assert ask(caller, "41")[0] == 409
    assert [row["reference"] for row in caller.get("withdrawals").json()["items"]] == [made["reference"]]
    back = caller.call("DELETE", f"withdrawals/{made['reference']}")
    assert (back.status_code, back.json()["state"]) == (200, "cancelled")
    assert caller.get("withdrawals/leaving").json()["amount"] == "100.00"


def test_what_can_not_be_is_told_plainly(caller: Caller) -> None:
    assert ask(caller, "0")[0] == 400
    assert ask(caller, "1e9")[0] == 400
    assert ask(caller, key="short")[0] == 400
    status, told = ask(caller, "500")
    assert (status, "withdrawal_not_possible" in str(told)) == (409, True)
    assert caller.get("withdrawals/W-nobody").status_code == 404
