"""docs/approvals.md: its tables tell what is in force, and its example is walked."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.approvals.errors import MakerDecides
from compliance.approvals.kinds.adjustment_reasons import REASONS
from compliance.approvals.kinds.worth import worded_base
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kinds
from tests.approvals.conftest import FourEyes
from tests.approvals.test_adjustments import booked, house_of
from tests.staff import staff_member

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "approvals.md").read_text()


def test_the_document_lists_every_kind_with_its_rights_and_figures() -> None:
    rows = re.findall(
        r"^\| `([a-z_]+)` \| .* \| `([a-z._]+)`.* \| `([a-z._]+)` \| (.*) \| (.*) \|$", DOCUMENT, re.MULTILINE
    )
    told = {code: (propose, approve, third, life) for code, propose, approve, third, life in rows}
    in_force = {}
    for kind in approval_kinds():
        amount = kind.third_person_from
        third = "–" if amount is None else f"from {worded_base(amount).replace('.00', '')}"
        life = f"{kind.life.total_seconds() / 3600:.0f} h"
        in_force[kind.code] = (kind.propose_permission, kind.approve_permission, third, life)
    assert told == in_force


def test_the_document_lists_every_reason_with_its_flags() -> None:
    rows = re.findall(r"^\| ([A-Z][a-z ]+) \| `([a-z]+)` \|" + r" (yes|no) \|" * 5, DOCUMENT, re.MULTILINE)
    told = {code: (title, *(flag == "yes" for flag in flags)) for title, code, *flags in rows}
    assert told == {r.code: (r.title, r.credit, r.debit, r.in_ngr, r.in_affiliate, r.taxed) for r in REASONS.values()}


def test_the_worked_example(four: FourEyes) -> None:
    def standing() -> tuple[Decimal, Decimal]:
        spent = house_of("correction") if Approval.objects.filter(state="executed").exists() else Decimal(0)
        return four.real(), spent

    first = four.propose("1500")
    shown = {line["name"]: (line["before"], line["after"]) for line in first.consequences}
    assert shown["Real money"] == shown["Liability to the player"] == ("100.00 EUR", "1,600.00 EUR")
    assert shown["Net gaming revenue"] == ("–", "−1,500.00 EUR")
    assert shown["Limit: the maker's largest adjustment"] == ("2,000.00 EUR", "1,500.00 EUR of it")
    assert shown["Limit: a third person is needed"] == ("from 1,000.00 EUR", "needed")
    second_account = staff_member("finance", username="carol-2", personnel_number=four.carol.personnel_number)
    with pytest.raises(MakerDecides):
        four.approve(first, second_account)
    assert four.approve(first, four.dora) == "approved_once"
    assert standing() == (Decimal(100), Decimal(0))
    four.deposit("7")
    assert four.approve(first, four.erik) == "refused_state_changed"
    assert first.decisions.latest("pk").reason == "Real money: 100.00 EUR, now 107.00 EUR"
    again = four.propose("1500")
    assert four.approve(again, four.dora) == "approved_once"
    assert standing() == (Decimal(107), Decimal(0))
    assert four.approve(again, four.erik) == "executed"
    assert standing() == (Decimal(1607), Decimal(-1500))
    transaction = booked(again)
    assert (transaction.actor, transaction.reference) == (f"staff:{four.carol.pk}", f"approval:{again.pk}")
