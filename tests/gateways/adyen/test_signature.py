"""Adyen's HMAC: the vendor's vectors, and each trap of the library (compliance.md §5.4)."""

from __future__ import annotations

import base64
import copy
import json
from typing import Any

import pytest
from Adyen.util import generate_notification_sig, is_valid_hmac_notification

from casino.gateways.adapters.adyen.adapter import AdyenAdapter
from casino.gateways.adapters.adyen.signature import items_verdict
from casino.gateways.enums import Verdict
from casino.gateways.types import Credentials
from tests.gateways.wire_process import message, wire

KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
FIXTURE_KEY = "74F490DD33F7327BAECC88B2947C011FC02D014A473AAA33A8EC93E4DC069174"
ADYEN = AdyenAdapter()


def item(psp: str, account: str, reference: str, value: int, signature: str) -> dict[str, Any]:
    return {
        "pspReference": psp, "merchantAccountCode": account, "merchantReference": reference, "success": "true",
        "amount": {"value": value, "currency": "EUR"}, "eventCode": "AUTHORISATION",
        "additionalData": {"hmacSignature": signature},
    }  # fmt: skip


VECTORS = [
    (KEY, "7914073381342284", "TestMerchant", "TestPayment-1407325143704", 1130,
     "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="),
    (FIXTURE_KEY, "T7FD4VM4D3RZNN82", "AntoniStroinski", "\\\\slashes are fun", 1000,
     "nIgT81gaB5oJpn2jPXupDq68iRo2wUlBsuYjtYfwKqo="),
    (FIXTURE_KEY, "M8NB66SBZSGLNK82", "AntoniStroinski", ":slashes are fun", 1000,
     "2EQYm7YJpKO4EtHSPu55SQTyWf8dkW5u2nD1tJFpViA="),
]  # fmt: skip


@pytest.mark.parametrize(("key", "psp", "account", "reference", "value", "signature"), VECTORS)
def test_the_vendors_vectors_hold(key: str, psp: str, account: str, reference: str, value: int, signature: str) -> None:
    signed = item(psp, account, reference, value, signature)
    assert items_verdict([signed], {"hmac": key}) is Verdict.VALID
    assert items_verdict([{**signed, "originalReference": None}], {"hmac": key}) is Verdict.VALID
    for name, other in (("pspReference", "X"), ("merchantReference", "D-9"), ("success", "false")):
        assert items_verdict([{**signed, name: other}], {"hmac": key}) is Verdict.INVALID
    dearer = {**signed, "amount": {"value": value * 100, "currency": "EUR"}}
    assert items_verdict([dearer], {"hmac": key}) is Verdict.INVALID


def credentials(**secrets: str) -> Credentials:
    return Credentials(gateway="adyen", url="https://test.adyen.com", secrets={"hmac": KEY, **secrets})


def told(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(wire("adyen", f"{name}.json"))
    return made


def verdict(body: Any, **secrets: str) -> Verdict:
    return ADYEN.verdict_of(message(json.dumps(body).encode()), credentials(**secrets))


def test_the_second_item_is_looked_at_although_the_library_looks_at_the_first_alone() -> None:
    body = told("two_items")
    assert verdict(body) is Verdict.VALID
    body["notificationItems"][1]["NotificationRequestItem"]["amount"]["value"] = 99_999_999
    assert is_valid_hmac_notification(body, KEY) is True
    assert verdict(body) is Verdict.INVALID


def test_an_item_without_additional_data_is_rejected_although_the_library_says_none() -> None:
    body = told("two_items")
    del body["notificationItems"][1]["NotificationRequestItem"]["additionalData"]
    bare = body["notificationItems"][1]["NotificationRequestItem"]
    assert is_valid_hmac_notification(bare, KEY) is None
    assert verdict(body) is Verdict.INVALID


def test_a_message_without_any_signature_is_absent() -> None:
    body = told("authorisation")
    del body["notificationItems"][0]["NotificationRequestItem"]["additionalData"]
    assert verdict(body) is Verdict.ABSENT


@pytest.mark.parametrize("signature", [None, "", 7, [], "é", "not base64 at all"])
def test_a_signature_that_is_none_is_rejected_although_the_library_raises(signature: object) -> None:
    body = told("two_items")
    body["notificationItems"][0]["NotificationRequestItem"]["additionalData"]["hmacSignature"] = signature
    assert verdict(body) is Verdict.INVALID


def test_a_null_is_signed_as_empty_although_the_library_writes_none() -> None:
    signed = copy.deepcopy(told("authorisation")["notificationItems"][0]["NotificationRequestItem"])
    signed["originalReference"] = None
    assert generate_notification_sig(signed, KEY) != signed["additionalData"]["hmacSignature"].encode()
    assert items_verdict([signed], {"hmac": KEY}) is Verdict.VALID


def test_truth_as_json_truth_is_signed_small_although_the_library_writes_it_large() -> None:
    signed = told("authorisation")["notificationItems"][0]["NotificationRequestItem"]
    assert items_verdict([{**signed, "success": True}], {"hmac": KEY}) is Verdict.VALID


def test_both_keys_are_tried_while_they_are_rotated() -> None:
    body = told("authorisation")
    assert verdict(body, hmac=FIXTURE_KEY) is Verdict.INVALID
    assert verdict(body, hmac=FIXTURE_KEY, hmac_next=KEY) is Verdict.VALID
    assert verdict(body, hmac="no hex") is Verdict.INVALID
    assert verdict(body, hmac="") is Verdict.INVALID


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_basic_auth_is_a_second_lock_with_a_rotation_of_its_own() -> None:
    raw = wire("adyen", "authorisation.json")
    locked = credentials(webhook_user="adyen", webhook_password="old", webhook_password_next="new")
    for given, wanted in [
        (basic("adyen", "old"), Verdict.VALID),
        (basic("adyen", "new"), Verdict.VALID),
        (basic("adyen", "x"), Verdict.INVALID),
        (basic("mallory", "old"), Verdict.INVALID),
        (basic("adyen", "old").replace("Basic", "Bearer"), Verdict.INVALID),
        ("Basic old", Verdict.INVALID),
        ("Basic ÄÖ", Verdict.INVALID),
        ("", Verdict.INVALID),
    ]:
        assert ADYEN.verdict_of(message(raw, authorization=given), locked) is wanted
    forged = json.loads(raw)
    forged["notificationItems"][0]["NotificationRequestItem"]["amount"]["value"] = 1
    sent = message(json.dumps(forged).encode(), authorization=basic("adyen", "old"))
    assert ADYEN.verdict_of(sent, locked) is Verdict.INVALID
    half = credentials(webhook_user="adyen")
    assert ADYEN.verdict_of(message(raw, authorization=basic("adyen", "")), half) is Verdict.INVALID


def test_it_is_answered_as_older_set_ups_want_it() -> None:
    kept = message(wire("adyen", "authorisation.json"))
    good = ADYEN.answer_to(kept, Verdict.VALID, credentials())
    assert (good.status, good.body) == (200, b"[accepted]")
    assert ADYEN.answer_to(kept, Verdict.INVALID, credentials()).status == 401
