"""One person who registers twice at the same instant gets one account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from casino.entrance.services import registration
from casino.entrance.services.likeness import likeness_of
from players.accounts.errors import RegistrationRefused
from players.models import Player
from tests.accounts.cast import ALICE, brand_with_terms, register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two_brands() -> None:
    brand_with_terms("aurora", group="north")
    brand_with_terms("borealis", group="north")


def _both() -> list[str]:
    start = Barrier(2)

    def apply(brand: str, email: str) -> str:
        try:
            start.wait(10)
            register(replace(ALICE, email=email), brand=brand)
        except RegistrationRefused:
            return "refused"
        except IntegrityError:
            return "broken"
        finally:
            connection.close()
        return "opened"

    with ThreadPoolExecutor(2) as pool:
        found = pool.map(apply, ("aurora", "borealis"), ("a@mail.example", "b@mail.example"))
        return sorted(found)


def test_two_applications_of_one_person_in_two_brands_open_one_account() -> None:
    for _ in range(3):
        before = Player.objects.count()
        assert _both() in (["opened", "refused"], ["refused", "refused"])
        assert Player.objects.count() - before <= 1
    assert Player.objects.count() == 1


def test_without_the_lock_both_would_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the race is real."""
    both_looked = Barrier(2, timeout=10)
    looked = likeness_of

    def slowly(**facts: object) -> object:
        found = looked(**facts)  # type: ignore[arg-type]
        both_looked.wait()
        return found

    monkeypatch.setattr(registration, "identities_lock", lambda _digests: None)
    monkeypatch.setattr(registration, "likeness_of", slowly)
    assert _both() == ["opened", "opened"]
