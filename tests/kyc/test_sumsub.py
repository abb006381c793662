"""Sumsub's forms: the vendor's vectors, every event, repeats, disorder, forgery; against a server of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from compliance.audit.models import AuditEvent
from compliance.gate.models import Flag
from compliance.kyc.adapters.sumsub.mapping import message_read, verdict_of
from compliance.kyc.adapters.sumsub.signature import digest_holds, digest_of
from compliance.kyc.enums import EventOutcome, Level, Status
from compliance.kyc.errors import ProviderNotSet, ProviderUnavailable
from compliance.kyc.models import Decision, KycState, ProviderEvent
from compliance.kyc.services.applicants import verification_start
from compliance.kyc.services.provider_events import event_keep, events_work
from compliance.kyc.types import Verdict
from players.models import Player
from tests.factories import NOON, player_make
from tests.kyc.cast import alice_make
from tests.kyc.conftest import WEBHOOK_SECRET, Vendor

LEVELS = {"identity": Level.IDENTITY, "source-of-funds": Level.FUNDS}
WEBHOOK = "/api/kyc/sumsub/v1/webhook"


@pytest.mark.parametrize(
    ("algorithm", "digest"),
    [
        ("HMAC_SHA1_HEX", "f6e92ffe371718694d46e28436f76589312df8db"),
        ("HMAC_SHA256_HEX", "7f3beedce7529616a9d6bba59dc1b054a7247cef67f6acff2600864399f47fe0"),
    ],
)
def test_the_digests_are_the_vendors(algorithm: str, digest: str) -> None:
    assert digest_of(secret="SoMe_SeCrEt_KeY", algorithm=algorithm, raw=b"someText") == digest


def test_the_long_digest_is_the_vendors() -> None:
    digest = digest_of(secret="SoMe_SeCrEt_KeY", algorithm="HMAC_SHA512_HEX", raw=b"someText")
    assert digest.startswith("3aae08986027051c")
    assert digest.endswith("58bd7af9ebf")


KEY = "s"


def holds(raw: bytes = b"{}", *, algorithm: str = "HMAC_SHA256_HEX", given: str | None = None, key: str = KEY) -> bool:
    digest = digest_of(secret=KEY, algorithm=algorithm, raw=b"{}") if given is None else given
    return digest_holds(secret=key, least="HMAC_SHA256_HEX", algorithm=algorithm, given=digest, raw=raw)


def test_a_digest_holds_over_the_very_bytes_by_an_algorithm_that_is_strong_enough() -> None:
    assert holds()
    assert holds(algorithm="HMAC_SHA512_HEX")
    assert not holds(algorithm="HMAC_SHA1_HEX")
    assert not holds(b"{} ")
    assert not holds(key="")
    assert not holds(given="")
    assert not holds(given="é" * 64)
    assert not digest_holds(secret="s", least="HMAC_SHA256_HEX", algorithm="none", given="", raw=b"{}")


def payload(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "applicantId": "a1", "externalUserId": "pl_x", "type": kind, "createdAtMs": 1_700_000_000_000,
        "levelName": "identity", **more,
    }  # fmt: skip


def review(answer: str, reject: str = "", *labels: str) -> dict[str, Any]:
    return {"reviewResult": {"reviewAnswer": answer, "reviewRejectType": reject, "rejectLabels": list(labels)}}


def verdict(kind: str, *, verified: bool = False, **more: Any) -> Verdict | None:
    return verdict_of(message_read(json.dumps(payload(kind, **more)).encode()), levels=LEVELS, verified=verified)


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        ("applicantReviewed", review("GREEN"), Status.VERIFIED),
        ("applicantReviewed", review("RED", "RETRY", "BAD_PROOF_OF_IDENTITY"), Status.RESUBMIT),
        ("applicantReviewed", review("RED", "FINAL", "AGE_REQUIREMENT_MISMATCH"), Status.REJECTED),
        ("applicantReviewed", review("RED", "RETRY", "FORGERY"), Status.REJECTED),
        ("applicantReviewed", review("RED"), Status.REJECTED),
        ("applicantReviewed", review("YELLOW"), Status.REVIEW),
        ("applicantReviewed", {}, Status.REVIEW),
        ("applicantReviewed", review("GREEN") | {"levelName": "unheard-of"}, Status.REVIEW),
        ("applicantWorkflowCompleted", review("GREEN"), Status.VERIFIED),
        ("applicantOnHold", {}, Status.REVIEW),
        ("applicantPending", {}, Status.PENDING),
        ("applicantCreated", {}, Status.PENDING),
    ],
)
def test_each_event_leads_where_the_mapping_says(kind: str, more: dict[str, Any], status: Status) -> None:
    found = verdict(kind, **more)
    assert found is not None
    assert found.status == status


def test_forged_papers_and_block_lists_are_suspicion_of_fraud() -> None:
    for label in ("FORGERY", "BLOCKLIST"):
        found = verdict("applicantReviewed", **review("RED", "FINAL", label))
        assert found is not None
        assert found.suspect
    clean = verdict("applicantReviewed", **review("RED", "FINAL", "AGE_REQUIREMENT_MISMATCH"))
    assert clean is not None
    assert not clean.suspect


@pytest.mark.parametrize("kind", ["applicantPersonalInfoChanged", "applicantDeactivated", "applicantReset"])
def test_who_changes_after_green_is_checked_again(kind: str) -> None:
    found = verdict(kind, verified=True)
    assert found is not None
    assert found.recheck
    assert found.level == Level.NONE
    assert verdict(kind, verified=False) is None


@pytest.mark.parametrize("kind", ["applicantTagsChanged", "videoIdentStatusChanged", "somethingNew"])
def test_what_is_not_known_changes_nothing(kind: str) -> None:
    assert verdict(kind) is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"nothing", b'{"type": 1}', b'{"type":"t","applicantId":"a","externalUserId":"p","createdAtMs":-1}',
     json.dumps(payload("t", reviewResult="x")).encode(), b"[" * 5000],
)  # fmt: skip
def test_a_body_of_another_form_is_refused_by_the_reader(raw: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        message_read(raw)


@pytest.fixture
def alice(transactional_db: None) -> Player:
    return alice_make()


def state(player: Player) -> KycState:
    return KycState.objects.get(player=player)


def test_alice_is_sent_to_the_vendor_and_comes_back_verified(vendor: Vendor, alice: Player) -> None:
    token = verification_start(player=alice, actor=f"player:{alice.pk}", now=NOON)
    assert token.startswith("_act-sbx-")
    assert state(alice).status == Status.PENDING
    assert vendor.send(alice.public_id, "applicantReviewed", **review("GREEN")) == [200]
    assert state(alice).status == Status.PENDING, "nothing is decided while the vendor waits for its answer"
    assert events_work(now=NOON) == 1
    assert (state(alice).status, state(alice).level) == (Status.VERIFIED, Level.IDENTITY)
    assert Decision.objects.filter(player=alice, automated=True, status=Status.VERIFIED).count() == 1


def test_a_second_start_finds_the_applicant_that_is_there(vendor: Vendor, alice: Player) -> None:
    verification_start(player=alice, actor="player:1", now=NOON)
    first = state(alice).applicant
    verification_start(player=alice, actor="player:1", now=NOON)
    assert state(alice).applicant == first != ""


def test_a_message_that_comes_three_times_counts_once(vendor: Vendor, alice: Player) -> None:
    assert vendor.send(alice.public_id, "applicantReviewed", copies=3, **review("GREEN")) == [200, 200, 200]
    events_work(now=NOON)
    assert ProviderEvent.objects.count() == 1
    assert Decision.objects.filter(player=alice).count() == 1


def test_what_comes_late_does_not_undo_what_is_newer(vendor: Vendor, alice: Player) -> None:
    who = {"applicantId": "a1"}
    vendor.send(alice.public_id, "applicantReviewed", createdAtMs=2_000, **who, **review("GREEN"), levelName="identity")
    events_work(now=NOON)
    vendor.send(alice.public_id, "applicantReviewed", createdAtMs=1_000, **who, **review("RED", "FINAL"))
    events_work(now=NOON)
    assert state(alice).status == Status.VERIFIED
    assert list(ProviderEvent.objects.order_by("pk").values_list("outcome", flat=True)) == ["applied", "stale"]


def test_a_spoiled_or_weakly_signed_message_is_kept_as_forged_and_changes_nothing(
    vendor: Vendor, alice: Player
) -> None:
    assert vendor.send(alice.public_id, "applicantReviewed", spoil=True, **review("GREEN")) == [401]
    assert vendor.send(alice.public_id, "applicantReviewed", algorithm="HMAC_SHA1_HEX", **review("GREEN")) == [401]
    assert events_work(now=NOON) == 0
    assert set(ProviderEvent.objects.values_list("outcome", "signed")) == {("forged", False)}
    assert not KycState.objects.filter(player=alice).exists()
    assert AuditEvent.objects.filter(name="compliance:verification:forged").count() == 2


def test_forged_papers_flag_the_player(vendor: Vendor, alice: Player) -> None:
    vendor.send(alice.public_id, "applicantReviewed", **review("RED", "FINAL", "FORGERY"))
    events_work(now=NOON)
    assert state(alice).status == Status.REJECTED
    assert Flag.objects.get(player=alice).kind == "risk_fraud"


def test_another_applicant_of_the_same_player_is_not_believed(vendor: Vendor, alice: Player) -> None:
    verification_start(player=alice, actor="player:1", now=NOON)
    vendor.send(alice.public_id, "applicantReviewed", applicantId="somebody-else", **review("GREEN"))
    events_work(now=NOON)
    assert state(alice).status == Status.PENDING
    assert ProviderEvent.objects.get().outcome == EventOutcome.UNKNOWN


def test_a_message_about_nobody_is_kept_and_flagged(vendor: Vendor) -> None:
    assert vendor.send("pl_nobody", "applicantReviewed", **review("GREEN")) == [200]
    events_work(now=NOON)
    assert ProviderEvent.objects.get().outcome == EventOutcome.UNKNOWN


@pytest.mark.django_db
def test_a_signed_body_that_nobody_understands_is_kept() -> None:
    assert event_keep(raw=b"[1]", signed=True, now=NOON) is None
    assert ProviderEvent.objects.get().outcome == EventOutcome.UNKNOWN


@pytest.mark.django_db
def test_without_a_vendor_players_are_told_to_send_documents() -> None:
    with pytest.raises(ProviderNotSet):
        verification_start(player=alice_make(), actor="player:1", now=NOON)


def test_wrong_credentials_at_the_vendor_are_one_clear_refusal(
    vendor: Vendor, alice: Player, settings: LazySettings
) -> None:
    settings.SUMSUB_SECRET = "another"
    with pytest.raises(ProviderUnavailable):
        verification_start(player=alice, actor="player:1", now=NOON)


@pytest.mark.django_db
def test_the_webhook_takes_posts_of_a_bounded_length_alone(client: Client, settings: LazySettings) -> None:
    settings.SUMSUB_WEBHOOK_SECRET = WEBHOOK_SECRET
    assert client.get(WEBHOOK).status_code == 405
    answer = client.post(WEBHOOK, b"x" * (257 * 1024), content_type="application/json")
    assert answer.status_code == 413
    assert not ProviderEvent.objects.exists()


@pytest.mark.django_db
def test_a_flood_of_unsigned_messages_is_kept_only_so_far(client: Client, settings: LazySettings) -> None:
    settings.SUMSUB_WEBHOOK_SECRET = WEBHOOK_SECRET
    statuses = [client.post(WEBHOOK, b"{}", content_type="application/json").status_code for _ in range(33)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert ProviderEvent.objects.count() <= 30


@pytest.mark.django_db
def test_a_higher_level_is_not_lost_to_a_lower_one() -> None:
    player = player_make()
    KycState.objects.create(player=player, level=Level.FUNDS, status=Status.VERIFIED, changed_at=NOON)
    raw = json.dumps(payload("applicantReviewed", externalUserId=player.public_id, **review("GREEN"))).encode()
    event_keep(raw=raw, signed=True, now=NOON)
    events_work(now=NOON)
    assert state(player).level == Level.FUNDS
