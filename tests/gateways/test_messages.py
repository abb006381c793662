"""Messages are kept as they came, worked off once, in any order, and flagged for people where they do not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction

from casino.gateways import registry
from casino.gateways.adapters.sandbox.adapter import SandboxAdapter
from casino.gateways.enums import NewsKind, Outcome, Verdict
from casino.gateways.errors import MessageNotFlagged
from casino.gateways.headers import headers_kept
from casino.gateways.models import GatewayMessage, GatewayNews
from casino.gateways.services.ageing import messages_age
from casino.gateways.services.gateways import gateways_know
from casino.gateways.services.messages import LEASE, MOST_ATTEMPTS, message_work, message_work_again, pause_after
from casino.gateways.services.news import key_of, news_counts, news_tell
from casino.gateways.types import News, RawMessage
from common.errors import BrokenPromise
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from tests.factories import CAROL, NOON
from tests.gateways.box import body_of, effect, effects, kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("box")]


def worked(now: datetime = NOON) -> GatewayMessage:
    message = message_work(now=now)
    assert message is not None
    return message


def test_a_fact_counts_once_however_many_messages_tell_it() -> None:
    for _telling in range(3):
        kept(body_of("e1"), NOON)
    assert [worked().outcome for _telling in range(3)] == [Outcome.APPLIED] * 3
    assert message_work(now=NOON) is None
    assert effects() == ["e1"]
    news = GatewayNews.objects.get()
    assert (news.key, news.reference, news.amount, news.currency) == ("e1", "D-1", Decimal(10), "EUR")
    assert list(GatewayMessage.objects.order_by("pk").values_list("note", flat=True)) == [
        "deposit_confirmed D-1: credited",
        "deposit_confirmed D-1: counted already",
        "deposit_confirmed D-1: counted already",
    ]


def test_duplicates_worked_off_at_the_same_time_count_once() -> None:
    for _telling in range(8):
        kept(body_of("e1"), NOON)

    def work(_number: int) -> str:
        try:
            return worked().outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(work, range(8))) == {Outcome.APPLIED}
    assert effects() == ["e1"]


def test_without_the_claim_the_same_race_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a cashier that looks and then writes, as two of them look before either writes."""
    both = Barrier(2)

    def careless(gateway: str, news: News, message_id: int, now: datetime) -> str:
        if news.key in effects():
            return "counted already"
        both.wait(10)
        with transaction.atomic():
            return _credit(news, now)

    monkeypatch.setattr(registry, "_handlers", [careless])
    kept(body_of("e1"), NOON)
    kept(body_of("e1"), NOON)

    def work(_number: int) -> None:
        message_work(now=NOON)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert effects() == ["e1", "e1"]


def _credit(news: News, now: datetime) -> str:
    name = EventName.GATEWAY_MESSAGE_AGAIN
    audit_record(name=name, actor="system:tests", now=now, subject=f"tests.effect:{news.key}")
    return "credited"


def test_a_message_that_another_worker_holds_is_skipped_not_waited_for() -> None:
    held, free = kept(body_of("e1"), NOON), kept(body_of("e2"), NOON)

    def work() -> int:
        try:
            return worked().pk
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        GatewayMessage.objects.select_for_update(no_key=True).get(pk=held.pk)
        assert pool.submit(work).result(5) == free.pk
    assert worked().pk == held.pk


def test_a_failure_is_tried_again_with_growing_pauses_and_given_up_at_last() -> None:
    message = kept(body_of("e1", amount="500"), NOON)
    now, pauses = NOON, []
    for _attempt in range(MOST_ATTEMPTS):
        assert message_work(now=now - timedelta(seconds=1)) is None or now == NOON
        tried = worked(now)
        if tried.outcome == Outcome.WAITING:
            assert tried.next_try_at is not None
            pauses.append(tried.next_try_at - now)
            now = tried.next_try_at
    message.refresh_from_db()
    assert message.outcome == Outcome.FAILED
    assert message.attempts == MOST_ATTEMPTS
    assert "RuntimeError" in message.note
    assert pauses == [pause_after(number) for number in range(1, MOST_ATTEMPTS)]
    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert max(pauses) == timedelta(minutes=30)
    assert message_work(now=now + timedelta(days=9)) is None
    assert AuditEvent.objects.filter(name="gateways:message:flagged").count() == 1


