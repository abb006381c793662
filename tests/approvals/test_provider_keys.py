"""Keys and allow-lists of providers: two people, and a secret that one of them sees, once."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from casino.games.approval_kinds import (
    ISSUE,
    NETWORKS,
    RETIRE,
    key_issue_payload,
    key_retire_payload,
    networks_payload,
)
from casino.games.errors import (
    KeyRetiredAlready,
    KeySlotsTaken,
    NetworkNotUnderstood,
    SecretNotYours,
    SecretShownAlready,
    SecretTooLate,
)
from casino.games.models import KeyHandover, Provider, ProviderKey
from casino.games.services.provider_keys import key_collect
from common.field_secrets import secret_open
from compliance.approvals.errors import MakerGone, NotAllowed, NothingToChange
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.approvals.types import Payload
from compliance.audit.models import AuditEvent
from compliance.staff.models import StaffUser
from tests.approvals.conftest import FourEyes, actor
from tests.factories import provider_make
from tests.signin.session import signed_in_client
from tests.staff import staff_member


class Keys:
    """Gina (games) asks, Adam (administrator) agrees."""

    def __init__(self) -> None:
        self.four = FourEyes()
        self.provider = provider_make()
        self.gina = staff_member("games", username="gina")
        self.adam = staff_member("administrator", username="adam")
        self.now = self.four.now

    def propose(self, kind: str, payload: Payload) -> Approval:
        return approval_propose(kind=kind, payload=payload, reason="rotation", actor=actor(self.gina), now=self.now)

    def approve(self, approval: Approval) -> Approval:
        return approval_approve(approval_id=approval.pk, reason="agreed", actor=actor(self.adam), now=self.now)

    def issue(self) -> ProviderKey:
        done = self.approve(self.propose(ISSUE, key_issue_payload(provider=self.provider)))
        return ProviderKey.objects.get(pk=int(done.result.partition(":")[2]))


@pytest.fixture
def keys(db: None) -> Keys:
    return Keys()


def secret_on(client: Client, key: ProviderKey) -> str:
    answer = client.post(f"/admin/games/providerkey/{key.pk}/secret/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    found = re.search(r'id="secret"[^>]*value="([A-Za-z0-9_-]{43})"', answer.content.decode())
    assert found is not None
    return found.group(1)


def test_a_key_is_issued_by_two_people_and_its_secret_seen_by_one_once(
    keys: Keys, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    approval = keys.propose(ISSUE, key_issue_payload(provider=keys.provider))
    assert ProviderKey.objects.count() == 1, "nothing is made before it is approved"
    keys.approve(approval)
    key = ProviderKey.objects.get(slot=2)
    secret = secret_open(bytes(key.secret_encrypted))
    for stranger in (keys.adam, staff_member("games"), staff_member("administrator")):
        with pytest.raises(SecretNotYours):
            key_collect(key_id=key.pk, actor=actor(stranger), now=keys.now)
    with caplog.at_level(logging.DEBUG):
        assert secret_on(signed_in_client(keys.gina), key) == secret
    again = signed_in_client(keys.gina).post(f"/admin/games/providerkey/{key.pk}/secret/")
    assert again.status_code == 422
    assert "never shown again" in again.content.decode()
    printed = capsys.readouterr()
    kept = [session.get_decoded() for session in Session.objects.all()]
    logged = list(LogEntry.objects.values_list("change_message", "object_repr"))
    assert secret not in f"{caplog.text}{printed.out}{printed.err}{kept}{logged}"


def test_no_table_holds_the_secret_as_text(keys: Keys) -> None:
    key = keys.issue()
    secret = secret_open(bytes(key.secret_encrypted))
    key_collect(key_id=key.pk, actor=actor(keys.gina), now=keys.now)
    tables = ("approvals_approval", "approvals_approvaldecision", "audit_auditevent", "games_providerkey",
              "games_keyhandover", "games_providerkeyhistory")  # fmt: skip
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{secret}%"])
            assert cursor.fetchone() == (0,), table


def test_the_page_of_the_key_offers_the_secret_to_its_receiver_alone(keys: Keys) -> None:
    key = keys.issue()
    address = f"/admin/games/providerkey/{key.pk}"
    for person, offered in ((keys.gina, True), (keys.adam, False)):
        text = signed_in_client(person).get(f"{address}/change/").content.decode()
        assert (f"{address}/secret/" in text) is offered
        assert "waits for gina" in text
        assert secret_open(bytes(key.secret_encrypted)) not in text
    assert signed_in_client(keys.adam).post(f"{address}/secret/").status_code == 403
    shown = AuditEvent.objects.filter(name="games:key:secret_shown")
    assert not shown.exists()
    secret_on(signed_in_client(keys.gina), key)
    assert shown.get().actor == actor(keys.gina)
    assert f"{address}/secret/" not in signed_in_client(keys.gina).get(f"{address}/change/").content.decode()


def test_a_secret_that_nobody_collected_in_a_day_is_lost(keys: Keys) -> None:
    key = keys.issue()
    with pytest.raises(SecretTooLate):
        key_collect(key_id=key.pk, actor=actor(keys.gina), now=keys.now + timedelta(hours=24))
    assert KeyHandover.objects.get(key=key).shown_at is None


def test_a_secret_is_shown_once_by_the_service_too(keys: Keys) -> None:
    key = keys.issue()
    shown = key_collect(key_id=key.pk, actor=actor(keys.gina), now=keys.now)
    assert shown.secret not in repr(shown)
    with pytest.raises(SecretShownAlready):
        key_collect(key_id=key.pk, actor=actor(keys.gina), now=keys.now)


def test_a_third_active_key_is_not_proposed_and_a_late_one_is_refused(keys: Keys) -> None:
    first = keys.propose(ISSUE, key_issue_payload(provider=keys.provider))
    second = keys.propose(ISSUE, key_issue_payload(provider=keys.provider))
    assert keys.approve(first).state == "executed"
    assert keys.approve(second).state == "refused_state_changed"
    with pytest.raises(KeySlotsTaken):
        key_issue_payload(provider=keys.provider)


def test_a_key_is_retired_by_two_people_and_the_last_one_asks_for_a_second_look(keys: Keys) -> None:
    key = ProviderKey.objects.get()
    approval = keys.propose(RETIRE, key_retire_payload(key=key))
    lines = {line["name"]: (line["after"], line["alarm"]) for line in approval.consequences}
    assert lines["Calls of the provider"] == ("all refused: no key is left", True)
    keys.approve(approval)
    key.refresh_from_db()
    assert key.retired_at == keys.now
    with pytest.raises(KeyRetiredAlready):
        key_retire_payload(key=key)


def test_an_allow_list_changes_by_two_people_and_tells_what_it_admits(keys: Keys) -> None:
    payload = networks_payload(provider=keys.provider, text="192.0.2.0/24\n10.0.0.0/8")
    approval = keys.propose(NETWORKS, payload)
    lines = {line["name"]: (line["after"], line["alarm"]) for line in approval.consequences}
    assert lines["Admits 192.0.2.0/24"] == ("yes, 256 addresses", False)
    assert lines["Admits 10.0.0.0/8"] == ("yes, 16,777,216 addresses", True)
    assert Provider.objects.get().allowed_networks == []
    keys.approve(approval)
    assert Provider.objects.get().allowed_networks == ["192.0.2.0/24", "10.0.0.0/8"]
    with pytest.raises(NothingToChange):
        networks_payload(provider=Provider.objects.get(), text="192.0.2.0/24 10.0.0.0/8")


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0", "10.0.0.1/8", "provider.example", "1.2.3", "٢.0.0.1"])
def test_a_network_that_is_none_is_not_proposed(keys: Keys, text: str) -> None:
    with pytest.raises(NetworkNotUnderstood):
        networks_payload(provider=keys.provider, text=text)


@pytest.mark.parametrize("role", ["support", "finance", "payments", "risk", "auditor", "games"])
def test_who_may_not_approve_keys_does_not(keys: Keys, role: str) -> None:
    approval = keys.propose(ISSUE, key_issue_payload(provider=keys.provider))
    with pytest.raises(NotAllowed):
        approval_approve(approval_id=approval.pk, reason="x", actor=actor(staff_member(role)), now=keys.now)
    near = staff_member("administrator", brands=[keys.four.alice.brand_id])
    with pytest.raises(NotAllowed):
        approval_approve(approval_id=approval.pk, reason="x", actor=actor(near), now=keys.now)


def post_twice(client: Client, address: str, form: dict[str, str]) -> Any:
    shown = client.post(address, form)
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    assert found is not None, shown.content.decode()[:2000]
    return client.post(address, form | {"seen": found.group(1)})


def test_the_screens_propose_and_no_screen_does_it_alone(keys: Keys) -> None:
    client, key = signed_in_client(keys.gina), ProviderKey.objects.get()
    page = f"/admin/games/provider/{keys.provider.pk}"
    post_twice(client, f"{page}/issue-key/", {"reason": "rotation"})
    post_twice(client, f"{page}/allow-list/", {"networks": "192.0.2.0/24", "reason": "their new office"})
    post_twice(client, f"/admin/games/providerkey/{key.pk}/retire/", {"reason": "leaked"})
    assert list(Approval.objects.order_by("pk").values_list("kind", flat=True)) == [ISSUE, NETWORKS, RETIRE]
    assert ProviderKey.objects.filter(retired_at=None).count() == 1
    terms = {"name": "Other", "protocol": "wallet_v1", "enabled": "on", "rate_limit": "5", "min_stake": "",
             "max_stake": "", "allowed_networks": "203.0.113.0/24"}  # fmt: skip
    assert client.post(f"{page}/change/", terms).status_code == 302
    provider = Provider.objects.get()
    assert (provider.name, provider.allowed_networks) == ("Other", []), "the form does not take an allow-list"
    bad = client.post(f"{page}/allow-list/", {"networks": "0.0.0.0/0", "reason": "x"})
    assert bad.status_code == 422
    assert "whole internet" in bad.content.decode()
    assert "0.0.0.0/0" in bad.content.decode(), "nothing typed is lost"


def test_the_form_of_the_allow_list_begins_with_the_list_in_force(keys: Keys) -> None:
    Provider.objects.update(allowed_networks=["192.0.2.0/24", "198.51.100.7/32"])
    text = signed_in_client(keys.gina).get(f"/admin/games/provider/{keys.provider.pk}/allow-list/").content.decode()
    assert "192.0.2.0/24\n198.51.100.7/32" in text


def test_what_was_proposed_by_somebody_switched_off_by_now_is_not_carried_out(keys: Keys) -> None:
    approval = keys.propose(ISSUE, key_issue_payload(provider=keys.provider))
    StaffUser.objects.filter(pk=keys.gina.pk).update(is_active=False)
    with pytest.raises(MakerGone):
        keys.approve(approval)
    assert ProviderKey.objects.count() == 1
