"""Alice, who paid 100 EUR in by card and staked it, and people who work on her withdrawals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Final

from casino.cashier.models import Instrument
from casino.cashier.services.margins import margin_set
from casino.games.models import Game, Provider
from casino.gateways.enums import InstrumentKind, NewsKind, Purpose
from casino.gateways.types import Instrument as Told
from casino.gateways.types import News
from casino.play.services.calls import bet_place, win_pay
from casino.play.types import BetCall, WinCall
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Payout, Rule, Withdrawal
from casino.withdrawals.models.rule import FALLBACK
from casino.withdrawals.services.news import payout_news
from casino.withdrawals.services.payments import payout_send, payouts_due, withdrawal_submit
from casino.withdrawals.services.requests import withdrawal_request
from casino.withdrawals.services.review import withdrawal_approve, withdrawal_move
from compliance.kyc.enums import Level, Status
from compliance.kyc.models import KycState
from compliance.staff.models import StaffUser
from compliance.staff.services.role_grants import role_grant
from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.cashier.scene import VISA, begun, cards_offered, told
from tests.casino.play.table import DIALECT
from tests.factories import NOON, caller_of, game_make, player_make, provider_make, rate_make, session_make
from tests.policy.cast import LONG_AGO
from tests.routing.cast import route_make, terms_make
from tests.staff import PASSWORD
from wallet.selectors.player_balances import player_balances

# Two days after the deposit: the card has rested.
LATER: Final = NOON + timedelta(days=2)
_numbers = count(1)
BANK: Final = Told(
    kind=InstrumentKind.BANK_ACCOUNT, token="acc_1", fingerprint="fp_acc", last_four="3000", owner_name="Alice Smith"
)


def payouts_offered(**changes: Any) -> None:
    """Payouts in EUR by card: by north, then by south."""
    terms_make(purpose=Purpose.PAYOUT, **changes)
    route_make("north", purpose=Purpose.PAYOUT, place=1)
    route_make("south", purpose=Purpose.PAYOUT, place=2)


def alice_make(*, deposited: str = "100", staked: str = "100", won: str = "150") -> Player:
    """Alice Smith of Malta, identity proved; money paid in by card, staked and won."""
    player = player_make(balance="0")
    player.created_at = NOON - timedelta(days=60)
    player.save(update_fields=["created_at"])
    cards_offered()
    payouts_offered()
    proved(player)
    if deposited != "0":
        paid_in(player, deposited)
    if staked != "0":
        plays(player, staked, won)
    return player


def proved(player: Player, level: Level = Level.IDENTITY) -> None:
    """Her name is known and verified."""
    details = PersonalDetails(full_name="Alice Smith", email=f"{player.public_id}@example.org")
    personal_data_set(player_id=player.pk, details=details, reason="", actor="system:tests", now=NOON)
    KycState.objects.update_or_create(
        player=player, defaults={"level": level, "status": Status.VERIFIED, "changed_at": NOON}
    )


def paid_in(player: Player, amount: str, *, by: Told = VISA, now: datetime = NOON) -> Instrument:
    """A deposit that went through."""
    deposit = begun(player, amount, now=now)
    told(deposit, NewsKind.DEPOSIT_CONFIRMED, instrument=by, now=now)
    assert deposit.instrument is not None
    return deposit.instrument


def card(number: int) -> Told:
    """Another card of Alice's."""
    return replace(VISA, token=f"tok_{number}", fingerprint=f"fp_{number}", last_four=f"{number:04}")


def plays(player: Player, stake: str, won: str = "0", *, now: datetime = NOON + timedelta(minutes=10)) -> None:
    """One round."""
    provider = Provider.objects.filter(code="sandbox").first() or provider_make()
    game = Game.objects.filter(provider=provider).first() or game_make(provider)
    session, number = session_make(player, game, now=now), next(_numbers)
    place: dict[str, Any] = {"player_id": player.public_id, "game_code": game.code, "round_id": f"r{number}"}
    staked = bet_place(
        call=BetCall(
            transaction_id=f"b{number}", session_id=session, amount=Decimal(stake), currency=player.currency, **place
        ),
        caller=caller_of(provider), dialect=DIALECT, now=now,
    )  # fmt: skip
    won_answer = win_pay(
        call=WinCall(transaction_id=f"w{number}", amount=Decimal(won), currency=player.currency, **place),
        caller=caller_of(provider), dialect=DIALECT, now=now,
    )  # fmt: skip
    assert (staked.status, won_answer.status) == (200, 200), (staked, won_answer)


