"""Each vendor's own message at the webhook: kept with its verdict, answered as the vendor wants, counted once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from casino.gateways.adapters.trustly.signature import holds, signed
from casino.gateways.enums import Outcome, Verdict
from casino.gateways.models import GatewayMessage
from casino.gateways.services.messages import message_work
from common.clock import utc_now
from tests.gateways.box import effects
from tests.gateways.wire_process import Keys, keys_make, wire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("box")]
HMAC = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return keys_make(tmp_path)


@pytest.fixture
def connected(box: LazySettings, keys: Keys) -> None:
    trustly = {"private_key": keys["merchant_private"], "public_key": keys["trustly_public"]}
    secrets = {"adyen": {"hmac": HMAC}, "nuvei": {"secret_key": "THE_SECRET_KEY"}, "trustly": trustly}
    box.GATEWAYS = {
        code: {"url": "http://127.0.0.1:9", "timeout_ms": 300, "secrets": known} for code, known in secrets.items()
    }


def posted(client: Client, gateway: str, body: bytes, content_type: str = "application/json") -> HttpResponse:
    made: Any = client.post(f"/api/pay/{gateway}/v1/notify", data=body, content_type=content_type)
    return made  # type: ignore[no-any-return]


def worked() -> tuple[str, str]:
    """What became of the messages that wait, of the last one."""
    last: GatewayMessage | None = None
    while (one := message_work(now=utc_now())) is not None:
        last = one
    assert last is not None
    return last.outcome, last.note


@pytest.mark.usefixtures("connected")
def test_adyens_message_is_accepted_and_counts_once(client: Client) -> None:
    raw = wire("adyen", "authorisation.json")
    for _telling in range(2):
        answer = posted(client, "adyen", raw)
        assert (answer.status_code, answer.content) == (200, b"[accepted]")
    assert worked() == (Outcome.APPLIED, "deposit_confirmed D-1: counted already")
    assert effects() == ["T7FD4VM4D3RZNN82:AUTHORISATION:true"]
    forged = posted(client, "adyen", raw.replace(b"2500", b"9900"))
    assert forged.status_code == 401
    assert GatewayMessage.objects.latest("pk").verdict == Verdict.INVALID


@pytest.mark.usefixtures("connected")
def test_trustlys_notification_is_answered_with_our_signature(client: Client, keys: Keys) -> None:
    whole = json.loads(wire("trustly", "credit.json"))
    params = whole["params"]
    params["signature"] = signed(
        keys["trustly_private"], "RS1", method="credit", uuid=params["uuid"], data=params["data"]
    )
    answer = posted(client, "trustly", json.dumps(whole).encode())
    result = json.loads(answer.content)["result"]
    assert holds(
        keys["merchant_public"], "RS1", result["signature"], method="credit", uuid=params["uuid"], data={"status": "OK"}
    )
    assert worked() == (Outcome.APPLIED, "deposit_confirmed D-1: credited")
    assert effects() == ["4646133592"]
    params["data"]["amount"] = "900.00"
    assert posted(client, "trustly", json.dumps(whole).encode()).status_code == 401


@pytest.mark.usefixtures("connected")
def test_nuveis_dmn_comes_by_get_and_by_post(client: Client) -> None:
    text = wire("nuvei", "sale_approved.txt").decode()
    got = client.get(f"/api/pay/nuvei/v1/notify?{text}")
    assert (got.status_code, got.content) == (200, b"OK")
    form = posted(client, "nuvei", text.encode(), "application/x-www-form-urlencoded")
    assert form.status_code == 200
    assert worked() == (Outcome.APPLIED, "deposit_confirmed D-1: counted already")
    assert effects() == ["3453459:paid:APPROVED"]
    assert (
        client.get(f"/api/pay/nuvei/v1/notify?{text.replace('totalAmount=115', 'totalAmount=999')}").status_code == 401
    )


@pytest.mark.usefixtures("connected")
def test_an_event_that_nobody_knows_is_kept_and_flagged(client: Client, keys: Keys) -> None:
    whole = json.loads(wire("trustly", "pending.json"))
    params = whole["params"] | {"signature": ""}
    params["signature"] = signed(
        keys["trustly_private"], "RS512", method="levitation", uuid=params["uuid"], data=params["data"]
    )
    posted(client, "trustly", json.dumps(whole | {"method": "levitation", "params": params}).encode())
    outcome, note = worked()
    assert outcome == Outcome.UNKNOWN
    assert "levitation" in note
