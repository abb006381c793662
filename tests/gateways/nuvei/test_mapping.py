"""Nuvei's DMNs in our words: status by what the transaction was, no card number, once per fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest

from casino.gateways.adapters.nuvei.adapter import NuveiAdapter
from casino.gateways.adapters.nuvei.mapping import news_of_details, news_of_dmn
from casino.gateways.enums import InstrumentKind, NewsKind
from casino.gateways.types import News
from tests.gateways.wire_process import CARD_NUMBER, message, wire


def fields(**change: str) -> dict[str, str]:
    return dict(parse_qsl(wire("nuvei", "sale_approved.txt").decode(), keep_blank_values=True)) | change


def one(**change: str) -> News:
    return news_of_dmn(fields(**change))


def test_a_sale_is_confirmed_money_with_its_instrument() -> None:
    (news,) = NuveiAdapter().news_of(message(wire("nuvei", "sale_approved.txt")))
    assert (news.kind, news.reference, news.gateway_reference) == (
        NewsKind.DEPOSIT_CONFIRMED, "D-1", "1110000000004146935",
    )  # fmt: skip
    assert (news.amount, news.currency) == (Decimal(115), "USD")
    card = news.instrument
    assert card is not None
    assert (card.kind, card.token, card.last_four, card.expires) == (
        InstrumentKind.CARD, "68451078", "1111", date(2027, 6, 30),
    )  # fmt: skip
    assert (card.scheme, card.owner_name, card.fingerprint, card.funding, card.country) == (
        "visa", "Alice Löf", "NDHGDYvhTrVLf5PBEtT2lPjMhnM=", "credit", "SE",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "status", "reference", "meant"),
    [
        ("Sale", "PENDING", "D-1", NewsKind.DEPOSIT_PENDING),
        ("Sale", "DECLINED", "D-1", NewsKind.DEPOSIT_DECLINED),
        ("Sale", "ERROR", "D-1", NewsKind.DEPOSIT_DECLINED),
        ("Auth", "APPROVED", "D-1", NewsKind.DEPOSIT_AUTHORISED),
        ("Settle", "APPROVED", "D-1", NewsKind.DEPOSIT_CONFIRMED),
        ("Credit", "APPROVED", "R-1", NewsKind.REFUND_DONE),
        ("Credit", "DECLINED", "R-1", NewsKind.REFUND_FAILED),
        ("Credit", "ERROR", "R-1", NewsKind.UNKNOWN),
        ("Void", "APPROVED", "D-1", NewsKind.DEPOSIT_REVERSED),
        ("Credit", "APPROVED", "W-1", NewsKind.PAYOUT_CONFIRMED),
        ("Payout", "PENDING", "W-1", NewsKind.PAYOUT_PENDING),
        ("Payout", "DECLINED", "W-1", NewsKind.PAYOUT_DECLINED),
        ("Payout", "ERROR", "W-1", NewsKind.UNKNOWN),
        ("Chargeback", "APPROVED", "D-1", NewsKind.CHARGEBACK),
        ("InitAuth3D", "APPROVED", "D-1", NewsKind.NOTED),
        ("Teleport", "APPROVED", "D-1", NewsKind.UNKNOWN),
        ("Sale", "MAYBE", "D-1", NewsKind.UNKNOWN),
    ],
)
def test_a_status_means_what_the_transaction_makes_of_it(
    kind: str, status: str, reference: str, meant: NewsKind
) -> None:
    assert one(transactionType=kind, Status=status, merchant_unique_id=reference).kind is meant


def test_an_approval_that_the_page_contradicts_is_for_people() -> None:
    assert one(ppp_status="FAIL").kind is NewsKind.UNKNOWN


def test_a_dmn_told_again_with_another_order_counts_once() -> None:
    assert one(merchant_unique_id="D-2", TransactionID="7").key == one().key
    assert one(Status="PENDING").key != one().key
    assert one(transactionType="Settle").key == one().key
    first = one(transactionType="Credit", merchant_unique_id="R-1", TransactionID="8")
    assert first.key != one(transactionType="Credit", merchant_unique_id="R-2", TransactionID="9").key


@pytest.mark.parametrize(
    "broken",
    [{"PPP_TransactionID": ""}, {"Status": ""}, {"totalAmount": "1e3"}, {"totalAmount": "-5"}, {"totalAmount": ""},
     {"currency": "EURO"}, {"TransactionID": "x" * 200}, {"PPP_TransactionID": "\x00"}],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_value_error(broken: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        one(**broken)


def test_no_card_number_passes() -> None:
    names = (
        "cardNumber", "nameOnCard", "uniqueCC", "userPaymentOptionId", "cardCompany", "Reason", "message", "ErrCode",
        "merchant_unique_id", "clientRequestId", "last4Digits", "payment_method", "bin", "cardType", "issuerCountry",
    )  # fmt: skip
    news = one(**dict.fromkeys(names, CARD_NUMBER))
    assert CARD_NUMBER not in repr(news)
    assert news.instrument is None
    spaced = one(nameOnCard="Alice 4111 1111 1111 1111")
    assert spaced.instrument is not None
    assert spaced.instrument.owner_name == ""


def test_answers_to_questions_are_facts_about_our_order_alone() -> None:
    answer: dict[str, Any] = {
        "status": "SUCCESS", "transactionDetails": {
            "transactionId": "111", "transactionStatus": "Approved", "transactionType": "Sale",
            "processedAmount": "25.00",
            "processedCurrency": "EUR", "clientUniqueId": "D-1",
        },
    }  # fmt: skip
    news = news_of_details(answer, "D-1")
    assert (news.kind, news.amount, news.gateway_reference) == (NewsKind.DEPOSIT_CONFIRMED, Decimal("25.00"), "111")
    with pytest.raises(ValueError, match="this order"):
        news_of_details(answer, "D-2")
