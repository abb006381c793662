"""Calls to a real server in Nuvei's format that verifies our checksums, and every way in which they end."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from casino.gateways.adapters.nuvei.adapter import NuveiAdapter
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.types import Credentials
from tests.gateways.wire_process import Vendors, hurried, order, payout

NUVEI = NuveiAdapter()
SECRETS = {"merchant_id": "427583496191624621", "merchant_site_id": "142033", "secret_key": "nuvei-secret"}


def credentials(vendors: Vendors, **more: str) -> Credentials:
    return vendors.credentials("nuvei", "/ppp/api/v1", SECRETS | more)


def test_a_deposit_opens_an_order_for_the_web_sdk(vendors: Vendors) -> None:
    reply = NUVEI.deposit_begin(order(), credentials(vendors, environment="int"))
    assert (reply.standing, reply.reference, reply.client["session_token"]) == (Standing.REDIRECT, "", "e4d3-token")
    assert (reply.client["merchant_site_id"], reply.client["environment"]) == ("142033", "int")
    call = vendors.log()[-1]
    assert call["path"] == "/ppp/api/v1/openOrder.do"
    body = call["body"]
    assert (body["clientRequestId"], body["clientUniqueId"], body["amount"]) == ("D-1", "D-1", "25.00")
    assert len(body["timeStamp"]) == 14
    assert "nuvei-secret" not in str(body)


def test_an_alternative_method_takes_the_player_to_its_page(vendors: Vendors) -> None:
    reply = NUVEI.deposit_begin(order("D-redirect", method="apmgw_Interac"), credentials(vendors))
    assert (reply.standing, reply.client["redirect_url"]) == (Standing.REDIRECT, "https://apm.nuvei.test/go")
    opened, paid = vendors.log()[-2:]
    assert (opened["path"], paid["path"]) == ("/ppp/api/v1/openOrder.do", "/ppp/api/v1/payment.do")
    assert paid["body"]["sessionToken"] == "e4d3-token"
    assert paid["body"]["paymentOption"] == {"alternativePaymentMethod": {"paymentMethod": "apmgw_Interac"}}


@pytest.mark.parametrize(
    ("what", "standing"),
    [("yes", Standing.DONE), ("pending", Standing.PENDING), ("decline", Standing.DECLINED), ("fault", Standing.UNKNOWN),
     ("error", Standing.DECLINED), ("general", Standing.UNKNOWN)],
)  # fmt: skip
def test_money_out_ends_as_nuvei_says_and_a_fault_is_unknown(vendors: Vendors, what: str, standing: Standing) -> None:
    known = credentials(vendors)
    assert NUVEI.payout_send(payout(f"W-{what}"), known).standing is standing
    assert NUVEI.refund_send(order(f"R-{what}", original="1110000000004146935"), known).standing is standing
    paid = NUVEI.deposit_begin(order(f"D-{what}", method="apmgw_X"), known)
    assert paid.standing is (Standing.DECLINED if what == "fault" else standing)


def test_a_payout_goes_to_a_stored_option_and_a_refund_to_its_payment(vendors: Vendors) -> None:
    reply = NUVEI.payout_send(payout(amount="40"), credentials(vendors))
    assert reply.reference == "1110000000004146935"
    assert vendors.log()[-1]["body"]["userPaymentOption"] == {"userPaymentOptionId": "M5N7TQ4TG5PFWR50"}
    NUVEI.refund_send(order("R-1", original="111"), credentials(vendors))
    assert vendors.log()[-1]["body"]["relatedTransactionId"] == "111"
    assert NUVEI.payout_send(payout(instrument=None), credentials(vendors)).code == "not_sendable"
    assert NUVEI.refund_send(order("R-1"), credentials(vendors)).code == "not_sendable"


@pytest.mark.parametrize(
    "what", ["slow", "close", "500", "502", "503", "429", "garbage", "html", "list", "null", "empty", "deep", "object",
             "proxy400"],
)  # fmt: skip
def test_what_proves_nothing_is_unknown_and_never_an_exception(vendors: Vendors, what: str) -> None:
    known = hurried(credentials(vendors)) if what == "slow" else credentials(vendors)
    assert NUVEI.deposit_begin(order(f"D-{what}"), known).standing is Standing.UNKNOWN
    if what != "slow":
        assert NUVEI.payout_send(payout(f"W-{what}"), known).standing is Standing.UNKNOWN
        assert NUVEI.ask(payout(f"W-{what}"), "", known) == ()


def test_a_definite_refusal_is_a_decline_with_nuveis_code(vendors: Vendors) -> None:
    reply = NUVEI.deposit_begin(order("D-error"), credentials(vendors))
    assert (reply.standing, reply.code, reply.text) == (Standing.DECLINED, "1019", "Validation error")
    wrong = NUVEI.deposit_begin(order(), credentials(vendors, secret_key="wrong"))
    assert (wrong.standing, wrong.code) == (Standing.DECLINED, "1001")


def test_what_was_never_sent_is_a_decline(vendors: Vendors) -> None:
    before = len(vendors.log())
    assert NUVEI.deposit_begin(order(), vendors.credentials("nuvei", "/ppp", {})).code == "not_configured"
    assert NUVEI.deposit_begin(order(amount="1.005"), credentials(vendors)).code == "not_sendable"
    assert NUVEI.deposit_begin(order(amount="1.5", currency="JPY"), credentials(vendors)).code == "not_sendable"
    assert len(vendors.log()) == before


def test_amounts_have_the_currencys_decimals(vendors: Vendors) -> None:
    for amount, currency, sent in (("25", "EUR", "25.00"), ("2500", "JPY", "2500"), ("2.5", "BHD", "2.500")):
        NUVEI.deposit_begin(order(amount=amount, currency=currency), credentials(vendors))
        assert vendors.log()[-1]["body"]["amount"] == sent


def test_a_payment_is_asked_about_by_what_is_known_of_it(vendors: Vendors) -> None:
    known = credentials(vendors)
    for asked, theirs, call in (
        (order(), "", "getTransactionDetails"),
        (order(), "1110000000004146935", "getTransactionDetails"),
        (order(client_data={"session_token": "e4d3-token"}), "", "getPaymentStatus"),
        (payout(), "", "getPayoutStatus"),
    ):
        (news,) = NUVEI.ask(asked, theirs, known)
        assert vendors.log()[-1]["path"].endswith(f"/{call}.do")
        assert (news.amount, news.currency, news.reference) == (Decimal("25.00"), "EUR", asked.reference)
        paid_out = asked.reference.startswith("W")
        assert news.kind is (NewsKind.PAYOUT_CONFIRMED if paid_out else NewsKind.DEPOSIT_CONFIRMED)


def test_what_nuvei_never_heard_of_is_said_so(vendors: Vendors) -> None:
    (news,) = NUVEI.ask(order("D-never"), "", credentials(vendors))
    assert (news.kind, news.code) == (NewsKind.UNKNOWN, "not_found")
    assert NUVEI.ask(order("D-error"), "", credentials(vendors)) == ()


def test_a_vendor_that_drips_holds_a_worker_no_longer_than_the_time_out(vendors: Vendors) -> None:
    started = time.monotonic()
    assert NUVEI.deposit_begin(order("D-drip"), hurried(credentials(vendors))).standing is Standing.UNKNOWN
    assert time.monotonic() - started < 4
