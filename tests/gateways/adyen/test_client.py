"""Calls to a real server in Adyen's format through the official library, and every way in which they end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from casino.gateways.adapters.adyen.adapter import AdyenAdapter
from casino.gateways.adapters.adyen.client import client_make
from casino.gateways.enums import NewsKind, Standing
from casino.gateways.types import Credentials
from tests.gateways.wire_process import ACCOUNT, Vendors, hurried, order, payout

ADYEN = AdyenAdapter()
SECRETS = {"api_key": "adyen-key", "merchant_account": "TestMerchant", "client_key": "test_CLIENT", "hmac": "00"}


def credentials(vendors: Vendors, **more: str) -> Credentials:
    return vendors.credentials("adyen", "", SECRETS | more)


def test_a_deposit_opens_a_session_under_our_reference(vendors: Vendors) -> None:
    reply = ADYEN.deposit_begin(order(method="scheme", statement="Casino"), credentials(vendors))
    assert (reply.standing, reply.reference) == (Standing.REDIRECT, "CS451F2AB1ED897A94")
    assert reply.client == {
        "session_id": "CS451F2AB1ED897A94", "session_data": "Ab02b4c", "client_key": "test_CLIENT",
        "environment": "test",
    }  # fmt: skip
    call = vendors.log()[-1]
    assert call["path"] == "/v71/sessions"
    assert call["headers"]["idempotency-key"] == "D-1"
    body: dict[str, Any] = call["body"]
    assert body["amount"] == {"value": 2500, "currency": "EUR"}
    assert (body["merchantAccount"], body["captureDelayHours"]) == ("TestMerchant", 0)
    assert (body["shopperReference"], body["allowedPaymentMethods"]) == ("pl_alice", ["scheme"])
    assert body["shopperLocale"] == "sv-SE"


def test_a_refund_names_the_payment_and_is_pending(vendors: Vendors) -> None:
    asked = order("R-1", original="T7FD/VM4")
    reply = ADYEN.refund_send(asked, credentials(vendors))
    assert (reply.standing, reply.reference) == (Standing.PENDING, "REFUND4VM4D3RZ82")
    call = vendors.log()[-1]
    assert call["path"] == "/v71/payments/T7FD%2FVM4/refunds"
    assert call["headers"]["idempotency-key"] == "R-1"
    assert ADYEN.refund_send(order("R-1"), credentials(vendors)).code == "not_sendable"


def test_a_card_is_paid_at_once_and_counts_when_the_webhook_says_so(vendors: Vendors) -> None:
    reply = ADYEN.payout_send(payout(), credentials(vendors))
    assert (reply.standing, reply.reference) == (Standing.PENDING, "8515131751004933")
    call = vendors.log()[-1]
    assert call["path"] == "/pal/servlet/Payout/v68/payout"
    assert call["body"]["selectedRecurringDetailReference"] == "M5N7TQ4TG5PFWR50"
    refused = ADYEN.payout_send(payout("W-refused"), credentials(vendors))
    assert (refused.standing, refused.code) == (Standing.DECLINED, "05 : Do not honor")
    assert ADYEN.payout_send(payout("W-error"), credentials(vendors)).standing is Standing.UNKNOWN
    assert ADYEN.payout_send(payout(instrument=None), credentials(vendors)).code == "not_sendable"


def test_an_account_is_submitted_and_confirmed_with_the_reviewers_key(vendors: Vendors) -> None:
    asked = payout("W-7", ACCOUNT)
    reviewed = credentials(vendors, review_api_key="adyen-key", payout_api_key="adyen-key")
    assert ADYEN.payout_send(asked, reviewed).standing is Standing.PENDING
    submitted, confirmed = vendors.log()[-2:]
    assert submitted["path"].endswith("/submitThirdParty")
    assert confirmed["path"].endswith("/confirmThirdParty")
    assert confirmed["body"]["originalReference"] == "8515131751004933"
    assert (submitted["headers"]["idempotency-key"], confirmed["headers"]["idempotency-key"]) == ("W-7", "W-7-confirm")


def test_a_payout_that_nobody_may_confirm_waits_for_a_person(vendors: Vendors) -> None:
    reply = ADYEN.payout_send(payout("W-8", ACCOUNT), credentials(vendors, review_api_key="wrong"))
    assert (reply.standing, reply.code) == (Standing.PENDING, "not_confirmed: 000")


@pytest.mark.parametrize(
    "what", ["slow", "close", "500", "502", "503", "429", "garbage", "html", "list", "null", "empty", "deep", "object",
             "proxy400", "progress"],
)  # fmt: skip
def test_what_proves_nothing_is_unknown_and_never_an_exception(vendors: Vendors, what: str) -> None:
    known = hurried(credentials(vendors)) if what == "slow" else credentials(vendors)
    assert ADYEN.deposit_begin(order(f"D-{what}"), known).standing is Standing.UNKNOWN
    if what != "slow":
        assert ADYEN.payout_send(payout(f"W-{what}"), known).standing is Standing.UNKNOWN
        assert ADYEN.refund_send(order(f"R-{what}", original="T7"), known).standing is Standing.UNKNOWN


def test_a_definite_refusal_is_a_decline_with_adyens_code(vendors: Vendors) -> None:
    reply = ADYEN.deposit_begin(order("D-decline"), credentials(vendors))
    assert (reply.standing, reply.code, reply.text) == (Standing.DECLINED, "130", "Reference Missing")
    unauthorised = ADYEN.deposit_begin(order(), credentials(vendors, api_key="wrong"))
    assert (unauthorised.standing, unauthorised.code) == (Standing.DECLINED, "000")


def test_what_was_never_sent_is_a_decline(vendors: Vendors) -> None:
    before = len(vendors.log())
    bare = Credentials(gateway="adyen", url=vendors.url, secrets={"merchant_account": "TestMerchant"})
    assert ADYEN.deposit_begin(order(), bare).code == "not_configured"
    assert ADYEN.deposit_begin(order(amount="1.005"), credentials(vendors)).code == "not_sendable"
    assert len(vendors.log()) == before


def test_nobody_there_is_unknown() -> None:
    gone = Credentials(gateway="adyen", url="http://127.0.0.1:1", secrets=SECRETS, timeout_ms=300)
    assert ADYEN.deposit_begin(order(), gone).standing is Standing.UNKNOWN
    assert ADYEN.ask(order(client_data={"session_result": "x"}), "CS1", gone) == ()


def test_a_session_is_asked_with_the_browsers_token_alone_and_escaped(vendors: Vendors) -> None:
    assert ADYEN.ask(order(), "CS1", credentials(vendors)) == ()
    asked = order(client_data={"session_result": "completed+/="})
    assert ADYEN.ask(asked, "CS/1", credentials(vendors)) == ()  # the server answers about the escaped name
    assert vendors.log()[-1]["path"] == "/v71/sessions/CS%2F1?sessionResult=completed%2B%2F%3D"


def test_an_authorised_session_tells_the_webhooks_own_fact(vendors: Vendors) -> None:
    asked = order(client_data={"session_result": "completed+/="})
    (news,) = ADYEN.ask(asked, "CS1", credentials(vendors))
    assert (news.kind, news.key) == (NewsKind.DEPOSIT_CONFIRMED, "T7FD4VM4D3RZNN82:AUTHORISATION:true")
    assert (news.amount, news.currency, news.gateway_reference) == (Decimal("25.00"), "EUR", "T7FD4VM4D3RZNN82")


@pytest.mark.parametrize(
    ("status", "kind"),
    [("completed", NewsKind.DEPOSIT_PENDING), ("paymentPending", NewsKind.DEPOSIT_PENDING),
     ("refused", NewsKind.DEPOSIT_DECLINED), ("canceled", NewsKind.DEPOSIT_CANCELLED),
     ("expired", NewsKind.DEPOSIT_EXPIRED)],
)  # fmt: skip
def test_a_session_without_a_told_payment_credits_nothing(vendors: Vendors, status: str, kind: NewsKind) -> None:
    (news,) = ADYEN.ask(order(client_data={"session_result": status}), "CS1", credentials(vendors))
    assert (news.kind, news.amount) == (kind, None)
    assert ADYEN.ask(order("D-other", client_data={"session_result": status}), "CS1", credentials(vendors)) == ()


def test_the_library_addresses_adyen_by_its_live_prefix() -> None:
    live = client_make(
        Credentials(
            gateway="adyen", url="https://live.adyen.com", secrets=SECRETS | {"live_prefix": "1797a841fbb37ca7-Casino"}
        )
    )
    test = client_make(Credentials(gateway="adyen", url="https://test.adyen.com", secrets=SECRETS))
    endpoint, pal = (
        "https://checkout-test.adyen.com/v71/sessions",
        "https://pal-test.adyen.com/pal/servlet/Payout/v68/payout",
    )
    prefix = "https://1797a841fbb37ca7-Casino"
    assert (
        live._determine_api_url(live.platform, endpoint)
        == f"{prefix}-checkout-live.adyenpayments.com/checkout/v71/sessions"
    )
    assert (
        live._determine_api_url(live.platform, pal)
        == f"{prefix}-pal-live.adyenpayments.com/pal/servlet/Payout/v68/payout"
    )
    assert test._determine_api_url(test.platform, endpoint) == endpoint
