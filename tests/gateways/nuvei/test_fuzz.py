"""Whatever comes: a ValueError or nothing, never another exception, and never a card number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from casino.gateways.adapters.nuvei.adapter import NuveiAdapter
from casino.gateways.types import Credentials
from tests.gateways.garbage import bodies, checked_lines, checked_news, checked_verdict, csv_files, damaged, queries
from tests.gateways.wire_process import HERE

ADAPTER = NuveiAdapter()
SECRETS = {"secret_key": "k"}
KNOWN = Credentials(gateway="nuvei", url="https://x", secrets=SECRETS)
WIRE = sorted(path.read_bytes() for path in (HERE / "nuvei" / "wire").glob("*.*") if path.suffix != ".csv")
FILES = sorted(path.read_bytes() for path in (HERE / "nuvei" / "wire").glob("*.csv"))


@settings(max_examples=300, deadline=None)
@given(raw=bodies(), query=queries())
def test_garbage_is_a_value_error(raw: bytes, query: str) -> None:
    checked_news(ADAPTER, raw, query)
    checked_verdict(ADAPTER, raw, query, KNOWN)


@pytest.mark.parametrize("raw", WIRE)
@settings(max_examples=40, deadline=None)
@given(change=damaged())
def test_a_damaged_message_is_a_value_error_or_a_fact(raw: bytes, change: tuple[float, bytes]) -> None:
    place = int(change[0] * len(raw))
    spoilt = raw[:place] + change[1] + raw[place + len(change[1]) :]
    checked_news(ADAPTER, spoilt, "")
    checked_verdict(ADAPTER, spoilt, "", KNOWN)


@settings(max_examples=150, deadline=None)
@given(raw=csv_files(FILES[0]))
def test_a_damaged_settlement_file_is_a_value_error_or_lines(raw: bytes) -> None:
    checked_lines(ADAPTER, raw)
