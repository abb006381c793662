"""Real connections: the same wish at once is one exclusion, and nobody returns twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from common.errors import Refusal
from compliance.audit.models import AuditEvent
from compliance.exclusions.enums import ExclusionKind, ReturnState
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.services import exclusions as placing
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.exclusions.services.returns import return_ask, return_contact, return_grant, return_keep
from players.models import Player
from tests.exclusions.cast import bob_make, brand_make, excluded
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)
HALF_A_YEAR = NOON + timedelta(days=184)


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Each on a connection of its own, begun together; what they return, or the refusal."""
    together = Barrier(len(steps))

    def run(step: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return step()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def the_wish(bob: Player) -> Callable[[], Any]:
    return lambda: (
        exclusion_place(
            player_id=bob.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=f"player:{bob.pk}", now=NOON
        ).exclusion.pk
    )


def test_the_same_wish_from_two_devices_is_one_exclusion() -> None:
    here, there = bob_make(), bob_make(brand_make("sceptre"))
    found = at_once(*[the_wish(here)] * 4)
    assert len(set(found)) == 1
    assert Exclusion.objects.count() == 2, "the account and the one that follows"
    assert Exclusion.objects.filter(player=there).count() == 1


def test_without_the_lock_the_same_wish_would_be_several(monkeypatch: pytest.MonkeyPatch) -> None:
    bob = bob_make()
    looked = Barrier(2)
    honest = placing._repeated

    def unlocked(*_ids: object) -> list[Player]:
        return []

    def after_both_looked(*args: Any) -> Any:
        found = honest(*args)
        looked.wait()
        return found

    monkeypatch.setattr(placing, "players_lock", unlocked)
    monkeypatch.setattr(placing, "_repeated", after_both_looked)
    at_once(the_wish(bob), the_wish(bob))
    assert Exclusion.objects.count() == 2


def test_a_request_is_decided_once() -> None:
    bob = bob_make()
    excluded(bob)
    request = return_ask(player_id=bob.pk, actor="player:1", now=HALF_A_YEAR)[0]
    return_contact(request_id=request.pk, note="Rang the player, calm.", actor="staff:7", now=HALF_A_YEAR)
    later = HALF_A_YEAR + timedelta(days=2)
    found = at_once(
        lambda: return_grant(request_id=request.pk, reason="fine", actor="staff:7", now=later).state,
        lambda: return_keep(request_id=request.pk, reason="Still borrows money.", actor="staff:8", now=later).state,
    )
    assert "return_ended" in found
    state = ReturnRequest.objects.get().state
    assert state in found
    assert (Exclusion.objects.get().over_at is not None) == (state == ReturnState.RETURNED)
    assert AuditEvent.objects.filter(name="compliance:return:ended").count() == 1


def test_two_requests_at_once_are_one() -> None:
    bob = bob_make()
    excluded(bob)
    step = lambda: len(return_ask(player_id=bob.pk, actor="player:1", now=HALF_A_YEAR))  # noqa: E731 - twice the same
    assert sorted(map(str, at_once(step, step))) == ["1", "return_asked_already"]
