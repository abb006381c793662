"""Who registers is announced, with the account and not without it."""

from __future__ import annotations

import pytest

from casino.outbox.enums import FactName
from casino.outbox.models import Fact
from casino.outbox.selectors.facts import facts_after
from players.accounts.errors import RegistrationRefused
from players.models import Player
from tests.accounts.cast import brand_with_terms, register

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_registration_is_announced_once_without_anything_personal() -> None:
    brand_with_terms()
    player = register().player
    (fact,) = facts_after()
    assert (fact.name, fact.key, fact.player_id) == (FactName.PLAYER_REGISTERED, player.public_id, player.pk)
    assert fact.payload == {"brand": player.brand.code, "country": player.country, "currency": player.currency}


def test_a_refused_registration_announces_nothing() -> None:
    brand_with_terms()
    register()
    with pytest.raises(RegistrationRefused):  # the same person again
        register()
    assert Fact.objects.count() == Player.objects.count() == 1
