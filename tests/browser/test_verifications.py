"""Documents and verifications in every look, and a file beside the data on record."""

from __future__ import annotations

import pytest

from compliance.kyc.models import KycState
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.kyc.cast import alice_make, sent

pytestmark = pytest.mark.django_db(transaction=True)


def walk(signed_in: SignedIn, role: str, screens: dict[str, str]) -> None:
    page = signed_in(role).page
    for name, address in screens.items():
        page.goto(f"/admin/{address}")
        for look in looks_of(page, name):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"


def test_documents_and_verifications(server: str, signed_in: SignedIn) -> None:
    paper = sent(alice_make(), name="a_rather_long_name_of_a_photograph_of_my_passport_taken_on_the_kitchen_table.png")
    state = KycState.objects.get(player=paper.player_id)
    walk(signed_in, "kyc", {
        "kyc-documents": "kyc/document/",
        "kyc-document": f"kyc/document/{paper.pk}/change/",
        "kyc-open": f"kyc/document/{paper.pk}/open_file/",
        "kyc-accept": f"kyc/document/{paper.pk}/accept/",
        "kyc-reject": f"kyc/document/{paper.pk}/reject/",
        "kyc-verifications": "kyc/kycstate/",
        "kyc-verification": f"kyc/kycstate/{state.pk}/change/",
        "kyc-verify": f"kyc/kycstate/{state.pk}/verify/",
    })  # fmt: skip


def test_a_file_beside_the_data_on_record(server: str, signed_in: SignedIn) -> None:
    paper = sent(alice_make())
    page = signed_in("kyc").page
    page.goto(f"/admin/kyc/document/{paper.pk}/open_file/")
    page.get_by_label("What for").fill("Case KYC-1")
    page.get_by_role("button", name="Open").click()
    page.get_by_text("Alice Borg").first.wait_for()
    assert_accessible(page, "an opened file")
    assert fits(page)
