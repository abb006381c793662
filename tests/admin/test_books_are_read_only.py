from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin.conftest import House
from tests.admin.screens import address, books, name_of, screens
from tests.signin.session import sign_in

MONEY = {
    "wallet_account", "wallet_transaction", "wallet_hold", "wallet_seal", "wallet_fxrate", "play_leg", "play_round",
}  # fmt: skip


def test_every_book_of_money_is_a_book() -> None:
    assert {name_of(screen) for screen in books()} >= MONEY


@pytest.mark.parametrize("screen", books(), ids=name_of)
def test_a_book_refuses_to_be_written_by_any_address(screen: Any, office: Client, house: House) -> None:
    row = screen.model.objects.order_by("pk").first()
    key = row.pk if row is not None else 1
    assert office.get(address(screen, "add")).status_code == 403
    assert office.post(address(screen, "add"), {}).status_code == 403
    assert office.post(address(screen, "changelist"), {"action": "delete_selected"}).status_code in {200, 302}
    if row is None:
        return
    before = screen.model.objects.count()
    assert office.post(address(screen, "change", key), {"amount": "1"}).status_code == 403
    assert office.get(address(screen, "delete", key)).status_code == 403
    assert office.post(address(screen, "delete", key), {"post": "yes"}).status_code == 403
    assert screen.model.objects.count() == before


@pytest.mark.parametrize("screen", screens(), ids=name_of)
def test_nothing_of_ours_can_be_deleted_by_hand(screen: Any, office: Client, house: House) -> None:
    row = screen.model.objects.order_by("pk").first()
    assert b"delete_selected" not in office.get(address(screen, "changelist")).content
    if row is not None:
        assert office.post(address(screen, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_staff_member_without_rights_sees_no_money(house: House, django_user_model: Any) -> None:
    client = Client()
    sign_in(client, django_user_model.objects.create_user("dora", is_staff=True))
    for screen in books():
        assert client.get(address(screen, "changelist")).status_code == 403
    assert client.get("/admin/wallet/transaction/answers/").status_code == 403
    assert client.get("/admin/play/round/open/").status_code == 403


def test_nobody_enters_without_signing_in(db: None) -> None:
    assert Client().get("/admin/wallet/transaction/").status_code == 302
    assert Client().get("/").headers["Location"] == "/admin/"
