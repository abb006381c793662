"""Where nothing is, or nothing for somebody: one clear line in the frame of the back office, and a way on."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.admin.conftest import House
from tests.admin.office import office_of

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "address",
    ["/admin/no/such/page/", "/admin/players/player/999999/change/", f"/admin/{SCRIPT}/", "/account/nothing/"],
)
def test_what_is_not_there_is_told_with_a_way_on(address: str, office: Client) -> None:
    answer = office.get(address)
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "does not exist, or not for your roles" in text
    assert "To the dashboard" in text
    assert 'id="nav-sidebar"' in text
    assert SCRIPT not in text


def test_a_page_without_the_right_says_so_in_the_frame(house: House) -> None:
    answer = office_of("support").get("/admin/wallet/seal/")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "ask an administrator for the role" in text
    assert "Players" in text
    assert "Seals" not in text


def test_nobody_signed_in_sees_no_side_bar(client: Client) -> None:
    answer = client.get("/account/nothing/")
    assert answer.status_code == 404
    assert 'id="nav-sidebar"' not in answer.content.decode()


def test_programs_get_few_words(client: Client) -> None:
    answer = client.get("/no/such/thing")
    assert answer.status_code == 404
    assert len(answer.content) < 500


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00", "nonsense", SCRIPT])
def test_a_time_line_of_no_moment_is_of_now_and_says_so(until: str, office: Client, house: House) -> None:
    answer = office.get(f"/admin/players/player/{house.alice.pk}/history/?until={until}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This is no date and time" in text
    assert SCRIPT not in text
    assert "This is no date" not in office.get(f"/admin/players/player/{house.alice.pk}/history/").content.decode()
