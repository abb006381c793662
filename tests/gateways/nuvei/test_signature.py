"""Nuvei's checksums: the official connector's vector, the strings as sent, MD5 where it is set alone."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs, parse_qsl, urlencode

import pytest

from casino.gateways.adapters.nuvei.adapter import NuveiAdapter
from casino.gateways.adapters.nuvei.signature import checksum
from casino.gateways.enums import Verdict
from casino.gateways.types import Credentials
from tests.gateways.wire_process import message, wire

NUVEI = NuveiAdapter()
SECRET = "THE_SECRET_KEY"
VECTOR = "aaa9ad16c8ed9f172dff505e4eeb8929b9c77cfed3e38127d55d42e33a70c762"


def credentials(**secrets: str) -> Credentials:
    return Credentials(gateway="nuvei", url="https://x", secrets={"secret_key": SECRET} | secrets)


def dmn(**change: str) -> str:
    fields = dict(parse_qsl(wire("nuvei", "sale_approved.txt").decode(), keep_blank_values=True))
    return urlencode(fields | change)


def verdict(text: str, **secrets: str) -> Verdict:
    posted = NUVEI.verdict_of(message(text.encode()), credentials(**secrets))
    assert NUVEI.verdict_of(message(query=text), credentials(**secrets)) is posted
    return posted


def test_the_vector_is_the_official_connectors() -> None:
    values = ["115", "USD", "2020-03-14.16:22:34", "3453459", "APPROVED", "NA"]
    assert checksum([SECRET, *values]) == VECTOR
    assert checksum([*values, SECRET]) != VECTOR


def test_a_dmn_holds_by_post_and_by_get() -> None:
    assert verdict(dmn()) is Verdict.VALID
    assert verdict(dmn(advanceResponseChecksum=VECTOR.upper())) is Verdict.VALID


@pytest.mark.parametrize(
    ("name", "value"),
    [("totalAmount", "115.00"), ("totalAmount", "1150"), ("currency", "EUR"), ("Status", "approved"),
     ("responseTimeStamp", "2020-03-14 16:22:34"), ("PPP_TransactionID", "1"), ("productId", "")],
)  # fmt: skip
def test_what_the_checksum_covers_is_taken_as_it_was_sent(name: str, value: str) -> None:
    assert verdict(dmn(**{name: value})) is Verdict.INVALID


@pytest.mark.parametrize("name", ["merchant_unique_id", "userid", "nameOnCard", "TransactionID", "transactionType"])
def test_the_checksum_does_not_cover_the_order_so_the_cashier_compares(name: str) -> None:
    assert verdict(dmn(**{name: "another"})) is Verdict.VALID


def test_a_dmn_without_checksum_is_absent_and_garbage_is_invalid() -> None:
    assert verdict(dmn(advanceResponseChecksum="")) is Verdict.ABSENT
    assert verdict(dmn(advanceResponseChecksum="é" * 64)) is Verdict.INVALID
    for raw in (b"", b"\xff\xfe", b"&&&", b"=" * 3):
        assert NUVEI.verdict_of(message(raw), credentials()) in {Verdict.INVALID, Verdict.ABSENT}
    many = "&".join(f"a{number}=1" for number in range(600))
    assert verdict(many) is Verdict.INVALID


def test_a_parameter_told_twice_is_refused() -> None:
    assert verdict(dmn() + "&Status=APPROVED") is Verdict.VALID
    assert verdict(dmn() + "&Status=DECLINED") is Verdict.INVALID
    assert verdict("Status=DECLINED&" + dmn()) is Verdict.INVALID


def test_md5_counts_for_accounts_that_are_set_to_it_alone() -> None:
    fields = {name: values[0] for name, values in parse_qs(dmn()).items()}
    covered = ["totalAmount", "currency", "responseTimeStamp", "PPP_TransactionID", "Status", "productId"]
    old = hashlib.md5("".join([SECRET, *(fields[name] for name in covered)]).encode()).hexdigest()  # noqa: S324
    assert verdict(dmn(advanceResponseChecksum=old)) is Verdict.INVALID
    assert verdict(dmn(advanceResponseChecksum=old), algorithm="md5") is Verdict.VALID
    assert verdict(dmn(), algorithm="md5") is Verdict.INVALID
    assert verdict(dmn(), algorithm="crc32") is Verdict.INVALID


def test_both_secrets_are_tried_while_they_are_rotated() -> None:
    assert verdict(dmn(), secret_key="old") is Verdict.INVALID
    assert verdict(dmn(), secret_key="old", secret_key_next=SECRET) is Verdict.VALID
    assert verdict(dmn(), secret_key="") is Verdict.INVALID


def test_a_dmn_is_answered_with_200_when_it_is_nuveis() -> None:
    assert NUVEI.answer_to(message(), Verdict.VALID, credentials()).status == 200
    assert NUVEI.answer_to(message(), Verdict.INVALID, credentials()).status == 401