def asked(player: Player, amount: str = "40", *, now: datetime = LATER, key: str = "", **changes: Any) -> Withdrawal:
    """She asks for money."""
    wish: dict[str, Any] = {"method": "card", "instrument_id": None, **changes}
    return withdrawal_request(
        player_id=player.pk, amount=Decimal(amount), request_key=key or f"key-{next(_numbers):08}",
        actor=f"player:{player.pk}", now=now, **wish,
    )  # fmt: skip


def staff(role: str, *, person: str = "") -> StaffUser:
    """Somebody of the house."""
    name = f"{role}-{next(_numbers)}"
    made = StaffUser.objects.create_user(
        name, f"{name}@example.org", PASSWORD, is_staff=True, personnel_number=person or f"W-{name}".upper()[:20]
    )
    role_grant(staff_id=made.pk, role_code=role, actor="system:tests", reason="for a test", now=LONG_AGO)
    return made


def actor(person: StaffUser) -> str:
    return f"staff:{person.pk}"


def rule_make(jurisdiction: str = FALLBACK, *, at: datetime = NOON, **changes: Any) -> Rule:
    """Other numbers from an instant on."""
    before = Rule.objects.filter(jurisdiction=FALLBACK).order_by("-effective_from", "-pk")[0]
    kept = {f.name: getattr(before, f.name) for f in Rule._meta.fields if f.name not in ("id", "approval")}
    kept |= {"jurisdiction": jurisdiction, "effective_from": at, "source": "for a test"}
    return Rule.objects.create(**{**kept, **changes})


def by_hand() -> None:
    """No rule approves anything."""
    rule_make(auto_amount=Decimal(0))


def taken(withdrawal: Withdrawal, person: StaffUser, *, now: datetime = LATER) -> Withdrawal:
    """Somebody of payments works on it."""
    return withdrawal_move(
        withdrawal_id=withdrawal.pk, to=WithdrawalState.IN_PROCESS, reason="mine", actor=actor(person), now=now
    )


def approved(withdrawal: Withdrawal, *, now: datetime = LATER) -> Withdrawal:
    """Taken and approved by one person."""
    carol = staff("payments")
    taken(withdrawal, carol, now=now)
    return withdrawal_approve(withdrawal_id=withdrawal.pk, reason="seen", actor=actor(carol), now=now)


def sent(withdrawal: Withdrawal, *, now: datetime = LATER) -> list[Payout]:
    """Finance lets it go, and the worker sends every payment; the newest state of all."""
    withdrawal.refresh_from_db()
    by = "system:withdrawals" if withdrawal.auto_approved else actor(staff("finance"))
    withdrawal_submit(withdrawal_id=withdrawal.pk, reason="pay", actor=by, now=now)
    for key in payouts_due(withdrawal_id=withdrawal.pk):
        payout_send(payout_id=key, actor=by, now=now)
    withdrawal.refresh_from_db()
    return list(Payout.objects.filter(withdrawal=withdrawal).order_by("part", "attempt"))


def hears(payout: Payout, kind: NewsKind, *, now: datetime = LATER, key: str = "", **changes: Any) -> str:
    """The gateway tells it; the payment and its withdrawal as they stand after."""
    told: dict[str, Any] = {
        "kind": kind, "key": key or f"fact-{next(_numbers)}", "reference": payout.reference,
        "gateway_reference": payout.gateway_reference, "amount": payout.amount, "currency": payout.currency,
    }  # fmt: skip
    done = payout_news(payout.gateway, News(**{**told, **changes}), 0, now)
    payout.refresh_from_db()
    payout.withdrawal.refresh_from_db()
    return done


def money(player: Player) -> dict[str, Decimal]:
    """Real, held and owed money."""
    found = player_balances(player_id=player.pk, currency=player.currency)
    return {kind.removeprefix("player_"): amount for kind, amount in found.items() if amount}


def dollars_out(player: Player, percent: str = "1") -> None:
    """Cards in USD too, both ways, at 1.08 USD for a euro, with a margin."""
    rate_make("USD", "1.08")
    for purpose in (Purpose.DEPOSIT, Purpose.PAYOUT):
        terms_make(currency="USD", purpose=purpose)
    for source, target in (("USD", player.currency), (player.currency, "USD")):
        margin_set(
            brand_id=player.brand_id, source=source, target=target, percent=Decimal(percent), valid_from=NOON,
            approval="", actor="system:tests", now=NOON,
        )  # fmt: skip
