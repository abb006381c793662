"""The adapter against the real server, by amount."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest

from casino.gateways.adapters.sandbox.adapter import SandboxAdapter
from casino.gateways.enums import NewsKind, Purpose, Standing, Verdict
from casino.gateways.sandbox_server.outcomes import DEPOSITS, PAYOUTS, REFUNDS
from tests.gateways.sandbox.orders import order
from tests.gateways.sandbox.process import SandboxProcess
from tests.gateways.sandbox.sink import Sink

ADAPTER = SandboxAdapter("sandbox")
K = NewsKind
S = Standing
REPLIES = {
    "done": S.DONE, "pending": S.PENDING, "declined": S.DECLINED, "authorised": S.AUTHORISED, "silence": S.UNKNOWN,
    "never": S.UNKNOWN, "error": S.UNKNOWN, "garbage": S.UNKNOWN,
}  # fmt: skip


def kinds(gateway: SandboxProcess, sent_reference: str, purpose: Purpose = Purpose.DEPOSIT) -> list[NewsKind]:
    news = ADAPTER.ask(order("1", sent_reference, purpose=purpose), "", gateway.credentials())
    return [fact.kind for fact in news]


@pytest.mark.parametrize("cents", sorted(DEPOSITS))
def test_every_deposit_of_the_table_is_answered_as_it_says(gateway: SandboxProcess, cents: int) -> None:
    reply = ADAPTER.deposit_begin(order(f"25.{cents:02d}", "D-1"), gateway.credentials())
    assert reply.standing is REPLIES[DEPOSITS[cents].answered]
    assert reply.code == DEPOSITS[cents].code or reply.standing is S.UNKNOWN


@pytest.mark.parametrize("cents", sorted(PAYOUTS))
def test_every_payout_of_the_table_is_answered_as_it_says(gateway: SandboxProcess, cents: int) -> None:
    reply = ADAPTER.payout_send(order(f"25.{cents:02d}", "W-1", purpose=Purpose.PAYOUT), gateway.credentials())
    assert reply.standing is REPLIES[PAYOUTS[cents].answered]


@pytest.mark.parametrize("cents", sorted(REFUNDS))
def test_every_refund_of_the_table_is_answered_as_it_says(gateway: SandboxProcess, cents: int) -> None:
    paid = ADAPTER.deposit_begin(order("50", "D-1"), gateway.credentials())
    gateway.flush()
    reply = ADAPTER.refund_send(order(f"25.{cents:02d}", "R-1", original=paid.reference), gateway.credentials())
    assert reply.standing is REPLIES[REFUNDS[cents].answered]


def test_the_payer_goes_to_a_page_pays_there_and_both_sides_hear(gateway: SandboxProcess, sink: Sink) -> None:
    reply = ADAPTER.deposit_begin(order("25", "D-1", method="card", notify=sink.url), gateway.credentials())
    assert reply.standing is S.REDIRECT
    assert gateway.flush() == []
    assert gateway.pay(reply.client["redirect_url"], owner="Alice B. Archer") == 303
    assert gateway.flush() == [200]
    (news,) = ADAPTER.news_of(sink.heard[0])
    assert (news.kind, news.reference, news.gateway_reference) == (K.DEPOSIT_CONFIRMED, "D-1", reply.reference)
    assert (news.amount, news.currency) == (Decimal(25), "EUR")
    assert news.instrument is not None
    assert news.instrument.owner_name == "Alice B. Archer"
    assert news.instrument.token.startswith("tok_")


def test_who_cancels_on_the_page_and_who_never_comes_are_told_apart(gateway: SandboxProcess) -> None:
    pages = {}
    for reference in ("D-1", "D-2"):
        reply = ADAPTER.deposit_begin(order("25", reference, method="bank"), gateway.credentials())
        pages[reference] = reply.client["redirect_url"]
    gateway.pay(pages["D-1"], choice="cancel")
    gateway.order("clock", ahead="1900")
    assert kinds(gateway, "D-1") == [K.DEPOSIT_CANCELLED]
    assert kinds(gateway, "D-2") == [K.DEPOSIT_EXPIRED]
    gateway.pay(pages["D-2"])
    assert kinds(gateway, "D-2") == [K.DEPOSIT_EXPIRED]


def test_the_same_reference_is_one_payment_and_never_another_one(gateway: SandboxProcess) -> None:
    first, again = (ADAPTER.deposit_begin(order("25", "D-1"), gateway.credentials()) for _ in (1, 2))
    assert first.reference == again.reference
    assert first.standing is again.standing is S.DONE
    other = ADAPTER.deposit_begin(order("26", "D-1"), gateway.credentials())
    assert (other.standing, other.code) == (S.UNKNOWN, "reference_used")


def test_what_was_not_heard_is_found_by_asking(gateway: SandboxProcess) -> None:
    for cents, heard in (("04", [K.DEPOSIT_CONFIRMED]), ("05", [K.UNKNOWN]), ("27", [K.DEPOSIT_CONFIRMED])):
        assert ADAPTER.deposit_begin(order(f"25.{cents}", cents), gateway.credentials()).standing is S.UNKNOWN
        assert kinds(gateway, cents) == heard
    (lost,) = ADAPTER.ask(order("25.05", "05"), "", gateway.credentials())
    assert lost.code == "not_found"


def test_a_killed_gateway_remembers_and_one_killed_in_the_middle_has_taken_on(gateway: SandboxProcess) -> None:
    gateway.order("mode", face="sandbox", mode="die")
    assert ADAPTER.deposit_begin(order("25", "D-1"), gateway.credentials()).standing is S.UNKNOWN
    assert ADAPTER.ask(order("25", "D-1"), "", gateway.credentials()) == ()
    gateway.start()
    assert kinds(gateway, "D-1") == [K.DEPOSIT_CONFIRMED]
    gateway.kill()
    gateway.start()
    assert kinds(gateway, "D-1") == [K.DEPOSIT_CONFIRMED]


def test_time_brings_chargebacks_returns_and_late_approvals(gateway: SandboxProcess) -> None:
    credentials = gateway.credentials()
    for amount, reference in (("25.07", "D-7"), ("25.22", "D-22")):
        ADAPTER.deposit_begin(order(amount, reference), credentials)
    ADAPTER.payout_send(order("25.09", "W-9", purpose=Purpose.PAYOUT), credentials)
    gateway.order("clock", ahead="61")
    assert kinds(gateway, "D-7") == [K.DEPOSIT_CONFIRMED, K.CHARGEBACK, K.CHARGEBACK_REVERSED]
    assert kinds(gateway, "D-22") == [K.DEPOSIT_DECLINED, K.DEPOSIT_CONFIRMED]
    assert kinds(gateway, "W-9", Purpose.PAYOUT) == [K.PAYOUT_PENDING, K.PAYOUT_CONFIRMED, K.PAYOUT_RETURNED]


def test_a_message_and_an_answer_tell_a_fact_under_one_key(gateway: SandboxProcess, sink: Sink) -> None:
    sent = order("25", "D-1", notify=sink.url)
    ADAPTER.deposit_begin(sent, gateway.credentials())
    gateway.flush()
    (told,) = ADAPTER.news_of(sink.heard[0])
    assert ADAPTER.ask(sent, "", gateway.credentials()) == (told,)


@pytest.mark.parametrize(
    ("cents", "amounts"),
    [("10", [25] * 3), ("12", []), ("13", [26]), ("15", [25, 50]), ("28", [25, 25])],
)
def test_messages_come_thrice_never_or_with_other_money(
    gateway: SandboxProcess, sink: Sink, cents: str, amounts: list[int]
) -> None:
    ADAPTER.deposit_begin(order(f"25.{cents}", "D-1", notify=sink.url), gateway.credentials())
    gateway.flush()
    heard = [news for message in sink.heard for news in ADAPTER.news_of(message)]
    assert [int(news.amount or 0) for news in heard] == amounts
    assert len({news.key for news in heard}) == (2 if cents == "28" else min(1, len(amounts)))


def test_the_order_of_messages_can_be_wrong(gateway: SandboxProcess, sink: Sink) -> None:
    ADAPTER.deposit_begin(order("25.11", "D-1", notify=sink.url), gateway.credentials())
    gateway.flush()
    heard = [news.kind for message in sink.heard for news in ADAPTER.news_of(message)]
    assert heard == [K.DEPOSIT_CONFIRMED, K.DEPOSIT_PENDING]


def test_signatures_hold_under_either_key_and_not_for_other_bytes_keys_or_times(
    gateway: SandboxProcess, sink: Sink
) -> None:
    ADAPTER.deposit_begin(order("25", "D-1", notify=sink.url), gateway.credentials())
    ADAPTER.deposit_begin(order("25.14", "D-14", notify=sink.url), gateway.credentials())
    gateway.flush()
    good, forged = sink.heard
    credentials = gateway.credentials()
    assert ADAPTER.verdict_of(good, credentials) is Verdict.VALID
    assert ADAPTER.verdict_of(forged, credentials) is Verdict.INVALID
    assert ADAPTER.answer_to(good, Verdict.VALID, credentials).status == 200
    assert ADAPTER.answer_to(forged, Verdict.INVALID, credentials).status == 401
    assert ADAPTER.verdict_of(replace(good, body=good.body + b" "), credentials) is Verdict.INVALID
    assert ADAPTER.verdict_of(replace(good, headers={}), credentials) is Verdict.ABSENT
    rotated = gateway.credentials(key="another")
    assert ADAPTER.verdict_of(good, rotated) is Verdict.INVALID
    both = replace(rotated, secrets={**rotated.secrets, "webhook_key_next": credentials.secrets["webhook_key"]})
    assert ADAPTER.verdict_of(good, both) is Verdict.VALID
    stamp = good.headers["x-sandbox-signature"].partition(",")[0]
    old = good.headers["x-sandbox-signature"].replace(stamp, f"t={int(stamp[2:]) - 600}")
    assert ADAPTER.verdict_of(replace(good, headers={"x-sandbox-signature": old}), credentials) is Verdict.INVALID


def test_a_message_that_is_not_taken_comes_again(gateway: SandboxProcess, sink: Sink) -> None:
    sink.status = 503
    ADAPTER.deposit_begin(order("25", "D-1", notify=sink.url), gateway.credentials())
    assert gateway.flush() == [503]
    sink.status = 200
    assert gateway.flush() == [200]
    assert gateway.flush() == []
    assert sink.heard[0].body == sink.heard[1].body


def test_another_face_takes_what_the_first_declined(gateway: SandboxProcess) -> None:
    second = SandboxAdapter("sandbox2")
    assert ADAPTER.deposit_begin(order("25.02", "D-1"), gateway.credentials()).standing is S.DECLINED
    assert second.deposit_begin(order("25.02", "D-1"), gateway.credentials("sandbox2")).standing is S.DONE


def test_an_outage_a_silence_and_a_wrong_key_never_read_as_a_decline_of_money_on_its_way(
    gateway: SandboxProcess,
) -> None:
    for mode in ("outage", "silence"):
        gateway.order("mode", face="sandbox", mode=mode)
        assert ADAPTER.deposit_begin(order("25", mode), gateway.credentials()).standing is S.UNKNOWN
    gateway.order("mode", face="sandbox", mode="")
    stranger = replace(gateway.credentials(), secrets={"api_key": "wrong"})
    assert ADAPTER.deposit_begin(order("25", "D-1"), stranger).code == "wrong_key"


def test_a_batch_settles_every_movement_once_with_its_fee(gateway: SandboxProcess) -> None:
    credentials = gateway.credentials()
    paid = ADAPTER.deposit_begin(order("100", "D-1"), credentials)
    ADAPTER.deposit_begin(order("25.01", "D-2"), credentials)
    ADAPTER.payout_send(order("40", "W-1", purpose=Purpose.PAYOUT), credentials)
    gateway.flush()
    ADAPTER.refund_send(order("10", "R-1", original=paid.reference), credentials)
    name = gateway.order("settle", face="sandbox")
    assert ADAPTER.settlement_names(credentials) == (name,)
    body = ADAPTER.settlement_fetch(name, credentials)
    assert body is not None
    lines = [(line.kind, line.reference, line.gross, line.fee) for line in ADAPTER.settlement_lines(io.BytesIO(body))]
    assert lines == [
        (K.DEPOSIT_CONFIRMED, "D-1", Decimal("100"), Decimal("1.30")),
        (K.PAYOUT_CONFIRMED, "W-1", Decimal("-40"), Decimal("0.25")),
        (K.REFUND_DONE, "R-1", Decimal("-10"), Decimal("0.10")),
        (K.NOTED, "", Decimal("0"), Decimal("1.00")),
    ]
    assert gateway.order("settle", face="sandbox") is None
    assert ADAPTER.settlement_fetch(name, credentials) == body


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [(b",100,", b",101,", "line 2"), (b"total,", b"line,", "line 4"), (b"payment.confirmed", b"gift", "line 2")],
)
def test_a_file_that_does_not_add_up_names_its_line(
    gateway: SandboxProcess, old: bytes, new: bytes, complaint: str
) -> None:
    ADAPTER.deposit_begin(order("100", "D-1"), gateway.credentials())
    gateway.flush()
    body = ADAPTER.settlement_fetch(gateway.order("settle", face="sandbox"), gateway.credentials())
    assert body is not None
    assert list(ADAPTER.settlement_lines(io.BytesIO(body)))
    with pytest.raises(ValueError, match=complaint):
        list(ADAPTER.settlement_lines(io.BytesIO(body.replace(old, new))))
    with pytest.raises(ValueError, match="no total"):
        list(ADAPTER.settlement_lines(io.BytesIO(body[: body.index(b"total,")])))
