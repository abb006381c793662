"""Adyen's events in our words: every code, amounts by Adyen's own exponents, instruments without a card number."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from casino.gateways.adapters.adyen.adapter import AdyenAdapter
from casino.gateways.adapters.adyen.events import EVENTS
from casino.gateways.adapters.adyen.mapping import amount_sent, amount_told, digits_of, news_of_item
from casino.gateways.enums import InstrumentKind, NewsKind
from casino.gateways.types import News
from common.currencies import CURRENCIES
from tests.gateways.wire_process import CARD_NUMBER, message, wire

# The 48 of Adyen's webhook specification v1 (github.com/Adyen/adyen-openapi, Webhooks-v1).
PUBLISHED = [
    "ACH_NOTIFICATION_OF_CHANGE", "AUTHORISATION", "AUTHORISATION_ADJUSTMENT", "AUTORESCUE", "CANCELLATION",
    "CANCEL_AUTORESCUE", "CANCEL_OR_REFUND", "CAPTURE", "CAPTURE_FAILED", "CHARGEBACK", "CHARGEBACK_REVERSED",
    "DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION", "DISPUTE_DEFENSE_PERIOD_ENDED", "EXPIRE",
    "INFORMATION_SUPPLIED", "ISSUER_COMMENTS", "ISSUER_RESPONSE_TIMEFRAME_EXPIRED", "MANUAL_REVIEW_ACCEPT",
    "MANUAL_REVIEW_REJECT", "NOTIFICATION_OF_CHARGEBACK", "NOTIFICATION_OF_FRAUD", "OFFER_CLOSED",
    "ORDER_CLOSED", "ORDER_OPENED", "PAIDOUT_REVERSED", "PAYOUT_DECLINE", "PAYOUT_EXPIRE",
    "PAYOUT_THIRDPARTY", "POSTPONED_REFUND", "PREARBITRATION_ACCEPTED", "PREARBITRATION_DECLINED",
    "PREARBITRATION_ISSUER_WITHDRAWN", "PREARBITRATION_LOST", "PREARBITRATION_OPEN", "PREARBITRATION_WON",
    "RECURRING_CONTRACT", "REFUND", "REFUNDED_REVERSED", "REFUND_FAILED", "REFUND_WITH_DATA",
    "REPORT_AVAILABLE", "REQUEST_FOR_INFORMATION", "SCHEME_ARBITRATION", "SCHEME_ARBITRATION_LOST",
    "SCHEME_ARBITRATION_WON", "SECOND_CHARGEBACK", "TECHNICAL_CANCEL", "VOID_PENDING_REFUND",
]  # fmt: skip
MOVES = {
    NewsKind.DEPOSIT_CONFIRMED: {"AUTHORISATION"},
    NewsKind.DEPOSIT_REVERSED: {"CAPTURE_FAILED", "CANCELLATION", "TECHNICAL_CANCEL", "CANCEL_OR_REFUND", "EXPIRE"},
    NewsKind.REFUND_DONE: {"REFUND"},
    NewsKind.PAYOUT_CONFIRMED: {"PAYOUT_THIRDPARTY", "REFUND_WITH_DATA"},
    NewsKind.PAYOUT_RETURNED: {"PAIDOUT_REVERSED"},
    NewsKind.CHARGEBACK: {"CHARGEBACK", "SECOND_CHARGEBACK"},
    NewsKind.CHARGEBACK_REVERSED: {"CHARGEBACK_REVERSED"},
}


def one(name: str) -> News:
    (news,) = AdyenAdapter().news_of(message(wire("adyen", f"{name}.json")))
    return news


def item(event: str, success: object = "true", **more: Any) -> dict[str, Any]:
    return {
        "pspReference": "T7FD4VM4D3RZNN82", "merchantReference": "D-1", "eventCode": event, "success": success,
        "amount": {"value": 2500, "currency": "EUR"}, "eventDate": "2026-11-20T10:15:32+01:00", **more,
    }  # fmt: skip


@pytest.mark.parametrize("event", PUBLISHED)
def test_every_published_event_is_known_succeeded_and_failed(event: str) -> None:
    assert (event, True) in EVENTS
    assert (event, False) in EVENTS
    news = news_of_item(item(event))
    assert news.kind is not NewsKind.UNKNOWN
    assert news.key == f"T7FD4VM4D3RZNN82:{event}:true"


def test_there_are_forty_eight_and_two_of_older_accounts() -> None:
    assert len(set(PUBLISHED)) == 48
    assert {event for event, _ in EVENTS} - set(PUBLISHED) == {"PENDING", "HANDLED_EXTERNALLY"}


def test_money_moves_by_these_events_alone() -> None:
    for kind, events in MOVES.items():
        assert {event for (event, success), found in EVENTS.items() if found is kind and success} == events
        assert not {event for (event, success), found in EVENTS.items() if found is kind and not success}


def test_an_unknown_event_is_kept_with_its_code() -> None:
    news = news_of_item(item("BRAND_NEW_EVENT", amount=None))
    assert (news.kind, news.code, news.amount) == (NewsKind.UNKNOWN, "BRAND_NEW_EVENT", None)


def test_an_authorisation_is_confirmed_money_with_its_instrument() -> None:
    news = one("authorisation")
    assert (news.kind, news.reference, news.gateway_reference) == (
        NewsKind.DEPOSIT_CONFIRMED,
        "D-1",
        "T7FD4VM4D3RZNN82",
    )
    assert (news.amount, news.currency) == (Decimal("25.00"), "EUR")
    assert news.occurred_at == datetime(2026, 11, 20, 9, 15, 32, tzinfo=UTC)
    card = news.instrument
    assert card is not None
    assert (card.kind, card.last_four, card.scheme, card.expires) == (
        InstrumentKind.CARD, "1111", "visagold", date(2027, 6, 30),
    )  # fmt: skip
    assert (card.token, card.fingerprint, card.owner_name, card.country, card.funding) == (
        "M5N7TQ4TG5PFWR50", "H167852639363479", "Alice Löf", "SE", "credit",
    )  # fmt: skip


def test_a_refusal_tells_the_banks_reason() -> None:
    news = one("authorisation_refused")
    assert (news.kind, news.code, news.text) == (
        NewsKind.DEPOSIT_DECLINED, "AUTHORISATION: 05 : Do not honor", "Refused",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "reference", "theirs"),
    [
        ("capture_failed", NewsKind.DEPOSIT_REVERSED, "D-1", "T7FD4VM4D3RZNN82"),
        ("refund", NewsKind.REFUND_DONE, "R-1", "REFUND4VM4D3RZ82"),
        ("refunded_reversed", NewsKind.REFUND_FAILED, "R-1", "REFUND4VM4D3RZ82"),
        ("chargeback", NewsKind.CHARGEBACK, "D-1", "T7FD4VM4D3RZNN82"),
        ("payout_thirdparty", NewsKind.PAYOUT_CONFIRMED, "W-1", "8515131751004933"),
        ("paidout_reversed", NewsKind.PAYOUT_RETURNED, "W-1", "8515131751004933"),
        ("lower_case_item", NewsKind.PAYOUT_DECLINED, "W-2", "8515131751004934"),
    ],
)
def test_what_follows_names_the_payment_or_refund_that_it_is_about(
    name: str, kind: NewsKind, reference: str, theirs: str
) -> None:
    news = one(name)
    assert (news.kind, news.reference, news.gateway_reference) == (kind, reference, theirs)


def test_a_report_and_a_contract_move_nothing() -> None:
    report, contract = one("report_available"), one("recurring_contract")
    assert (report.kind, report.amount) == (NewsKind.REPORT_READY, None)
    assert report.text.endswith("settlement_detail_report_batch_12.csv")
    assert contract.kind is NewsKind.INSTRUMENT_STORED
    assert contract.instrument is not None
    assert contract.instrument.token == "8314442372419167"


def test_each_item_of_a_message_is_a_fact() -> None:
    news = AdyenAdapter().news_of(message(wire("adyen", "two_items.json")))
    assert [(one.reference, one.amount) for one in news] == [("D-1", Decimal("25.00")), ("D-9", Decimal("1000.00"))]


def test_a_cancel_or_refund_says_which_it_was() -> None:
    refund = news_of_item(item("CANCEL_OR_REFUND", additionalData={"modification.action": "refund"}))
    cancel = news_of_item(item("CANCEL_OR_REFUND", additionalData={"modification.action": "cancel"}))
    assert (refund.kind, cancel.kind) == (NewsKind.REFUND_DONE, NewsKind.DEPOSIT_REVERSED)


@pytest.mark.parametrize(
    ("currency", "value", "amount"),
    [
        ("EUR", 2500, "25.00"), ("JPY", 2500, "2500"), ("BHD", 2500, "2.500"),
        ("CLP", 2500, "25.00"), ("CVE", 2500, "2500"), ("IDR", 2500, "2500"), ("ISK", 2500, "25.00"),
    ],
)  # fmt: skip
def test_minor_units_are_adyens_own(currency: str, value: int, amount: str) -> None:
    assert amount_told({"value": value, "currency": currency}) == (Decimal(amount), currency)
    assert amount_sent(Decimal(amount), currency) == {"value": value, "currency": currency}


def test_only_four_currencies_are_counted_otherwise_than_iso_does() -> None:
    assert {code for code, one in CURRENCIES.items() if digits_of(code) != one.display_digits} == {
        "CLP", "CVE", "IDR", "ISK",
    }  # fmt: skip
    with pytest.raises(ValueError, match="decimals"):
        amount_sent(Decimal("1.005"), "EUR")


@pytest.mark.parametrize(
    "broken",
    [
        {"pspReference": None}, {"pspReference": ""}, {"eventCode": ""}, {"success": "yes"}, {"success": None},
        {"amount": {"value": "2500", "currency": "EUR"}}, {"amount": {"value": 2500, "currency": "EURO"}},
        {"amount": None}, {"amount": {"value": True, "currency": "EUR"}}, {"amount": {"value": 2.5, "currency": "EUR"}},
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_value_error(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        news_of_item(item("AUTHORISATION") | broken)


@pytest.mark.parametrize("number", [CARD_NUMBER, "4111 1111 1111 1111", "20261120 4111-1111-1111-1111"])
def test_no_card_number_passes(number: str) -> None:
    leaky = json.loads(wire("adyen", "authorisation.json"))["notificationItems"][0]["NotificationRequestItem"]
    leaky["reason"] = f"033899:{number}:6/2027"
    leaky["merchantReference"] = number
    leaky["additionalData"] |= {
        "cardSummary": number, "cardHolderName": number, "alias": number, "paymentMethodVariant": number,
        "tokenization.storedPaymentMethodId": number, "refusalReasonRaw": number, "expiryDate": number,
    }  # fmt: skip
    text = repr(news_of_item(leaky))
    assert number not in text
    assert CARD_NUMBER not in text.replace(" ", "").replace("-", "")


def test_a_reference_of_sixteen_digits_that_checks_by_chance_is_still_the_payments() -> None:
    assert news_of_item(item("AUTHORISATION", pspReference=CARD_NUMBER)).gateway_reference == CARD_NUMBER
