from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django.fixtures import Settings

from compliance.signin.models import FormerPassword
from compliance.signin.validators import is_breached
from compliance.staff.models import StaffUser
from tests.signin.people import MORNING, is_inside, told, walk_in
from tests.staff import PASSWORD

PAGE = "/account/password/"


def refusal(password: str, person: StaffUser | None = None) -> str:
    try:
        validate_password(password, person)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short 1 pass", ""),
        ("eleven char1", ""),
        ("elevenchar1", "at least 12"),
        ("only letters in here", "letters and digits"),
        ("123456789012345", "letters and digits"),
        ("Password2026!", "attackers"),
        ("p@ssw0rd12345", "attackers"),
        ("!!qwertyuiop99", "attackers"),
        ("Liverpool1234", "attackers"),
        ("abcabcabcabc1", "attackers"),
        ("carol-the-great-1", "too similar"),
        ("häuser im regen 7", ""),
        ("correct horse battery 9", ""),
    ],
)
def test_passwords_are_long_mixed_and_unknown_to_attackers(password: str, why: str) -> None:
    person = StaffUser(username="carol-the-great")
    found = refusal(password, person)
    assert (why in found) if why else not found, found


@pytest.mark.parametrize("count", [1, 2, 3, 500])
def test_a_file_of_breached_passwords_is_searched_without_reading_it_whole(
    count: int, tmp_path: Path, settings: Settings
) -> None:
    known = [f"breached password {number}" for number in range(count)]
    digests = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in known)  # noqa: S324 - its format
    file = tmp_path / "pwned.txt"
    file.write_text("".join(f"{digest}:{len(digest) * 7}\r\n" for digest in digests))
    settings.BREACHED_PASSWORDS_FILE = str(file)
    assert all(is_breached(word) for word in known)
    assert not any(is_breached(f"unbroken {number}") for number in range(50))
    assert "attackers" in refusal(known[0])


def change(client: Client, old: str, new: str) -> str:
    cache.clear()  # five a minute are allowed
    answer = client.post(PAGE, {"oldpassword": old, "password1": new, "password2": new})
    return "changed" if answer.status_code == 302 else answer.content.decode()


def test_none_of_the_last_four_passwords_comes_back(carol: StaffUser) -> None:
    client = Client()
    walk_in(client, carol)
    words = [PASSWORD, *(f"quite another word {number}" for number in range(1, 6))]
    for old, new in pairwise(words[:4]):
        assert change(client, old, new) == "changed"
    for former in words[:4]:
        assert "had this password before" in change(client, words[3], former)
    assert change(client, words[3], words[4]) == "changed"
    assert change(client, words[4], words[0]) == "changed", "the fifth before may"
    assert FormerPassword.objects.filter(staff=carol).count() == 6


def test_a_changed_password_ends_the_other_sessions_and_stands_in_the_trail(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        here, there = Client(), Client()
        walk_in(there, carol)
        clock.shift(timedelta(seconds=31))
        walk_in(here, carol)
        assert change(here, PASSWORD, "quite another word 1") == "changed"
        assert is_inside(here)
        assert not is_inside(there)
        (event,) = told("staff:password:changed")
        assert (event.actor, event.before, event.after) == (f"staff:{carol.pk}", None, None)


def test_the_present_password_is_asked_and_the_new_one_twice(carol: StaffUser) -> None:
    client = Client()
    walk_in(client, carol)
    assert "type your current password" in change(client, "wrong", "quite another word 1")
    answer = client.post(PAGE, {"oldpassword": PASSWORD, "password1": "quite another word 1", "password2": "x"})
    assert "same password" in answer.content.decode()
    assert not told("staff:password:changed")