def test_who_is_killed_every_time_is_given_up_too() -> None:
    kept(body_of("e1"), NOON)
    GatewayMessage.objects.update(attempts=MOST_ATTEMPTS)
    message = worked()
    assert message.outcome == Outcome.FAILED
    assert effects() == []


def test_a_worker_that_comes_back_after_its_lease_writes_nothing_down(monkeypatch: pytest.MonkeyPatch) -> None:
    message = kept(body_of("e1"), NOON)

    def slow(gateway: str, news: News, message_id: int, now: datetime) -> str:
        monkeypatch.setattr(registry, "_handlers", [effect])
        assert worked(NOON + LEASE).note.endswith("credited")  # meanwhile, another worker
        return "late"

    monkeypatch.setattr(registry, "_handlers", [slow])
    assert worked().note == "deposit_confirmed D-1: credited"
    message.refresh_from_db()
    assert (message.outcome, message.attempts) == (Outcome.APPLIED, 2)
    assert effects() == ["e1"]


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        (body_of("e1", amount="999"), Outcome.QUARANTINED, "the amount is not ours"),
        (b"{broken", Outcome.PUZZLING, "not understood"),
        (body_of("", "D-1"), Outcome.PUZZLING, "no number"),
        (body_of("e1", event="payment.invented"), Outcome.UNKNOWN, "payment.invented"),
        (body_of("e1", event="payment.declined"), Outcome.UNKNOWN, "nothing of ours is meant"),
    ],
)
def test_what_does_not_fit_is_kept_and_flagged_with_its_line(body: bytes, outcome: Outcome, words: str) -> None:
    kept(body, NOON)
    message = worked()
    assert message.outcome == outcome
    assert words in message.note
    assert bytes(message.raw) == body
    assert effects() == []
    flagged = AuditEvent.objects.get(name="gateways:message:flagged")
    assert words in flagged.reason


def test_a_flagged_message_is_worked_off_again_by_people_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_handlers", [])
    message = kept(body_of("e1"), NOON)
    assert worked().outcome == Outcome.UNKNOWN
    monkeypatch.setattr(registry, "_handlers", [effect])
    message_work_again(message_id=message.pk, reason="The route was put right", actor=CAROL, now=NOON)
    again = worked()
    assert (again.outcome, again.rounds, again.attempts) == (Outcome.APPLIED, 2, 1)
    assert effects() == ["e1"]
    assert AuditEvent.objects.get(name="gateways:message:worked_again", actor=CAROL).reason == "The route was put right"
    with pytest.raises(MessageNotFlagged):
        message_work_again(message_id=message.pk, reason="x", actor=CAROL, now=NOON)


class Batch(SandboxAdapter):
    """A gateway that tells several facts in one message."""

    def news_of(self, message: RawMessage) -> Sequence[News]:
        bodies = message.body.split(b"\n")
        return [one for body in bodies for one in super(Batch, self).news_of(_with(message, body))]


def _with(message: RawMessage, body: bytes) -> RawMessage:
    return RawMessage(
        gateway=message.gateway, method=message.method, headers=message.headers, query=message.query, body=body
    )


def test_every_fact_of_a_message_is_told_whatever_becomes_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._adapters, "sandbox", Batch("sandbox"))
    kept(b"\n".join([body_of("e1", amount="999"), body_of("e2", amount="500"), body_of("e3")]), NOON)
    first = worked()
    assert first.outcome == Outcome.WAITING  # what may still come right is tried again
    assert effects() == ["e3"]
    assert first.next_try_at is not None
    second = worked(first.next_try_at)
    assert effects() == ["e3"]
    assert "RuntimeError" in second.note
    assert "the amount is not ours" in second.note


