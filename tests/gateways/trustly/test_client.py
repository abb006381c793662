"""Calls to a real server that speaks JSON-RPC and verifies our signatures, and every way in which they end."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from casino.gateways.adapters.trustly.adapter import TrustlyAdapter
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.types import Credentials
from tests.gateways.wire_process import ACCOUNT, Vendors, hurried, order, payout

TRUSTLY = TrustlyAdapter()


def credentials(vendors: Vendors, **more: str) -> Credentials:
    secrets = {
        "username": "casino", "password": "secret", "private_key": vendors.keys["merchant_private"],
        "public_key": vendors.keys["trustly_public"],
    }  # fmt: skip
    return vendors.credentials("trustly", "/api/1", secrets | more)


@pytest.mark.parametrize("algorithm", ["", "RS256", "RS384", "RS512"])
def test_a_deposit_is_signed_and_takes_the_player_to_his_bank(vendors: Vendors, algorithm: str) -> None:
    reply = TRUSTLY.deposit_begin(order(), credentials(vendors, algorithm=algorithm))
    assert (reply.standing, reply.reference, reply.code) == (Standing.REDIRECT, "2190971587", "")
    assert reply.client == {"redirect_url": "https://checkout.trustly.test/checkout?OrderID=2190971587"}
    data = vendors.log()[-1]["body"]["params"]["Data"]
    assert (data["MessageID"], data["EndUserID"], data["Username"]) == ("D-1", "pl_alice", "casino")
    attributes = data["Attributes"]
    assert (attributes["Amount"], attributes["Currency"], attributes["Locale"]) == ("25.00", "EUR", "sv_SE")
    assert (attributes["IP"], attributes["Country"], attributes["Lastname"]) == ("192.0.2.7", "SE", "Löf")


def test_a_payout_goes_to_a_stored_account(vendors: Vendors) -> None:
    reply = TRUSTLY.payout_send(payout(instrument=ACCOUNT, amount="40"), credentials(vendors))
    assert (reply.standing, reply.reference) == (Standing.PENDING, "2190971587")
    body = vendors.log()[-1]["body"]
    assert (body["method"], body["params"]["Data"]["Amount"]) == ("AccountPayout", "40.00")
    assert body["params"]["Data"]["AccountID"] == "7653385737"
    rejected = TRUSTLY.payout_send(payout("W-rejected", ACCOUNT), credentials(vendors))
    assert (rejected.standing, rejected.code) == (Standing.DECLINED, "ERROR_INSUFFICIENT_FUNDS")
    assert TRUSTLY.payout_send(payout(instrument=None), credentials(vendors)).code == "not_sendable"


def test_a_payout_that_trustly_has_already_is_under_way_and_not_declined(vendors: Vendors) -> None:
    reply = TRUSTLY.payout_send(payout("W-decline", ACCOUNT), credentials(vendors))
    assert (reply.standing, reply.code) == (Standing.PENDING, "ERROR_DUPLICATE_MESSAGE_ID")


def test_a_refund_names_the_order(vendors: Vendors) -> None:
    reply = TRUSTLY.refund_send(order("R-1", original="2190971587"), credentials(vendors))
    assert (reply.standing, reply.reference) == (Standing.PENDING, "2190971587")
    assert vendors.log()[-1]["body"]["params"]["Data"]["OrderID"] == "2190971587"
    assert TRUSTLY.refund_send(order("R-1"), credentials(vendors)).code == "not_sendable"


@pytest.mark.parametrize(
    "what", ["slow", "close", "500", "502", "503", "429", "garbage", "html", "list", "null", "empty", "deep", "object",
             "proxy400", "fault", "forged", "other", "plain"],
)  # fmt: skip
def test_what_proves_nothing_is_unknown_and_never_an_exception(vendors: Vendors, what: str) -> None:
    known = hurried(credentials(vendors)) if what == "slow" else credentials(vendors)
    assert TRUSTLY.deposit_begin(order(f"D-{what}"), known).standing is Standing.UNKNOWN
    if what not in {"slow", "plain"}:
        assert TRUSTLY.payout_send(payout(f"W-{what}", ACCOUNT), known).standing is Standing.UNKNOWN
        assert TRUSTLY.refund_send(order(f"R-{what}", original="1"), known).standing is Standing.UNKNOWN


def test_a_definite_refusal_is_a_decline_with_trustlys_code(vendors: Vendors) -> None:
    reply = TRUSTLY.deposit_begin(order("D-decline"), credentials(vendors))
    assert (reply.standing, reply.code) == (Standing.DECLINED, "ERROR_DUPLICATE_MESSAGE_ID")
    wrongly_signed = credentials(vendors, private_key=vendors.keys["trustly_private"])
    unsigned = TRUSTLY.deposit_begin(order(), wrongly_signed)
    assert (unsigned.standing, unsigned.code) == (Standing.DECLINED, "ERROR_INVALID_SIGNATURE")


def test_what_was_never_sent_is_a_decline(vendors: Vendors) -> None:
    before = len(vendors.log())
    assert TRUSTLY.deposit_begin(order(), credentials(vendors, private_key="no key")).code == "not_configured"
    assert TRUSTLY.deposit_begin(order(), vendors.credentials("trustly", "/api/1", {})).code == "not_configured"
    for amount in ("1.005", "0", "-1"):
        assert TRUSTLY.deposit_begin(order(amount=amount), credentials(vendors)).code == "not_sendable"
    assert len(vendors.log()) == before


def test_a_deposit_is_found_in_the_ledger(vendors: Vendors) -> None:
    (news,) = TRUSTLY.ask(order(), "", credentials(vendors))
    assert (news.kind, news.amount, news.currency) == (NewsKind.DEPOSIT_CONFIRMED, Decimal(100), "EUR")
    assert news.gateway_reference == "2190971587"
    assert TRUSTLY.ask(order("D-none"), "", credentials(vendors)) == ()


def test_a_payout_is_found_in_the_ledger_and_among_the_withdrawals(vendors: Vendors) -> None:
    booked, withdrawal = TRUSTLY.ask(payout(instrument=ACCOUNT), "2190971600", credentials(vendors))
    assert (booked.kind, booked.amount) == (NewsKind.PAYOUT_PENDING, Decimal(40))
    assert (withdrawal.kind, withdrawal.code) == (NewsKind.PAYOUT_PENDING, "EXECUTED")


def test_nobody_there_is_silence() -> None:
    gone = Credentials(gateway="trustly", url="http://127.0.0.1:1", secrets={}, timeout_ms=300)
    assert TRUSTLY.ask(order(), "1", gone) == ()


def test_a_vendor_that_drips_holds_a_worker_no_longer_than_the_time_out(vendors: Vendors) -> None:
    started = time.monotonic()
    assert TRUSTLY.deposit_begin(order("D-drip"), hurried(credentials(vendors))).standing is Standing.UNKNOWN
    assert time.monotonic() - started < 4
