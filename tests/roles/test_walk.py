"""Every page and every action, as every role: open to exactly the roles whose seed says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from compliance.audit.history import histories
from compliance.audit.models import AuditEvent
from compliance.staff.models import Role, RoleGrant, StaffUser
from compliance.staff.roles import ROLES, RoleSeed
from tests.roles.conftest import SignedIn
from tests.roles.furnished import Furnished
from tests.roles.pages import ANYBODY, ELSEWHERE, opens, page_names, right_of, right_to_send, screens

OPEN = {200, 302, 405, 422}
ALL_PAGES = [name for name in page_names() if name not in ELSEWHERE]
PAGES = {name: right for name in ALL_PAGES if (right := right_of(name)) is not None}
FORM = {
    "reason": "because", "note": "because", "purpose": "dispute", "name": "Stolen", "title": "Stolen", "code": "stolen",
    "jurisdiction": "SE", "enabled": "on", "status": "disabled", "kind": "large_win", "value": "1", "colour": "red",
    "meaning": "x", "first_name": "Mallory", "last_name": "M", "email": "m@example.org", "role": "administrator",
    "username": "stolen", "personnel_number": "P-666", "body": "x", "direction": "credit", "amount": "1", "post": "yes",
    "action": "delete_selected", "full_name": "Mallory",
}  # fmt: skip
USUAL = ("_changelist", "_change", "_history", "_add", "_delete")
BY_POST = {
    "staff_role_matrix_export", "staff_role_holders_export", "overview:filter-save", "overview:filter-delete",
    "policy_policyrow_in_force_export",
}  # fmt: skip


def key_of(name: str, house: Furnished) -> object:
    """The key of a row for a page of a screen."""
    corner = house.mt
    rows: dict[str, Any] = {
        "players_brand": corner.brand.pk, "players_player": corner.player.pk, "wallet_account": corner.account.pk,
        "wallet_transaction": corner.bet, "wallet_hold": corner.hold.pk, "play_round": corner.round.pk,
        "play_leg": corner.bet, "play_gamesession": corner.session.pk, "personal_reveal": corner.reveal.pk,
        "compliance_restriction": corner.restriction.pk, "approvals_approval": corner.approval.pk,
        "calls_providercall": corner.call.pk, "staff_role": Role.objects.get(code="support").pk,
        "staff_rolegrant": RoleGrant.objects.order_by("pk")[0].pk, "staff_staffuser": house.maker.pk,
        "games_stop": corner.stop.pk, **{f"accounts_{model}": key for model, key in corner.accounts.items()},
        **{path.replace("/", "_"): key for path, key in (corner.gate | corner.transfers).items()},
        **{f"limits_{model}": key for model, key in corner.limits.items()}, "exclusions_exclusion": corner.exclusion.pk,
        "exclusions_returnrequest": corner.wish.pk, "register_registerlookup": corner.lookup.pk,
        "kyc_kycstate": corner.verification.pk, "kyc_document": corner.document.pk,
        **corner.withdrawals,
    }  # fmt: skip
    screen = next(known for known in sorted(screens(), key=len, reverse=True) if name.startswith(f"{known}_"))
    if screen in rows:
        return rows[screen]
    model = next(m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == screen)
    row = model._default_manager.order_by("pk").first()
    return 1 if row is None else row.pk


def address_of(name: str, house: Furnished) -> str:
    special: dict[str, list[Any]] = {
        "overview:note-write": [house.mt.player.pk], "overview:note-correct": [house.mt.note.pk],
        "overview:tag-put": [house.mt.player.pk], "overview:tag-remove": [house.mt.player.pk, house.tag.pk],
        "overview:sessions-end": [house.mt.player.pk], "overview:filter-delete": [1],
        "approvals_approval_adjust": ["credit", house.mt.player.pk],
        "catalogue:report": ["deposits"], "catalogue:view-save": ["deposits"], "catalogue:view-delete": ["deposits", 1],
        "monitoring_alert_runbook": ["balance-differs"],
    }  # fmt: skip
    full = name if name.startswith(("overview:", "catalogue:", "dashboards:")) else f"admin:{name}"
    if name in special:
        return reverse(full, args=special[name])
    try:
        return reverse(full)
    except NoReverseMatch:
        return reverse(full, args=[key_of(name, house)])


def verdict(client: Client, name: str, address: str) -> int:
    # As a program, which is told in few words: the page for people would be half of the walk.
    accept = {"accept": "application/json"}
    if name in BY_POST:
        return client.post(address, {}, headers=accept).status_code
    return client.get(address, headers=accept).status_code


def test_somebody_told_which_right_opens_each_page() -> None:
    untold = sorted(set(ALL_PAGES) - set(PAGES))
    assert untold == [], "say in tests/roles/pages.py which right opens them"
    assert len(PAGES) > 150


@pytest.mark.parametrize("seed", ROLES, ids=lambda seed: seed.code)
def test_a_role_opens_exactly_what_the_matrix_says(seed: RoleSeed, house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in(seed.code)
    wrong = []
    for name, right in PAGES.items():
        expected = opens(name, right, frozenset(seed.permissions))
        found = verdict(client, name, address_of(name, house))
        if right == ANYBODY and found in OPEN | {404}:
            continue
        if (found in OPEN) != expected or found not in OPEN | {403, 404}:
            wrong.append(f"{name}: {found}, expected {'open' if expected else 'refused'} ({right})")
    assert not wrong, "\n".join(wrong)


def test_somebody_without_a_role_opens_nothing_but_the_first_page(house: Furnished) -> None:
    from tests.signin.session import sign_in
    from tests.staff import somebody_without_a_role

    client = sign_in(Client(), somebody_without_a_role())
    for name, right in PAGES.items():
        if right != ANYBODY:
            assert verdict(client, name, address_of(name, house)) == 403, name


def test_a_refused_page_is_told_to_the_audit_trail(house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("affiliates")
    address = address_of("wallet_transaction_change", house)
    assert client.get(address).status_code == 403
    told = AuditEvent.objects.get(name="staff:access:refused")
    assert told.subject == f"admin.page:{address}"
    assert told.outcome == "refused"
    assert told.reason == "without the right"
    assert told.actor == f"staff:{StaffUser.objects.latest('pk').pk}"


@pytest.mark.parametrize("seed", ROLES, ids=lambda seed: seed.code)
def test_a_form_sent_without_the_right_is_refused_and_nothing_happens(
    seed: RoleSeed, house: Furnished, signed_in: SignedIn
) -> None:
    client, held, before = signed_in(seed.code), frozenset(seed.permissions), what_happened()
    wrong = []
    for name, right in PAGES.items():
        needed = right_to_send(name, right)
        if needed == ANYBODY or (opens(name, right, held) and needed in held) or name.endswith("_history"):
            continue
        found = client.post(address_of(name, house), FORM, headers={"accept": "application/json"}).status_code
        if found not in {403, 404}:
            wrong.append(f"{name}: {found} ({needed})")
    assert not wrong, "\n".join(wrong)
    assert what_happened() == before


@pytest.mark.parametrize("seed", ROLES, ids=lambda seed: seed.code)
def test_a_form_of_an_action_is_taken_from_whoever_has_the_right(
    seed: RoleSeed, house: Furnished, signed_in: SignedIn
) -> None:
    """Sent empty, so that most are only told what is missing: the right is asked before the form is read."""
    client, held = signed_in(seed.code), frozenset(seed.permissions)
    taken, wrong = 0, []
    for name, right in PAGES.items():
        if name.endswith(USUAL) or right not in held or not opens(name, right, held):
            continue
        found = client.post(address_of(name, house), {}).status_code
        taken += 1
        if found not in OPEN:
            wrong.append(f"{name}: {found} ({right})")
    assert not wrong, "\n".join(wrong)
    assert taken or seed.code == "affiliates"


def what_happened() -> tuple[int, int]:
    """How many events but refusals the trail holds, and how many changes of rows all histories do."""
    told = AuditEvent.objects.exclude(name="staff:access:refused").count()
    return told, sum(history.rows._default_manager.count() for history in histories())
