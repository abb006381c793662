"""The bet, step by step, as the ORM invites one to write it."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.bench.plain_orm.models import Account, Entry, Game, GameSession, Provider, RecordedAnswer, Round, Transaction
from tests.bench.plain_orm.serializers import BetSerializer

SESSION_IDLE = timedelta(minutes=30)
SESSION_TOUCH = timedelta(seconds=30)


class Refused(APIException):
    """A refusal with the contract's code."""

    status_code = 409


class BetView(APIView):
    """`POST bet`."""

    permission_classes = ()

    def post(self, request: Request) -> Response:
        serializer = BetSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        bet = serializer.validated_data
        content = json.dumps(bet, default=str, sort_keys=True)
        fingerprint = hashlib.sha256(content.encode()).hexdigest()
        provider = request.auth
        assert isinstance(provider, Provider)
        with transaction.atomic():
            recorded = RecordedAnswer.objects.filter(
                provider=provider, provider_transaction_id=bet["transaction_id"]
            ).first()
            if recorded is not None:
                if recorded.fingerprint != fingerprint:
                    raise Refused("idempotency_conflict")
                return Response(recorded.body, status=recorded.status)
            body = self.book(provider, bet, fingerprint)
        return Response(body)

    def book(self, provider: Provider, bet: dict[str, Any], fingerprint: str) -> dict[str, Any]:
        """Check, debit, write the books and record the answer; returns it."""
        wallet = self.wallet(bet)
        game = self.checked_game(provider, bet)
        self.check_session(provider, wallet, bet)
        stake: Decimal = bet["amount"]
        if wallet.balance is None or wallet.balance < stake:
            raise Refused("insufficient_funds")
        round_, _ = Round.objects.get_or_create(
            provider=provider, player=wallet.player, reference=bet["round_id"], defaults={"game": game}
        )
        if round_.closed:
            raise Refused("round_closed")
        wallet.balance -= stake
        wallet.save(update_fields=["balance"])
        round_.staked = Decimal(round_.staked) + stake
        round_.save(update_fields=["staked"])
        booked = Transaction.objects.create(id=uuid.uuid4(), kind="bet", player=wallet.player, round=round_)
        house, _ = Account.objects.get_or_create(player=None, name=f"gaming:{provider.code}", currency=wallet.currency)
        Entry.objects.bulk_create(
            [
                Entry(transaction=booked, account=wallet, amount=-stake, balance_after=wallet.balance),
                Entry(transaction=booked, account=house, amount=stake),
            ]
        )
        body = self.answer(wallet, bet, booked)
        RecordedAnswer.objects.create(
            provider=provider,
            provider_transaction_id=bet["transaction_id"],
            fingerprint=fingerprint,
            transaction=booked,
            status=200,
            body=body,
        )
        return body

    def wallet(self, bet: dict[str, Any]) -> Account:
        """The player's wallet, locked."""
        wallet = (
            Account.objects.select_for_update(of=("self",))
            .select_related("player")
            .filter(player__public_id=bet["player_id"])
            .first()
        )
        if wallet is None or wallet.player is None:
            raise Refused("player_not_found")
        if wallet.player.status != "active":
            raise Refused("player_blocked")
        if wallet.currency != bet["currency"]:
            raise Refused("currency_mismatch")
        return wallet

    def checked_game(self, provider: Provider, bet: dict[str, Any]) -> Game:
        """The game, open and within its stake limits."""
        game = Game.objects.filter(provider=provider, code=bet["game_code"]).first()
        if game is None or not game.enabled:
            raise Refused("game_disabled")
        if game.max_stake is not None and bet["amount"] > game.max_stake:
            raise Refused("stake_limit_exceeded")
        if game.min_stake is not None and bet["amount"] < game.min_stake:
            raise Refused("stake_limit_exceeded")
        return game

    def check_session(self, provider: Provider, wallet: Account, bet: dict[str, Any]) -> None:
        """The session is alive and this player's; it is touched when that is due."""
        session = GameSession.objects.filter(provider=provider, public_id=bet["session_id"]).first()
        now = timezone.now()
        if session is None or session.player_id != wallet.player_id:
            raise Refused("session_not_found")
        if session.ended_at is not None or now - session.last_seen_at > SESSION_IDLE:
            raise Refused("session_expired")
        if now - session.last_seen_at > SESSION_TOUCH:
            session.last_seen_at = now
            session.save(update_fields=["last_seen_at"])

    def answer(self, wallet: Account, bet: dict[str, Any], booked: Transaction) -> dict[str, Any]:
        """The contract's answer to a bet."""
        balance = f"{wallet.balance:.2f}"
        return {
            "status": "ok",
            "request_id": str(uuid.uuid4()),
            "balance": {"currency": wallet.currency, "real": balance, "bonus": "0.00", "total": balance},
            "transaction_id": bet["transaction_id"],
            "wallet_transaction_id": str(booked.pk),
            "round_id": bet["round_id"],
            "processed_at": timezone.now().isoformat(),
        }
