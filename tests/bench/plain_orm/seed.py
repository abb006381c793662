"""Players of the plain wallet. Run as `python -m tests.bench.plain_orm.seed <count> <file>` after `migrate`."""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from pathlib import Path

import django

BALANCE = Decimal(1_000_000)


def seed(count: int) -> list[tuple[str, str]]:
    """`count` players in euro with a wallet and a session each."""
    from django.db import transaction
    from django.utils import timezone

    from tests.bench.plain_orm.models import Account, Game, GameSession, Player, Provider

    with transaction.atomic():
        provider = Provider.objects.create(code="sandbox", key_id="k1", secret="sandbox-secret")
        Game.objects.create(provider=provider, code="sandbox-slot")
        names = [f"{number:013d}" for number in range(count)]
        people = [Player(public_id=f"pl_bench{name}", currency="EUR", country="MT") for name in names]
        Player.objects.bulk_create(people)
        Account.objects.bulk_create([Account(player=one, currency="EUR", balance=BALANCE) for one in people])
        GameSession.objects.bulk_create(
            [
                GameSession(public_id=f"gs_bench{name}", player=one, provider=provider, last_seen_at=timezone.now())
                for name, one in zip(names, people, strict=True)
            ]
        )
    return [(f"pl_bench{name}", f"gs_bench{name}") for name in names]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.plain_orm.settings")
    django.setup()
    Path(sys.argv[2]).write_text(json.dumps(seed(int(sys.argv[1]))), encoding="utf-8")
