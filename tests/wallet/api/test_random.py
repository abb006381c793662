"""Random bytes, JSON, fields and headers (Hypothesis): the contract's form, and nothing booked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.table import Table
from tests.wallet.api.wire import BASE, Wire

pytestmark = pytest.mark.usefixtures("nothing_moves")
CALLS = ("bet", "win", "rollback", "jackpot", "auth", "balance", "end-round")
QUICK = settings(
    max_examples=120, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@QUICK
@given(call=st.sampled_from(CALLS), body=st.binary(max_size=300))
def test_random_bytes_are_refused(wire: Wire, call: str, body: bytes) -> None:
    assert keeps_contract(call, wire.send("POST", BASE + call, body)).outcome == (400, "invalid_request")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["transaction_id", "session_id", "player_id", "game_code", "round_id", "amount", "currency", "token", "kind",
     "original_transaction_id", "round_closed", "occurred_at", "jackpot_contribution", "jackpot_code", "reason"]
)  # fmt: skip


@QUICK
@given(call=st.sampled_from(CALLS), fields=st.dictionaries(NAMES | st.text(max_size=8), VALUES, max_size=9))
def test_random_json_is_answered_in_the_contracts_form(wire: Wire, call: str, fields: dict[str, object]) -> None:
    reply = keeps_contract(call, wire.post(call, fields))
    assert 400 <= reply.status < 500


@QUICK
@given(name=NAMES, value=VALUES)
def test_one_random_field_in_a_good_win_never_books(alice: Table, name: str, value: object) -> None:
    """A win without a bet moves nothing even when it is well formed."""
    fields = {**alice.win_fields(alice.bet_fields()), name: value}
    reply = keeps_contract("win", alice.wire.post("win", fields | {"kind": "game"}))
    assert 400 <= reply.status < 500


HEADERS = st.sampled_from(
    ["X-Provider", "X-Key-Id", "X-Timestamp", "X-Signature", "X-Request-Id", "Content-Type", "Content-Encoding",
     "Accept", "Cookie", "X-Forwarded-For", "X-HTTP-Method-Override", "X-Forwarded-Proto"]
)  # fmt: skip
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60)


@QUICK
@given(headers=st.dictionaries(HEADERS, LATIN))
def test_random_headers_are_answered_in_the_contracts_form(wire: Wire, headers: dict[str, str]) -> None:
    reply = wire.but(more_headers=headers).post("balance", {"player_id": "pl_nobody"})
    keeps_contract("balance", reply)
    assert reply.status in (400, 401, 404)
