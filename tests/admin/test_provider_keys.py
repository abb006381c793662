from __future__ import annotations

import logging
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from casino.games.errors import KeyRetiredAlready, KeySlotsTaken
from casino.games.models import ProviderKey
from casino.games.services.provider_keys import key_issue, key_retire
from common.clock import utc_now
from common.field_secrets import secret_open
from tests.admin.conftest import House


def issue(office: Client, house: House) -> str:
    answer = office.post(f"/admin/games/provider/{house.provider.pk}/issue-key/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    found = re.search(r'id="secret"[^>]*value="([A-Za-z0-9_-]{43})"', answer.content.decode())
    assert found is not None
    return found.group(1)


def test_the_secret_is_shown_once_and_kept_only_encrypted(
    office: Client, house: House, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        secret = issue(office, house)
    key = ProviderKey.objects.get(slot=2)
    assert secret_open(bytes(key.secret_encrypted)) == secret
    assert secret.encode() not in bytes(key.secret_encrypted)
    for page in (
        f"games/provider/{house.provider.pk}/change",
        f"games/providerkey/{key.pk}/change",
        "games/providerkey",
    ):
        assert secret not in office.get(f"/admin/{page}/").content.decode()
    printed = capsys.readouterr()
    assert secret not in caplog.text + printed.out + printed.err
    assert secret not in str([session.get_decoded() for session in Session.objects.all()])
    assert secret not in str(list(LogEntry.objects.values_list("change_message", "object_repr")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM games_providerkey k WHERE k::text LIKE %s", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)


def test_a_third_active_key_is_refused_until_one_is_retired(office: Client, house: House) -> None:
    issue(office, house)
    refused = office.post(f"/admin/games/provider/{house.provider.pk}/issue-key/")
    assert refused.status_code == 422
    assert "retire one before" in refused.content.decode()
    first = ProviderKey.objects.get(slot=1)
    done = office.post(f"/admin/games/providerkey/{first.pk}/retire/", follow=True)
    assert "is retired" in done.content.decode()
    issue(office, house)
    assert sorted(ProviderKey.objects.filter(retired_at=None).values_list("slot", flat=True)) == [1, 2]
    assert ProviderKey.objects.count() == 3


def test_a_key_is_issued_into_the_free_place_and_retired_once(house: House) -> None:
    now = utc_now()
    made = key_issue(provider_id=house.provider.pk, actor="staff:1", now=now)
    assert made.key.slot == 2
    assert made.secret not in repr(made)
    with pytest.raises(KeySlotsTaken):
        key_issue(provider_id=house.provider.pk, actor="staff:1", now=now)
    assert key_retire(key_id=made.key.pk, actor="staff:1", now=now).retired_at == now
    with pytest.raises(KeyRetiredAlready):
        key_retire(key_id=made.key.pk, actor="staff:1", now=now)


def test_the_last_key_says_what_its_retirement_means(office: Client, house: House) -> None:
    key = ProviderKey.objects.get()
    assert "only active key" in office.get(f"/admin/games/providerkey/{key.pk}/retire/").content.decode()
