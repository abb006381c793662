"""Calls to gateways: on record, outside of transactions, behind the breaker; the janitor asks about what is unknown."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import redis
from django.conf import LazySettings
from django.db import transaction

from casino.gateways import registry
from casino.gateways.adapters.sandbox.adapter import SandboxAdapter
from casino.gateways.calls import NOT_SENT, PAUSED, SWITCHED_OFF, gateway_ask, gateway_call
from casino.gateways.enums import CallKind, NewsKind, Purpose, Standing
from casino.gateways.errors import GatewayNotConfigured, GatewayStandsSo, GatewayUnknown, NewsPuzzling
from casino.gateways.models import Gateway, GatewayCall, GatewayInquiry, GatewayNews
from casino.gateways.selectors.gateways import gateway_open, gateways_closed
from casino.gateways.services.gateways import gateway_purpose_set, gateways_know
from casino.gateways.services.inquiries import FIRST, SILENT, gateways_to_ask, unknown_ask
from casino.gateways.types import Credentials, News, OpenPayment, Order, Reply
from common.errors import BrokenPromise
from compliance.audit.models import AuditEvent
from tests.factories import CAROL, NOON
from tests.gateways.box import effects, gateways_setting, order_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("box")]


class Scripted(SandboxAdapter):
    """A gateway whose answers a test writes down beforehand."""

    def __init__(self) -> None:
        super().__init__("sandbox")
        self.replies: list[Reply | Exception] = []
        self.known: dict[str, Sequence[News]] = {}
        self.asked: list[str] = []

    def _next(self) -> Reply:
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def deposit_begin(self, order: Order, credentials: Credentials) -> Reply:  # noqa: ARG002
        return self._next()

    def payout_send(self, order: Order, credentials: Credentials) -> Reply:  # noqa: ARG002
        return self._next()

    def refund_send(self, order: Order, credentials: Credentials) -> Reply:  # noqa: ARG002
        return self._next()

    def ask(
        self,
        order: Order,
        gateway_reference: str,  # noqa: ARG002
        credentials: Credentials,  # noqa: ARG002
    ) -> Sequence[News]:
        self.asked.append(order.reference)
        return self.known.get(order.reference, ())


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    adapter = Scripted()
    monkeypatch.setitem(registry._adapters, "sandbox", adapter)
    return adapter


@pytest.fixture
def silent(box: LazySettings) -> Iterator[None]:
    """A gateway that takes connections and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=64)) as listener:
        box.GATEWAYS = gateways_setting(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout_ms=150)
        yield


def begin(reference: str = "D-1", what: CallKind = CallKind.DEPOSIT_BEGIN) -> Reply:
    purpose = Purpose.PAYOUT if what is CallKind.PAYOUT_SEND else Purpose.DEPOSIT
    return gateway_call(gateway="sandbox", what=what, order=order_of(reference, purpose), now=NOON)


def confirmed(reference: str, amount: int = 10) -> News:
    return News(
        kind=NewsKind.DEPOSIT_CONFIRMED, key=f"{reference}:confirmed", reference=reference,
        gateway_reference=f"sbx-{reference}", amount=Decimal(amount), currency="EUR",
    )  # fmt: skip


def open_since(*payments: tuple[str, datetime]) -> list[registry.OpenPayments]:
    return [
        lambda _now: [
            OpenPayment(
                gateway="sandbox", reference=reference, gateway_reference="", since=since,
                order=lambda reference=reference: order_of(reference),  # type: ignore[misc]  # bound per payment
            )
            for reference, since in payments
        ]
    ]  # fmt: skip


def test_a_call_is_on_record_with_its_answer_and_its_time(scripted: Scripted) -> None:
    scripted.replies = [Reply(standing=Standing.DECLINED, reference="sbx-1", code="insufficient_funds")]
    assert begin().standing is Standing.DECLINED
    call = GatewayCall.objects.get()
    assert (call.gateway, call.what, call.purpose, call.reference, call.sent) == (
        "sandbox", "deposit_begin", "deposit", "D-1", True,
    )  # fmt: skip
    assert (call.standing, call.gateway_reference, call.code) == ("declined", "sbx-1", "insufficient_funds")
    assert call.ms is not None