def test_forged_messages_are_evidence_and_never_worked_off(box: LazySettings) -> None:
    body = body_of("e1") + b" " * 9_000
    message = kept(body, NOON, Verdict.INVALID)
    assert message_work(now=NOON) is None
    assert message_work(now=NOON, message_id=message.pk) is None
    message.refresh_from_db()
    assert (message.outcome, message.size, len(bytes(message.raw))) == (Outcome.INVALID, len(body), 4_096)
    with pytest.raises(MessageNotFlagged):
        message_work_again(message_id=message.pk, reason="x", actor=CAROL, now=NOON)
    assert AuditEvent.objects.filter(name="gateways:message:forged").count() == 1


def test_a_claim_stands_with_its_effect_or_not_at_all() -> None:
    news = News(kind=NewsKind.DEPOSIT_CONFIRMED, key="k", reference="D-1", gateway_reference="g")
    with pytest.raises(BrokenPromise):
        news_counts(gateway="sandbox", news=news, message_id=0, note="", now=NOON)
    with transaction.atomic():
        assert news_counts(gateway="sandbox", news=news, message_id=0, note="", now=NOON)
        transaction.set_rollback(True)
    assert not GatewayNews.objects.exists()
    with transaction.atomic():
        assert news_counts(gateway="sandbox", news=news, message_id=0, note="", now=NOON)
        assert not news_counts(gateway="sandbox", news=news, message_id=0, note="", now=NOON)


def test_an_unknown_fact_is_never_counted_so_that_a_later_one_may_act() -> None:
    news = News(kind=NewsKind.UNKNOWN, key="D-1:not_found", reference="D-1", gateway_reference="", code="not_found")
    assert news_tell(gateway="sandbox", news=news, message_id=0, now=NOON) == ""
    assert not GatewayNews.objects.exists()


def test_long_keys_stay_apart() -> None:
    keys = [key_of(News(kind=NewsKind.NOTED, key="k" * 300 + end, reference="", gateway_reference="")) for end in "ab"]
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 200


def test_headers_that_sign_somebody_in_are_not_kept() -> None:
    found = headers_kept({"Authorization": "Basic c2VjcmV0", "X-Api-Key": "k", "X-Sandbox-Signature": "t=1"})
    assert found == {"authorization": "(redacted)", "x-api-key": "(redacted)", "x-sandbox-signature": "t=1"}


def test_what_was_kept_long_enough_loses_its_content_and_nothing_else(box: LazySettings) -> None:
    gateways_know(["sandbox"])
    old = NOON - timedelta(days=2000)
    gone, forged, young = kept(body_of("e1"), old), kept(body_of("e2"), old, Verdict.INVALID), kept(body_of("e3"), NOON)
    flagged = kept(body_of("e4", event="payment.invented"), old)
    for _message in range(3):
        worked()
    before = bytes(gone.raw)
    assert messages_age(now=NOON) == 2
    assert messages_age(now=NOON) == 0
    for row in (gone, forged):
        row.refresh_from_db()
        assert (bytes(row.raw), row.headers, row.query, row.ip, row.aged_at) == (b"", {}, "", None, NOON)
    assert gone.raw_sha256 == hashlib.sha256(before).hexdigest()
    assert (gone.outcome, gone.size) == (Outcome.APPLIED, len(before))
    for row in (young, flagged):
        row.refresh_from_db()
        assert bytes(row.raw)
    # The database lets nothing go earlier, and nothing come back.
    for row, change in ((young, {"raw": b"", "headers": {}, "aged_at": NOON}), (gone, {"raw": b"x"})):
        with pytest.raises(IntegrityError, match="gateway message keeps its content"), transaction.atomic():
            GatewayMessage.objects.filter(pk=row.pk).update(**change)
    aged = AuditEvent.objects.get(name=EventName.GATEWAY_MESSAGES_AGED)
    assert (aged.after or {})["messages"] == 2
