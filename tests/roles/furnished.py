"""A house with at least one row for every page: two brands under two licences, a player, play and papers in each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession

from casino.calls.models import ProviderCall
from casino.games.enums import StopReason, StopScope
from casino.games.models import Game, Stop
from casino.games.services.stops import stop_place
from casino.play.models import GameSession, Round
from casino.play.services.demo import demo_seed
from common.clock import utc_now
from common.ids import uuid7
from compliance.approvals.kinds.adjustment import adjustment_payload
from compliance.approvals.models import Approval, ApprovalRule
from compliance.approvals.services.proposals import approval_propose
from compliance.audit.enums import ThresholdKind
from compliance.audit.services.thresholds import threshold_set
from compliance.enums import RestrictionKind
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.exclusions.services.returns import return_ask, return_contact
from compliance.kyc.models import Document, KycState
from compliance.kyc.services.provider_events import event_keep
from compliance.models import Restriction
from compliance.register.models import RegisterLookup
from compliance.services.restrictions import restriction_place
from compliance.staff.models import StaffUser
from players.models import Brand, Player
from players.notes.enums import NoteKind, TagColour
from players.notes.models import Note, Tag
from players.notes.services.notes import note_add
from players.notes.services.tags import player_tag_put, tag_define
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.models import Reveal
from players.personal.services.personal_data import personal_data_reveal, personal_data_set
from players.personal.types import PersonalDetails
from players.services.brands import brand_group_add
from tests.access.cast import program_make
from tests.accounts.rows import account_rows
from tests.admin.conftest import played_call
from tests.cashier.furnish import cashier_of
from tests.definitions.breaches import definitions_of_the_story
from tests.exports.breaches import exports_kept
from tests.gate.breaches import gate_kept
from tests.gateways.breaches import gateways_kept
from tests.harm.house import harm_of
from tests.kyc.cast import sent
from tests.limits.breaches import limits_kept
from tests.monitoring.rows import monitoring_kept
from tests.reconciliation.breaches import reconciliation_kept
from tests.routing.cast import routing_kept
from tests.settlements.breaches import settlements_kept
from tests.staff import staff_member
from tests.transfers.rows import stay_of
from tests.withdrawals.rows import screens_of
from wallet.enums import AccountKind, TransactionKind
from wallet.models import Account, FxRate, Hold, Seal
from wallet.services.accounts import house_account, player_account_open
from wallet.services.holds import hold_place
from wallet.services.transactions import Movement, transaction_post


@dataclass
class Corner:
    """What belongs to one player: the keys of a row of every kind."""

    brand: Brand
    player: Player
    account: Account
    round: Round
    session: GameSession
    bet: UUID
    win: UUID
    restriction: Restriction
    hold: Hold
    note: Note
    reveal: Reveal
    approval: Approval
    stop: Stop
    call: ProviderCall
    limits: dict[str, int]
    gate: dict[str, int]
    accounts: dict[str, int]
    exclusion: Exclusion
    wish: ReturnRequest
    lookup: RegisterLookup
    verification: KycState
    document: Document
    transfers: dict[str, int]
    withdrawals: dict[str, int]


@dataclass
class Furnished:
    """The house: `mt` is Aurora's corner under MT, `se` is Polar's under SE."""

    mt: Corner
    se: Corner
    game: Game
    tag: Tag
    maker: StaffUser
    keys: dict[str, Any] = field(default_factory=dict)


def furnish() -> Furnished:
    """Make it with the product's own services."""
    now = utc_now() - timedelta(minutes=2)
    for currency in ("SEK", "GBP", "JPY"):
        FxRate.objects.create(
            currency=currency, units_per_base=Decimal(2), valid_on=now.date(), source="ECB", file_sha256="ab" * 32,
            loaded_at=now,
        )  # fmt: skip
    demo_seed(now=now)
    game = Game.objects.get(code="sandbox-slot")
    maker = staff_member("support", username="maker-of-proposals")
    tag = tag_define(name="careful", colour=TagColour.ORANGE, meaning="Ask first.", actor="system:test", now=now)
    aurora = Brand.objects.get(code="aurora")
    polar = Brand.objects.create(code="polar", name="Polar Play", jurisdiction="SE")
    mt = _corner(Player.objects.get(nickname="Alice"), aurora, game, tag, maker, now)
    se = _corner(_player(polar, now), polar, game, tag, maker, now)
    Seal.objects.create(
        number=1, from_order=1, to_order=2, kinds="transaction", row_count=0, content_hash=b"c", previous_hash=b"p",
        block_hash=b"b", signature=b"s", key_id="k", sealed_at=now,
    )  # fmt: skip
    ApprovalRule.objects.create(kind="reversal", life_hours=24, valid_from=now, approval=mt.approval)
    threshold_set(
        kind=ThresholdKind(ThresholdKind.values[0]), value=Decimal(5), reason="for a test", actor="staff:1", now=now
    )
    UserSession.objects.create(
        user=maker, ip="192.0.2.1", user_agent="tests", session_key="k" * 32, created_at=now, last_seen_at=now
    )
    for corner in (mt, se):
        harm_of(corner.player, now)
        cashier_of(corner.player, now)
    gateways_kept()
    settlements_kept()
    definitions_of_the_story()
    reconciliation_kept()
    exports_kept()
    routing_kept(now)
    program_make(now=now)
    event_keep(raw=b"a message that nobody understands", signed=True, now=now)
    monitoring_kept(
        Player.objects.create(
            public_id="pl_frozen", brand=aurora, nickname="Frida", currency="EUR", country="MT", jurisdiction="MT",
            created_at=now,
        )
    )  # fmt: skip
    brand_group_add(code="house", name="The house", actor="staff:1", now=now)
    return Furnished(mt, se, game, tag, maker)


