from __future__ import annotations

import pytest
from django.test import Client

from compliance.staff.models import Role, StaffUser
from tests.signin.people import told
from tests.signin.session import signed_in_client
from tests.staff import also_has_role, staff_member

OFFICE = "203.0.113.7"
HOME = "198.51.100.4"


@pytest.fixture
def kate() -> StaffUser:
    Role.objects.filter(code="finance").update(allowed_networks=["203.0.113.0/24", "2001:db8::/32"])
    return staff_member("finance", username="kate")


def at(person: StaffUser, address: str) -> Client:
    return signed_in_client(person, REMOTE_ADDR=address)


@pytest.mark.parametrize("address", [OFFICE, "2001:db8::1", "::ffff:203.0.113.9"])
def test_a_role_counts_from_its_networks(address: str, kate: StaffUser) -> None:
    assert at(kate, address).get("/admin/wallet/transaction/").status_code == 200


def test_whose_only_role_counts_elsewhere_is_told_so_and_the_trail_knows(kate: StaffUser) -> None:
    client = at(kate, HOME)
    for page in ("/admin/", "/admin/wallet/transaction/"):
        answer = client.get(page)
        assert answer.status_code == 403
        assert "certain networks" in answer.content.decode()
    assert told("staff:network:refused")[0].subject == f"staff.staffuser:{kate.pk}"
    assert client.post("/admin/logout/").status_code == 302


def test_another_role_goes_on_without_the_rights_of_the_first(kate: StaffUser) -> None:
    also_has_role(kate, "games")
    client = at(kate, HOME)
    assert client.get("/admin/games/game/").status_code == 200
    assert client.get("/admin/wallet/transaction/").status_code == 403
    assert at(kate, OFFICE).get("/admin/wallet/transaction/").status_code == 200


def test_an_address_can_not_be_claimed_by_a_header(kate: StaffUser) -> None:
    client = at(kate, HOME)
    assert client.get("/admin/", headers={"X-Forwarded-For": OFFICE}).status_code == 403
