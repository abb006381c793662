"""Players for the bench, made by the wallet's own services. Run as `python -m tests.bench.seed_wallet <count> <file>`
after `manage.py seed_demo`; writes (public id, session) of each player."""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from pathlib import Path

import django

BALANCE = Decimal(1_000_000)
NO_LIMIT = 1_000_000_000


def seed(count: int) -> list[tuple[str, str]]:
    """`count` players in euro with money and an authenticated session each; the provider's rate limit is lifted."""
    from django.db import transaction

    from casino.games.models import Game, Provider
    from casino.play.models import GameSession
    from common.clock import utc_now
    from compliance.gate.services.standing import standing_renew
    from players.models import Brand, Player
    from wallet.enums import AccountKind, TransactionKind
    from wallet.locks import wallet_lock
    from wallet.services.accounts import house_account, player_account_open
    from wallet.services.transactions import Movement, transaction_post

    now = utc_now()
    brand = Brand.objects.get(code="aurora")
    Provider.objects.filter(code="sandbox").update(rate_limit=NO_LIMIT)
    game = Game.objects.get(provider__code="sandbox", code="sandbox-slot")
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bench", currency="EUR")
    people = [
        Player(
            public_id=f"pl_bench{number:013d}", brand=brand, nickname=f"Alice {number}", currency="EUR", country="MT",
            language="en", jurisdiction=brand.jurisdiction, is_test=True, created_at=now,
        )
        for number in range(count)
    ]  # fmt: skip
    with transaction.atomic():
        for player in Player.objects.bulk_create(people):
            purse = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR")
            transaction_post(
                kind=TransactionKind.DEPOSIT,
                movements=[Movement(source_id=clearing.id, target_id=purse.id, amount=BALANCE)],
                actor="system:bench",
                now=now,
                player_id=player.pk,
                reference="opening deposit of the bench",
            )
    sessions = [
        GameSession(
            public_id=f"gs_bench{number:013d}", player=player, provider_id=game.provider_id, game=game,
            token_sha256=f"{number:064x}", token_expires_at=now, launched_at=now, authenticated_at=now,
            last_seen_at=now,
        )
        for number, player in enumerate(people)
    ]  # fmt: skip
    GameSession.objects.bulk_create(sessions)
    # As after each player's first bet: a standing serves for minutes.
    for player in people:
        with transaction.atomic():
            wallet_lock(player_id=player.pk, currency="EUR")
            standing_renew(player_id=player.pk, now=now)
    return [(session.player.public_id, session.public_id) for session in sessions]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    Path(sys.argv[2]).write_text(json.dumps(seed(int(sys.argv[1]))), encoding="utf-8")
