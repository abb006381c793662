"""A house with a life: Alice played last week and today, deposited, has notes, tags, a hold and a linked account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import time_machine

from casino.games.models import Game
from common.clock import utc_now
from compliance.gate.models import PlayClock
from players.models import Player
from players.notes.enums import NoteKind, TagColour
from players.notes.models import Tag
from players.notes.services.notes import note_add
from players.notes.services.tags import player_tag_put, tag_define
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.casino.play.table import Table
from tests.factories import game_make, player_make, provider_make, session_make
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account
from wallet.services.holds import hold_place
from wallet.services.player_money import player_credit

CAROL = "staff:7"


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Ids are drawn, and the services told, at this moment."""
    with time_machine.travel(moment, tick=True):
        yield moment


@dataclass
class Scene:
    """Who is there."""

    game: Game
    alice: Player
    tag: Tag | None = None


def scene_make(*, is_test: bool = False, nickname: str = "Alice", balance: str = "0") -> Scene:
    """A provider, a game, and Alice, whose account was opened ten days ago."""
    with at(utc_now() - timedelta(days=10)) as opened:
        game = game_make(provider_make())
        alice = player_make(nickname, balance=balance, is_test=is_test)
        Player.objects.filter(pk=alice.pk).update(created_at=opened)
    alice.refresh_from_db()
    return Scene(game, alice)


def play(scene: Scene, moment: datetime, *amounts: tuple[str, str], player: Player | None = None) -> Table:
    """Rounds of (stake, win) one second apart; a win of "" leaves the round open."""
    who = player or scene.alice
    PlayClock.objects.filter(pk=who.pk).delete()  # told in any order: each play is a sitting of its own
    table = Table(game=scene.game, player=who, session=session_make(who, scene.game, now=moment), now=moment)
    for number, (stake, win) in enumerate(amounts):
        with at(moment + timedelta(seconds=number)) as now:
            table.now = now
            name = f"r-{who.pk}-{moment:%m%d%H%M%S}-{number}"
            table.bet(stake, name, closes=win == "0")
            if win not in ("", "0"):
                table.win(win, name, closes=True)
    return table


def deposit(player: Player, amount: str, moment: datetime) -> None:
    """A deposit at its moment."""
    with at(moment):
        clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency=player.currency)
        player_credit(
            kind=TransactionKind.DEPOSIT, player_id=player.pk, currency=player.currency, source_id=clearing.id,
            amount=Decimal(amount), actor="psp:bank", now=moment, reference="deposit",
        )  # fmt: skip


def a_full_life(scene: Scene, *, now: datetime) -> None:
    """Everything that the first screen shows."""
    alice = scene.alice
    week_ago = now - timedelta(days=7)
    deposit(alice, "500", week_ago - timedelta(hours=3))
    for hours in range(1, 6):
        play(scene, week_ago - timedelta(minutes=50 * hours), *[("2.50", "0"), ("5", "12.50"), ("1", "0")] * hours)
    deposit(alice, "250", now - timedelta(minutes=100))
    for minutes in (95, 70, 45, 20):
        play(scene, now - timedelta(minutes=minutes), *[("4", "0"), ("10", "31.005"), ("2", "0")])
    play(scene, now - timedelta(minutes=4), ("3", ""), ("20", "0"))
    hold_place(player_id=alice.pk, currency="EUR", amount=Decimal(60), reason="withdrawal 12", actor="alice", now=now)
    note_add(
        player_id=alice.pk, kind=NoteKind.CONTACT, body="Prefers to be called after 18:00.\nSpeaks German.",
        pinned=True, actor=CAROL, now=now - timedelta(days=3),
    )  # fmt: skip
    note_add(
        player_id=alice.pk, kind=NoteKind.MONEY, body="Asked why a withdrawal waits; told about the identity check.",
        pinned=False, actor=CAROL, now=now - timedelta(hours=2),
    )  # fmt: skip
    for name, colour in (("VIP", TagColour.GREEN), ("Watch", TagColour.ORANGE)):
        scene.tag = tag_define(name=name, colour=colour, meaning=f"{name} player", actor=CAROL, now=now)
        player_tag_put(player_id=alice.pk, tag_id=scene.tag.pk, actor=CAROL, now=now)
    for nickname in ("", "Alicia"):
        person = player_make(nickname, balance="0") if nickname else alice
        personal_data_set(
            player_id=person.pk, actor="system:tests", reason="registration", now=now,
            details=PersonalDetails(
                full_name="Alice Muster", email="alice@example.org", birth_date=datetime(1990, 5, 17, tzinfo=UTC).date()
            ),
        )  # fmt: skip
