"""Alice (Lucky), Dora (York) and Tess, a test player: each has one of everything that reports of compliance tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.exclusions.models import Exclusion
from compliance.gate.models import Flag
from compliance.geo.models import LocationCheck
from compliance.harm.models import Assessment, Case, Interaction
from compliance.kyc.models import Decision, Document, KycState
from compliance.limits.models import CareCase, Limit, LimitChange
from compliance.register.models import RegisterLookup
from players.accounts.models import Device, Erasure, PlayerSession, Registration
from players.models import Brand, Player
from players.notes.models import Note
from tests.factories import NOON, player_make

HOUR = timedelta(hours=1)


@dataclass
class Cast:
    """Who the rows are about."""

    alice: Player
    dora: Player
    york: Brand


def cast_make() -> Cast:
    """The three, each furnished."""
    york = Brand.objects.create(code="york", name="York", jurisdiction="NJ")
    alice, dora, tess = (player_make(name, balance="0", is_test=name == "Tess") for name in ("Alice", "Dora", "Tess"))
    Player.objects.filter(pk=dora.pk).update(brand=york, jurisdiction="NJ")
    dora.refresh_from_db()
    for number, player in enumerate((alice, dora, tess)):
        _limits(player)
        _checks(player, number)
        _harm(player)
        _events(player)
        _account(player, number)
    return Cast(alice, dora, york)


def _limits(player: Player) -> None:
    """100 a day, lowered to 50 after two hours; then 80 is asked for, and waits."""
    common: dict[str, Any] = {
        "player": player, "owner": "player", "kind": "deposit", "period": "day", "currency": "EUR",
    }  # fmt: skip
    first = Limit.objects.create(**common, amount=100, starts_at=NOON, ended_at=NOON + 2 * HOUR, set_by="player:1",
                                 ended_by="player:1")  # fmt: skip
    now = Limit.objects.create(**common, amount=50, starts_at=NOON + 2 * HOUR, set_by="player:1", replaces=first)
    LimitChange.objects.create(
        player=player, limit=now, amount=80, asked_at=NOON + 3 * HOUR, asked_by="player:1",
        effective_from=NOON + 27 * HOUR, needs_confirmation=True,
    )  # fmt: skip
    CareCase.objects.create(
        player=player, kind="affordability", state="cleared", figure=600, threshold=500, currency="EUR",
        window="rolling_30d", opened_at=NOON, decided_at=NOON + HOUR, decided_by="staff:7", rationale="Payslip seen.",
    )  # fmt: skip
    Flag.objects.create(player=player, kind="risk_fraud", starts_at=NOON + HOUR, reason="Odd", placed_by="staff:7")
    Exclusion.objects.create(
        player=player, brand_id=player.brand_id, jurisdiction=player.jurisdiction, kind="time_out", scope="brand",
        length="P1D", starts_at=NOON, ends_at=NOON + 24 * HOUR, over_at=NOON + 24 * HOUR, comes_off="at_end",
        placed_by="player:1",
    )  # fmt: skip


def _checks(player: Player, number: int) -> None:
    """One document waits for three days, one is rejected, one accepted and expiring; a place that is not allowed."""
    for place, (state, fields) in enumerate((
        ("waiting", {}),
        ("rejected", {"decided_at": NOON + HOUR, "decided_by": "staff:7", "reject_reason": "unreadable"}),
        ("accepted", {"decided_at": NOON + HOUR, "decided_by": "staff:7", "expires_on": date(2026, 3, 20)}),
    )):  # fmt: skip
        Document.objects.create(
            player=player, kind="passport", state=state, scan="clean", file_name="x.png", file_type="image/png",
            size=1, sha256=bytes([number, place]), sent_at=NOON, sent_by="player:1", **fields,
        )  # fmt: skip
    KycState.objects.create(player=player, level=1, status="verified", changed_at=NOON)
    Decision.objects.create(
        player=player, status="verified", status_before="review", level=1, level_before=0, reason="Seen",
        automated=False, actor="staff:7", decided_at=NOON,
    )  # fmt: skip
    for outcome, allowed in (("inside", True), ("vpn", False)):
        LocationCheck.objects.create(
            player=player, ip="10.0.0.9", outcome=outcome, allowed=allowed, country="MT", jurisdiction="MT",
            checked_at=NOON,
        )  # fmt: skip
    RegisterLookup.objects.create(
        register="simulated", jurisdiction=player.jurisdiction, occasion="sign_in", player=player, outcome="no_match",
        latency_ms=12, asked_at=NOON,
    )  # fmt: skip


def _harm(player: Player) -> None:
    """Two markers make 60 points; somebody calls."""
    findings = [
        {"marker": "harm.spend", "group": "spend", "words": "Spends more", "value": "3", "points": 40, "evidence": {}},
        {"marker": "harm.night", "group": "time", "words": "Plays at night", "value": "9", "points": 20,
         "evidence": {"bets": "9"}},
    ]  # fmt: skip
    seen = Assessment.objects.create(
        player=player, jurisdiction="MT", at=NOON, evident_at=NOON, score=60, tier="high", strong=False,
        findings=findings,
    )  # fmt: skip
    case = Case.objects.create(
        player=player, tier="high", rank=3, score=60, assessment=seen, opened_at=NOON, due_at=NOON + 24 * HOUR
    )
    Interaction.objects.create(
        case=case, player=player, at=NOON + HOUR, by="staff:7", channel="phone", seen="Spends more", done="Called",
        answer="Will set a limit", score=60, after_7={"deposits": "-20"},
    )  # fmt: skip


def _events(player: Player) -> None:
    """A large wager, a large deposit, and a colleague who looks at personal data."""
    money = {"amount": Decimal(-900), "currency": "EUR", "base_amount": Decimal(900), "kind": "bet"}
    common: dict[str, Any] = {"now": NOON, "player_id": player.pk, "brand_id": player.brand_id}
    subject = "wallet.transaction:018e0000-0000-7000-8000-000000000000"
    audit_record(name=EventName.LARGE_WAGER, actor="system:watch", subject=subject, after=money, **common)
    audit_record(
        name=EventName.LARGE_TRANSFER,
        actor="system:watch",
        subject=subject,
        after={**money, "kind": "deposit"},
        **common,
    )
    audit_record(
        name=EventName.PERSONAL_DATA_REVEALED, actor="staff:7", subject=f"players.player:{player.pk}", reason="Asked",
        **common,
    )  # fmt: skip
    audit_record(name=EventName.SUBJECT_EXPORTED, actor="staff:7", subject=f"players.player:{player.pk}", **common)


def _account(player: Player, number: int) -> None:
    """All three come from one device."""
    Registration.objects.create(
        brand_id=player.brand_id, outcome="opened", player=player, country="MT", ip="10.0.0.9", attempted_at=NOON
    )
    device = Device.objects.create(
        player=player, device_index=b"one", kind="Firefox", first_seen_at=NOON, last_seen_at=NOON
    )
    PlayerSession.objects.create(
        public_id=f"ps_{number}", player=player, token_digest=bytes([number]), device=device, ip="10.0.0.9",
        user_agent="x", created_at=NOON, last_seen_at=NOON + HOUR, strong_at=NOON, ended_at=NOON + HOUR,
        end_reason="signed_out",
    )  # fmt: skip
    Erasure.objects.create(
        player=player, state="restricted", requested_at=NOON, delete_after=NOON + timedelta(days=1826)
    )
    Note.objects.create(player=player, kind="complaint", body="Too slow", author="staff:7", written_at=NOON)
