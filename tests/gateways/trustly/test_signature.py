"""Trustly's serialiser and signatures: the vendor's vectors, key pairs of our own, and what must not hold."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from casino.gateways.adapters.trustly.adapter import TrustlyAdapter
from casino.gateways.adapters.trustly.signature import holds, serialise, signed
from casino.gateways.adapters.wire import json_object
from casino.gateways.enums import Verdict
from casino.gateways.types import Credentials
from tests.gateways.wire_process import Keys, keys_make, message, wire

UUID = "258a2184-2842-b485-25ca-293525152425"
DEPOSIT = {
    "Username": "merchant_username", "Password": "merchant_password",
    "NotificationURL": "URL_to_your_notification_service", "EndUserID": "12345", "MessageID": "your_unique_deposit_id",
    "Attributes": {
        "Locale": "sv_SE", "Currency": "SEK", "IP": "123.123.123.123", "MobilePhone": "+46709876543",
        "Firstname": "John", "Lastname": "Doe", "NationalIdentificationNumber": "790131-1234",
    },
}  # fmt: skip
SERIALISED = (
    "AttributesCurrencySEKFirstnameJohnIP123.123.123.123LastnameDoeLocalesv_SEMobilePhone+46709876543"
    "NationalIdentificationNumber790131-1234EndUserID12345MessageIDyour_unique_deposit_id"
    "NotificationURLURL_to_your_notification_servicePasswordmerchant_passwordUsernamemerchant_username"
)
TRUSTLY = TrustlyAdapter()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_make(tmp_path_factory.mktemp("keys"))


def test_the_serialisers_vector_is_the_vendors() -> None:
    assert serialise(DEPOSIT) == SERIALISED


def test_what_is_signed_is_method_uuid_and_data_as_the_vendors_tester_shows(keys: Keys) -> None:
    made = signed(keys["merchant_private"], "RS1", method="Deposit", uuid=UUID, data=DEPOSIT)
    public = serialization.load_pem_public_key(keys["merchant_public"].encode())
    assert isinstance(public, rsa.RSAPublicKey)
    plain = f"Deposit{UUID}{SERIALISED}".encode()
    public.verify(base64.b64decode(made), plain, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - the vendor's


def test_names_are_sorted_by_bytes_and_not_by_a_locale() -> None:
    assert serialise({"b": 1, "B": 2, "ä": 3, "a": 4, "_": 5}) == "B2_5a4b1ä3"
    assert serialise({"ﬀ": 1, "𐐀": 2}) == "ﬀ1𐐀2"


def test_arrays_stand_in_order_and_null_is_empty_but_its_name_is_not() -> None:
    assert serialise({"a": ["z", {"y": None, "b": "c"}, None]}) == "azbcy"
    assert serialise({"a": None}) != serialise({})


def test_numbers_are_serialised_as_they_were_received() -> None:
    received = json_object(b'{"amount": 100.00, "big": 12345678901234567890, "e": 1E+2, "yes": true}', spelt=True)
    assert serialise(received) == "amount100.00big12345678901234567890e1E+2yestrue"


@pytest.mark.parametrize("algorithm", ["RS1", "RS256", "RS384", "RS512"])
def test_each_algorithm_goes_both_ways(keys: Keys, algorithm: str) -> None:
    made = signed(keys["trustly_private"], algorithm, method="credit", uuid=UUID, data=DEPOSIT)
    assert made.startswith("alg=") is (algorithm != "RS1")
    public = keys["trustly_public"]
    assert holds(public, "RS1", made, method="credit", uuid=UUID, data=DEPOSIT)
    assert not holds(public, "RS1", made, method="debit", uuid=UUID, data=DEPOSIT)
    assert not holds(public, "RS1", made, method="credit", uuid="other", data=DEPOSIT)
    assert not holds(public, "RS1", made, method="credit", uuid=UUID, data=DEPOSIT | {"EndUserID": "1"})
    assert not holds(keys["merchant_public"], "RS1", made, method="credit", uuid=UUID, data=DEPOSIT)


def test_a_weaker_algorithm_than_the_accounts_does_not_hold(keys: Keys) -> None:
    weak = signed(keys["trustly_private"], "RS1", method="credit", uuid=UUID, data=DEPOSIT)
    strong = signed(keys["trustly_private"], "RS512", method="credit", uuid=UUID, data=DEPOSIT)
    assert not holds(keys["trustly_public"], "RS256", weak, method="credit", uuid=UUID, data=DEPOSIT)
    assert holds(keys["trustly_public"], "RS256", strong, method="credit", uuid=UUID, data=DEPOSIT)


@pytest.mark.parametrize("signature", [None, 7, "", "é", "alg=none;", "alg=RS256", "alg=HS256;AAAA", "AAAA", "alg=;"])
def test_what_is_no_signature_does_not_hold(keys: Keys, signature: object) -> None:
    assert not holds(keys["trustly_public"], "RS1", signature, method="credit", uuid=UUID, data=DEPOSIT)


def test_a_key_that_is_none_holds_nothing(keys: Keys) -> None:
    made = signed(keys["trustly_private"], "RS1", method="credit", uuid=UUID, data=DEPOSIT)
    curve = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    for key in ("", "no key", curve.decode()):
        assert not holds(key, "RS1", made, method="credit", uuid=UUID, data=DEPOSIT)
    escaped = keys["trustly_public"].replace("\n", "\\n")
    assert holds(escaped, "RS1", made, method="credit", uuid=UUID, data=DEPOSIT)


def credentials(keys: Keys, **more: str) -> Credentials:
    secrets = {"private_key": keys["merchant_private"], "public_key": keys["trustly_public"]} | more
    return Credentials(gateway="trustly", url="https://api.trustly.com/1", secrets=secrets)


def notification(keys: Keys, name: str, algorithm: str = "RS1", **change: Any) -> bytes:
    whole = json.loads(wire("trustly", f"{name}.json"))
    params = whole["params"]
    params["data"] |= change
    made = signed(keys["trustly_private"], algorithm, method=whole["method"], uuid=params["uuid"], data=params["data"])
    params["signature"] = made
    return json.dumps(whole).encode()


def test_a_notification_holds_over_the_json_as_it_came(keys: Keys) -> None:
    raw, known = notification(keys, "credit"), credentials(keys)
    assert TRUSTLY.verdict_of(message(raw), known) is Verdict.VALID
    assert TRUSTLY.verdict_of(message(raw.replace(b'"100.00"', b'"900.00"')), known) is Verdict.INVALID
    assert TRUSTLY.verdict_of(message(raw.replace(b'"credit"', b'"pending"')), known) is Verdict.INVALID
    with_null = notification(keys, "credit", externalreference=None)
    assert TRUSTLY.verdict_of(message(with_null), known) is Verdict.VALID
    absent = with_null.replace(b', "externalreference": null', b"")
    assert absent != with_null
    assert TRUSTLY.verdict_of(message(absent), known) is Verdict.INVALID


def test_a_number_in_a_notification_is_signed_as_it_was_spelt(keys: Keys) -> None:
    raw = notification(keys, "credit", factor="1e2", score="0.10").replace(b'"1e2"', b"1e2").replace(b'"0.10"', b"0.10")
    assert b'"factor": 1e2' in raw
    assert TRUSTLY.verdict_of(message(raw), credentials(keys)) is Verdict.VALID
    assert TRUSTLY.verdict_of(message(raw.replace(b"1e2", b"100")), credentials(keys)) is Verdict.INVALID


def test_a_notification_without_signature_is_absent_and_garbage_is_invalid(keys: Keys) -> None:
    whole = json.loads(notification(keys, "credit"))
    del whole["params"]["signature"]
    assert TRUSTLY.verdict_of(message(json.dumps(whole).encode()), credentials(keys)) is Verdict.ABSENT
    for raw in (b"", b"[]", b"{}", b"\xff", b"[" * 100_000):
        assert TRUSTLY.verdict_of(message(raw), credentials(keys)) is Verdict.INVALID


def test_the_next_key_is_tried_while_trustly_changes_its_own(keys: Keys) -> None:
    raw = notification(keys, "credit")
    old = credentials(keys, public_key=keys["merchant_public"])
    both = credentials(keys, public_key=keys["merchant_public"], public_key_next=keys["trustly_public"])
    assert TRUSTLY.verdict_of(message(raw), old) is Verdict.INVALID
    assert TRUSTLY.verdict_of(message(raw), both) is Verdict.VALID


@pytest.mark.parametrize("algorithm", ["RS1", "RS256"])
def test_the_answer_is_signed_and_says_ok_to_the_same_method_and_uuid(keys: Keys, algorithm: str) -> None:
    raw, known = notification(keys, "credit", algorithm), credentials(keys, algorithm=algorithm)
    assert TRUSTLY.verdict_of(message(raw), known) is Verdict.VALID
    answer = TRUSTLY.answer_to(message(raw), Verdict.VALID, known)
    told = json.loads(answer.body)
    result = told["result"]
    assert (answer.status, told["version"]) == (200, "1.1")
    assert (result["uuid"], result["method"], result["data"]) == (UUID, "credit", {"status": "OK"})
    signature, data = result["signature"], {"status": "OK"}
    assert holds(keys["merchant_public"], algorithm, signature, method="credit", uuid=UUID, data=data)
    assert TRUSTLY.answer_to(message(raw), Verdict.INVALID, known).status == 401
    keyless = Credentials(gateway="trustly", url="https://x", secrets={})
    assert TRUSTLY.answer_to(message(raw), Verdict.VALID, keyless).status == 500
