"""Two people who name a tag in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction

from common.clock import utc_now
from players.notes.enums import TagColour
from players.notes.errors import TagTaken
from players.notes.models import Tag
from players.notes.services.tags import tag_change, tag_define
from tests.waiting import Owner, begun_behind

pytestmark = pytest.mark.django_db(transaction=True)


def define(name: str) -> Tag:
    return tag_define(name=name, colour=TagColour.GREY, meaning="for a test", actor="staff:1", now=utc_now())


def refused(name: str, tag: Tag | None = None) -> bool:
    """Whether the name was taken; with a tag, for its new name."""
    try:
        if tag is None:
            define(name)
        else:
            tag_change(
                tag_id=tag.pk, name=name, colour=TagColour.GREY, meaning="x", retired=False, actor="staff:2",
                now=utc_now(),
            )  # fmt: skip
    except TagTaken:
        return True
    return False


@pytest.mark.parametrize("spelling", ["VIP", "vip"])
def test_one_name_is_given_once_in_the_same_moment_in_whatever_capitals(spelling: str, owner_connection: Owner) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            define("VIP")
            other = begun_behind(pool, owner_connection, lambda: refused(spelling))
        assert other.result()
    assert [tag.name for tag in Tag.objects.all()] == ["VIP"]


def test_a_tag_renamed_in_that_moment_is_told_the_same(owner_connection: Owner) -> None:
    old = define("Old")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            define("VIP")
            other = begun_behind(pool, owner_connection, lambda: refused("VIP", old))
        assert other.result()
    assert {tag.name for tag in Tag.objects.all()} == {"Old", "VIP"}