def test_an_adapter_that_breaks_leaves_the_payment_unknown_not_failed(scripted: Scripted) -> None:
    scripted.replies = [KeyError("live_prefix")]
    reply = begin()
    assert (reply.standing, reply.code) == (Standing.UNKNOWN, "KeyError")
    assert GatewayCall.objects.get().standing == "unknown"


def test_nothing_is_called_inside_a_transaction(scripted: Scripted) -> None:
    with pytest.raises(BrokenPromise), transaction.atomic():
        begin()
    with pytest.raises(BrokenPromise), transaction.atomic():
        gateway_ask(gateway="sandbox", order=order_of(), gateway_reference="", now=NOON)
    assert not GatewayCall.objects.exists()


def test_a_gateway_without_adapter_or_credentials_is_refused(box: LazySettings) -> None:
    with pytest.raises(GatewayUnknown):
        gateway_call(gateway="paypal", what=CallKind.DEPOSIT_BEGIN, order=order_of(), now=NOON)
    box.GATEWAYS = {}
    with pytest.raises(GatewayNotConfigured):
        begin()


@pytest.mark.usefixtures("silent")
def test_a_gateway_that_never_answers_is_unknown_and_soon_left_alone() -> None:
    replies = [begin(f"D-{number}") for number in range(5)]
    assert {reply.standing for reply in replies} == {Standing.UNKNOWN}
    fresh = begin("D-9")
    assert (fresh.standing, fresh.code) == (Standing.DECLINED, PAUSED)  # certainly never sent: another may try
    repeated = begin("D-1")
    assert (repeated.standing, repeated.code) == (Standing.UNKNOWN, PAUSED)  # its first telling may have arrived
    assert fresh.code in NOT_SENT
    assert GatewayCall.objects.filter(sent=False).count() == 2
    assert GatewayCall.objects.filter(sent=True, standing="unknown").count() == 5


def test_a_call_whose_process_was_killed_counts_as_one_that_may_have_arrived(scripted: Scripted) -> None:
    gateways_know(["sandbox"])
    GatewayCall.objects.create(
        gateway="sandbox", what="payout_send", purpose="payout", reference="W-1", sent=True, called_at=NOON
    )
    gateway_purpose_set(
        code="sandbox", purpose=Purpose.PAYOUT, to=False, reason="Their incident", actor=CAROL, now=NOON
    )
    assert begin("W-1", CallKind.PAYOUT_SEND).standing is Standing.UNKNOWN
    assert begin("W-2", CallKind.PAYOUT_SEND).standing is Standing.DECLINED


def test_staff_close_a_gateway_to_new_payments_and_refunds_go_on(scripted: Scripted) -> None:
    gateways_know(["sandbox"])
    scripted.replies = [Reply(standing=Standing.DONE)] * 3
    gateway_purpose_set(code="sandbox", purpose=Purpose.DEPOSIT, to=False, reason="Disputes", actor=CAROL, now=NOON)
    assert begin().code == SWITCHED_OFF
    assert begin("W-1", CallKind.PAYOUT_SEND).standing is Standing.DONE
    assert begin("R-1", CallKind.REFUND_SEND).standing is Standing.DONE
    assert gateways_closed(Purpose.DEPOSIT) == {"sandbox"}
    assert not gateway_open("sandbox", Purpose.DEPOSIT)
    with pytest.raises(GatewayStandsSo):
        gateway_purpose_set(code="sandbox", purpose=Purpose.DEPOSIT, to=False, reason="x", actor=CAROL, now=NOON)
    gateway_purpose_set(code="sandbox", purpose=Purpose.DEPOSIT, to=True, reason="Solved", actor=CAROL, now=NOON)
    assert begin().standing is Standing.DONE
    assert AuditEvent.objects.filter(name="gateways:gateway:purpose_set").count() == 2
    assert Gateway.objects.get(code="sandbox").switched_by == CAROL


def test_without_valkey_calls_go_on(box: LazySettings, scripted: Scripted) -> None:
    box.REDIS_URL = "redis://127.0.0.1:9/0"
    scripted.replies = [Reply(standing=Standing.DONE)]
    assert begin().standing is Standing.DONE


