"""Trustly's notifications in our words: each way its own meaning, once per notificationid, no card number."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from casino.gateways.adapters.trustly.adapter import TrustlyAdapter
from casino.gateways.adapters.trustly.mapping import news_of_ledger, news_of_withdrawal
from casino.gateways.enums import InstrumentKind, NewsKind
from casino.gateways.types import News
from tests.gateways.wire_process import CARD_NUMBER, message, wire

TRUSTLY = TrustlyAdapter()


def one(name: str, **change: Any) -> News:
    whole = json.loads(wire("trustly", f"{name}.json"))
    whole["method"] = change.pop("method", whole["method"])
    whole["params"]["data"] |= change
    (news,) = TRUSTLY.news_of(message(json.dumps(whole).encode()))
    return news


@pytest.mark.parametrize(
    ("name", "kind", "reference", "amount"),
    [
        ("account", NewsKind.INSTRUMENT_STORED, "D-1", None),
        ("pending", NewsKind.DEPOSIT_PENDING, "D-1", "100.00"),
        ("credit", NewsKind.DEPOSIT_CONFIRMED, "D-1", "100.00"),
        ("cancel", NewsKind.DEPOSIT_CANCELLED, "D-1", None),
        ("debit", NewsKind.REFUND_DONE, "D-1", "100.00"),
        ("payout_debit", NewsKind.PAYOUT_PENDING, "W-1", "40.00"),
        ("payoutconfirmation", NewsKind.PAYOUT_CONFIRMED, "W-1", "40.00"),
        ("payoutfailed", NewsKind.PAYOUT_DECLINED, "W-1", "40.00"),
        ("payout_credit", NewsKind.PAYOUT_RETURNED, "W-1", "40.00"),
    ],
)
def test_each_notification_is_a_fact_of_its_way(name: str, kind: NewsKind, reference: str, amount: str | None) -> None:
    news = one(name)
    assert (news.kind, news.reference) == (kind, reference)
    assert news.amount == (Decimal(amount) if amount else None)
    assert news.gateway_reference == ("2190971587" if reference == "D-1" else "2190971600")


def test_a_fact_is_counted_by_its_notificationid() -> None:
    assert one("credit").key == "4646133592"
    assert one("credit") == one("credit")
    assert one("credit", notificationid="4646133599").key != one("credit").key
    assert one("credit", notificationid=4646133592).key == "4646133592"


def test_a_credit_after_a_cancel_and_one_that_takes_a_debit_back_are_facts_of_their_own() -> None:
    told = [one("cancel"), one("credit"), one("payout_debit"), one("payout_credit")]
    assert len({news.key for news in told}) == 4
    assert [news.kind for news in told] == [
        NewsKind.DEPOSIT_CANCELLED, NewsKind.DEPOSIT_CONFIRMED, NewsKind.PAYOUT_PENDING, NewsKind.PAYOUT_RETURNED,
    ]  # fmt: skip


def test_an_account_is_a_means_of_payment_with_its_owner() -> None:
    account = one("account").instrument
    assert account is not None
    assert (account.kind, account.token, account.last_four) == (InstrumentKind.BANK_ACCOUNT, "7653385737", "4057")
    assert (account.owner_name, account.scheme, account.country) == ("Alice Löf", "SEB", "SE")
    assert account.fingerprint == account.token


def test_moments_are_read_with_their_zone() -> None:
    assert one("pending").occurred_at == datetime(2026, 11, 20, 10, 15, 32, 123456, tzinfo=UTC)
    assert one("pending", timestamp="2026-11-20 10:15:32+0530").occurred_at == datetime(
        2026, 11, 20, 4, 45, 32, tzinfo=UTC
    )
    assert one("pending", timestamp="soon").occurred_at is None


def test_an_unknown_method_is_kept_with_its_name() -> None:
    news = one("pending", method="levitation")
    assert (news.kind, news.code) == (NewsKind.UNKNOWN, "levitation")


@pytest.mark.parametrize(
    "broken",
    [{"notificationid": None}, {"notificationid": ""}, {"orderid": []}, {"orderid": ""}, {"amount": None},
     {"amount": "1e3"}, {"amount": "-5.00"}, {"amount": "1,00"}, {"currency": "EURO"}, {"currency": None},
     {"orderid": "x" * 200}],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_value_error(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        one("credit", **broken)


def test_no_card_number_passes() -> None:
    leak = {"name": CARD_NUMBER, "bank": CARD_NUMBER, "lastdigits": CARD_NUMBER, "clearinghouse": CARD_NUMBER}
    news = one("account", messageid=CARD_NUMBER, accountid=CARD_NUMBER, attributes=leak)
    assert CARD_NUMBER not in repr(news)
    assert one("account", attributes=leak).instrument is not None
    assert CARD_NUMBER not in repr(one("account", attributes=leak))


def test_a_ledger_row_counts_in_its_own_way_alone() -> None:
    row = {"orderid": "2190971587", "amount": "100.00000000", "currency": "EUR", "datestamp": "2026-11-20 08:00:00+00"}
    deposit = news_of_ledger(row, "D-1")
    assert (deposit.kind, deposit.amount) == (NewsKind.DEPOSIT_CONFIRMED, Decimal(100))
    out = news_of_ledger(row | {"amount": "-40.00"}, "W-1")
    assert (out.kind, out.amount) == (NewsKind.PAYOUT_PENDING, Decimal(40))
    for amount, reference in (("-100.00", "D-1"), ("40.00", "W-1"), ("0", "D-1")):
        with pytest.raises(ValueError, match="another kind"):
            news_of_ledger(row | {"amount": amount}, reference)


@pytest.mark.parametrize("state", ["CONFIRMED", "BOUNCED", "EXECUTED", "NEVER_SEEN"])
def test_no_conclusion_is_drawn_from_a_transfer_state(state: str) -> None:
    row = {"orderid": "1", "transferstate": state, "amount": "40.00", "currency": "EUR"}
    news = news_of_withdrawal(row, "W-1")
    assert (news.kind, news.code) == (NewsKind.PAYOUT_PENDING, state)