def _player(brand: Brand, now: datetime) -> Player:
    player = Player.objects.create(
        public_id="pl_polar", brand=brand, nickname="Pola", currency="EUR", country="SE", language="sv",
        jurisdiction="SE", created_at=now,
    )  # fmt: skip
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="demo", currency="EUR")
    purse = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR")
    transaction_post(
        kind=TransactionKind.DEPOSIT,
        movements=[Movement(source_id=clearing.id, target_id=purse.id, amount=Decimal(100))],
        actor="system:test", now=now, player_id=player.pk,
    )  # fmt: skip
    return player


def _corner(player: Player, brand: Brand, game: Game, tag: Tag, maker: StaffUser, now: datetime) -> Corner:
    purse = Account.objects.get(player=player, kind=AccountKind.PLAYER_REAL)
    name = player.nickname.lower()
    session = GameSession.objects.create(
        public_id=f"gs_{name}", player=player, provider=game.provider, game=game, launched_at=now, last_seen_at=now,
        token_sha256=hashlib.sha256(name.encode()).hexdigest(), token_expires_at=now + timedelta(minutes=5),
    )  # fmt: skip
    played = Round.objects.create(
        provider=game.provider, player=player, reference=f"r-{name}", game=game, session=session, currency="EUR",
        staked=Decimal(2), won=Decimal(5), live_bets=1, live_wins=1, dead_bets=0, balance_before=Decimal(100),
        balance_after=Decimal(103), opened_at=now,
    )  # fmt: skip
    bet = played_call(played, purse, "bet", f"bet-{name}", Decimal(2), now)
    win = played_call(played, purse, "win", f"win-{name}", Decimal(5), now + timedelta(seconds=1))
    details = PersonalDetails(full_name=f"{name} testsson", email=f"{name}@example.org", phone="+46 70 123 45 67")
    personal_data_set(player_id=player.pk, details=details, actor="system:test", reason="registered", now=now)
    document = sent(player)
    personal_data_reveal(
        player_id=player.pk, group=RevealGroup.CONTACT, purpose=RevealPurpose.DISPUTE, note="for a test",
        staff_id=maker.pk, now=now,
    )  # fmt: skip
    player_tag_put(player_id=player.pk, tag_id=tag.pk, actor="staff:1", now=now)
    payload = adjustment_payload(player=player, direction="credit", amount="10", currency="EUR", reason_code="goodwill")
    return Corner(
        brand=brand, player=player, account=purse, round=played, session=session, bet=bet, win=win,
        restriction=restriction_place(
            player_id=player.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=now, ends_at=None, reason="expired",
            actor="staff:1", now=now,
        ),
        hold=hold_place(
            player_id=player.pk, currency="EUR", amount=Decimal(1), reason="withdrawal 1", actor="staff:1", now=now
        ),
        note=note_add(
            player_id=player.pk, kind=NoteKind.CONTACT, body="rings often", pinned=False, actor="staff:1", now=now
        ),
        reveal=Reveal.objects.get(player=player),
        approval=approval_propose(
            kind="adjustment_credit", payload=payload, reason="was sorry", ticket="SUP-1", actor=f"staff:{maker.pk}",
            now=utc_now(),
        ),
        stop=stop_place(
            scope=StopScope.PLAYER, target_id=player.pk, code=StopReason.SECURITY, reason="for a test", until=None,
            actor="staff:1", now=now,
        ),
        call=_call(player, now),
        limits=limits_kept(player),
        gate=gate_kept(player),
        accounts=account_rows(player, now),
        transfers=stay_of(player, game, session.pk, now),
        withdrawals=screens_of(player, now),
        document=document,
        verification=KycState.objects.get(player=player),
        **_protected(player, brand, now),
    )  # fmt: skip


def _protected(player: Player, brand: Brand, now: datetime) -> dict[str, Any]:
    """Somebody else of the brand, who was excluded for half a year, wants to return, and was asked about."""
    gone = Player.objects.create(
        public_id=f"{player.public_id}-gone", brand=brand, nickname=f"{player.nickname} Gone", currency="EUR",
        country="MT", jurisdiction=player.jurisdiction, created_at=now,
    )  # fmt: skip
    placed = exclusion_place(
        player_id=gone.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=f"player:{gone.pk}",
        now=now - timedelta(days=200),
    )  # fmt: skip
    asked = return_ask(player_id=gone.pk, actor=f"player:{gone.pk}", now=now - timedelta(days=9))[0]
    note = "Rang the player, who wants to return."
    lookup = RegisterLookup.objects.create(
        register="spelpaus", jurisdiction=player.jurisdiction, occasion="sign_in", brand=brand, player=gone,
        outcome="no_match", status=200, latency_ms=12, asked_at=now,
    )  # fmt: skip
    return_contact(request_id=asked.pk, note=note, actor="staff:1", now=now - timedelta(days=8))
    return {"exclusion": placed.exclusion, "wish": asked, "lookup": lookup}


def _call(player: Player, now: datetime) -> ProviderCall:
    return ProviderCall.objects.create(
        id=uuid7(), received_at=now, status=200, body_length=2, edge_us=1, database_us=1, total_us=3,
        replayed=False, call="bet", method="POST", path="/api/wallet/v1/bet", headers={}, remote_address="192.0.2.1",
        request_id="r", provider_code="sandbox", key_id="k1", signature="valid", outcome="ok", error_class="",
        player=player.public_id, provider_transaction_id=f"bet-{player.nickname.lower()}",
        original_transaction_id="", round_reference="", game_code="sandbox-slot", body_form="exact", body=b"{}",
        answer=b"{}",
    )  # fmt: skip
