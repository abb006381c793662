"""The OpenAPI document: whole, committed, and readable without another host."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.wallet.api.contract import DOCUMENT, document, operations
from tests.wallet.api.wire import signature
from tools.openapi import main as compare
from wallet.api.contract.codes import OWN
from wallet.api.statuses import STATUS

CALLS = {
    "auth", "balance", "bet", "win", "rollback", "jackpot", "end-round", "transactions", "ping", "sandbox-players",
    "sandbox-launch", "sandbox-state",
}  # fmt: skip


def documented_codes() -> Iterator[tuple[str, int, str]]:
    for call, operation in operations().items():
        for status, answer in operation["responses"].items():
            if status != "200":
                schema = answer["content"]["application/json"]["schema"]
                for code in schema["allOf"][1]["properties"]["error"]["properties"]["code"]["enum"]:
                    yield call, int(status), code


def test_the_committed_document_is_what_the_code_describes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DOCUMENT.parents[2])
    assert compare(DOCUMENT.relative_to(DOCUMENT.parents[2])) == 0
    assert sys.executable


def test_every_call_of_the_contract_is_described() -> None:
    assert set(operations()) == CALLS == set(OWN)


def test_every_code_of_the_contract_is_documented_under_its_status() -> None:
    found = list(documented_codes())
    assert {code for _, _, code in found} == set(STATUS)
    for call, status, code in found:
        assert status in ({400, 404, 405, 413} if code == "invalid_request" else {STATUS[code]}), (call, code)


def test_every_code_has_one_example_that_is_worded_as_the_code_says() -> None:
    examples = document()["components"]["examples"]
    for _, status, code in documented_codes():
        value = examples.get(code, examples.get(f"{code}_{status}"))["value"]
        assert value["error"]["code"] == code
        assert value["error"]["class"] in ("final", "retry")


def test_money_calls_say_that_answers_may_be_replays_and_when_to_retry() -> None:
    for call in ("bet", "win", "rollback", "jackpot"):
        responses = operations()[call]["responses"]
        assert "Idempotent-Replay" in responses["200"]["headers"]
        assert "Retry-After" in responses["503"]["headers"]
        assert "Retry-After" in responses["429"]["headers"]
    assert "Idempotent-Replay" not in operations()["balance"]["responses"]["200"]["headers"]


def test_every_call_but_ping_is_signed_with_four_headers() -> None:
    schemes = document()["components"]["securitySchemes"]
    assert {s["name"] for s in schemes.values()} == {"X-Provider", "X-Key-Id", "X-Timestamp", "X-Signature"}
    for call, operation in operations().items():
        assert operation["security"] == ([{}] if call == "ping" else [{name: [] for name in schemes}])
        assert "X-Request-Id" in {parameter["name"] for parameter in operation["parameters"]}


def test_the_documents_known_answer_is_right() -> None:
    text = document()["components"]["securitySchemes"]["Signature"]["description"]
    known = re.findall("v1=[0-9a-f]{64}", text)
    body = b'{"transaction_id":"t1","amount":"1.00"}'
    assert known == [signature("sandbox-secret", "1700000000", "POST", "/api/wallet/v1/bet", body)]


def test_sandbox_calls_are_marked_so() -> None:
    for call, operation in operations().items():
        assert operation["tags"] == (["Sandbox"] if call.startswith("sandbox") else ["Wallet"])


@pytest.mark.django_db
def test_the_document_is_served_as_yaml_and_json(client: Client) -> None:
    served = client.get("/api/schema/")
    assert served.status_code == 200
    as_json = client.get("/api/schema/?format=json")
    assert as_json["Content-Type"].startswith("application/vnd.oai.openapi+json")
    found: dict[str, Any] = json.loads(as_json.content)
    assert found == yaml.safe_load(served.content) == document()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/docs/", "/api/redoc/"])
def test_the_readers_load_nothing_from_another_host(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)["']""", text)
    assert loaded
    assert all(link.startswith("/static/drf_spectacular_sidecar/") for link in loaded), loaded
    assert "http://" not in text
    assert "https://" not in text
    assert "default-src 'self'" in text