def test_the_janitor_asks_about_what_is_unknown_and_its_news_count_once(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted.known = {"D-1": [confirmed("D-1")]}
    monkeypatch.setattr(registry, "_open", open_since(("D-1", NOON), ("D-2", NOON), ("D-3", NOON + FIRST)))
    assert gateways_to_ask(now=NOON) == ()
    now = NOON + FIRST
    assert gateways_to_ask(now=now) == ("sandbox",)
    assert unknown_ask(gateway="sandbox", now=now) == 2
    assert scripted.asked == ["D-1", "D-2"]
    assert effects() == ["D-1:confirmed"]
    assert GatewayNews.objects.get().message_id is None
    notes = dict(GatewayInquiry.objects.values_list("reference", "note"))
    assert notes == {"D-1": "credited", "D-2": "no answer"}
    assert unknown_ask(gateway="sandbox", now=now) == 0  # each has its pause
    assert unknown_ask(gateway="sandbox", now=now + timedelta(seconds=31)) == 3
    assert effects() == ["D-1:confirmed"]
    assert set(GatewayCall.objects.values_list("what", "standing")) == {("ask", "done"), ("ask", "unknown")}


def test_pauses_between_questions_grow_to_an_hour(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_open", open_since(("D-1", NOON)))
    now, pauses = NOON + FIRST, []
    for _question in range(10):
        assert unknown_ask(gateway="sandbox", now=now) == 1
        inquiry = GatewayInquiry.objects.get()
        pauses.append(inquiry.next_at - now)
        now = inquiry.next_at
    assert pauses[:4] == [timedelta(seconds=number) for number in (30, 60, 120, 240)]
    assert pauses[-1] == timedelta(hours=1)
    assert len(scripted.asked) == 10


def test_a_payment_whose_order_can_not_be_made_holds_up_no_other(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erased() -> Order:
        raise LookupError("the payer is erased")

    broken = OpenPayment(gateway="sandbox", reference="D-0", gateway_reference="", since=NOON, order=erased)
    monkeypatch.setattr(registry, "_open", [lambda _now: [broken], *open_since(("D-1", NOON + timedelta(seconds=1)))])
    assert unknown_ask(gateway="sandbox", now=NOON + FIRST + timedelta(seconds=1)) == 2
    assert scripted.asked == ["D-1"]
    assert GatewayInquiry.objects.get(reference="D-0").note == "not asked: LookupError"


def test_a_silent_gateway_is_not_asked_on_and_on(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_open", open_since(*((f"D-{number}", NOON) for number in range(20))))
    assert unknown_ask(gateway="sandbox", now=NOON + FIRST) == SILENT


def test_an_answer_that_contradicts_us_is_noted_and_asked_again(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def puzzled(gateway: str, news: News, message_id: int, now: datetime) -> str:
        raise NewsPuzzling("the amount is not ours")

    monkeypatch.setattr(registry, "_handlers", [puzzled])
    scripted.known = {"D-1": [confirmed("D-1")]}
    monkeypatch.setattr(registry, "_open", open_since(("D-1", NOON)))
    assert unknown_ask(gateway="sandbox", now=NOON + FIRST) == 1
    assert GatewayInquiry.objects.get().note == "contradicts our records: the amount is not ours"
    assert not GatewayNews.objects.exists()


@pytest.mark.usefixtures("silent")
def test_questions_that_nobody_answers_end_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_open", open_since(("D-1", NOON)))
    assert unknown_ask(gateway="sandbox", now=NOON + FIRST) == 1
    call = GatewayCall.objects.get()
    assert (call.standing, call.code) == ("unknown", "no_answer")
    assert call.ms is not None
    assert call.ms < 5_000


def test_the_breaker_is_shared_through_valkey(scripted: Scripted, box: LazySettings) -> None:
    scripted.replies = [Reply(standing=Standing.UNKNOWN)] * 5
    for number in range(5):
        begin(f"D-{number}")
    assert begin("D-9").code == PAUSED
    redis.Redis.from_url(box.REDIS_URL).flushdb()
    scripted.replies = [Reply(standing=Standing.DONE)]
    assert begin("D-10").standing is Standing.DONE
