"""The demonstration's players at risk, in every state of the work about them. Safe to run again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from common.ids import public_id
from compliance.harm.enums import CaseState, Channel, ReviewOutcome, Tier
from compliance.harm.models import Case, Step, Watched
from compliance.harm.services.assessments import player_assess
from compliance.harm.services.cases import case_close, case_override, review_ask
from compliance.harm.services.interactions import effects_count, interaction_record
from compliance.harm.services.steps import step_review
from compliance.harm.services.watch import behaviour_watch
from players.models import Brand, Player
from players.notes.enums import NoteKind
from players.notes.services.notes import note_add
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account, player_account_open
from wallet.services.player_money import player_credit

ACTOR: Final = "system:demo"
DAY: Final = timedelta(days=1)
# Nickname, whose second half tells the state; deposits in EUR with how many days ago; notes in the player's words.
PEOPLE: Final = (
    ("Lou Low", ((2_500, 3),), 0),
    ("Mel Medium", ((11_000, 2),), 1),
    ("Hal High", ((11_000, 2),), 3),
    ("Sam Severe", ((10_000, 2), (500, 0), (500, 0), (500, 0), (500, 0)), 3),
    ("Clio Closed", ((12_000, 4),), 1),
    ("Ivy Influenced", ((9_000, 60), (9_000, 55), (400, 20)), 0),
)
BRAND: Final = "cove-mt"


def demo_harm(*, now: datetime) -> int:
    """Everything that is missing. Returns how many players of the demonstration have a case."""
    if not Player.objects.filter(brand__code=BRAND).exists():
        with transaction.atomic():
            for nickname, deposits, notes in PEOPLE:
                _player(nickname, deposits, notes, now)
    while behaviour_watch(now=now).more:
        pass
    people = {row.nickname.split()[0]: row for row in Player.objects.filter(brand__code=BRAND)}
    read = Watched.objects.filter(pk__in=[row.pk for row in people.values()]).count()
    # Until the books are settled as far as these deposits, the schedule's own run comes to them.
    if read == len(PEOPLE) and not Case.objects.filter(player__brand__code=BRAND).exists():
        _work(people, now)
    return Case.objects.filter(player__brand__code=BRAND).count()


def _work(people: dict[str, Player], now: datetime) -> None:
    player_assess(player_id=people["Ivy"].pk, now=now - 40 * DAY)
    _speak(people["Ivy"], "two large deposits within a week", now - 40 * DAY)
    for player in people.values():
        player_assess(player_id=player.pk, now=now)
    effects_count(now=now)
    _speak(people["Hal"], "large deposits and calls about losing", now)
    case_override(
        case_id=_case(people["Mel"]).pk, tier=Tier.HIGH, reason="A relative rang as well.", actor=ACTOR, now=now
    )
    review_ask(player_id=people["Sam"].pk, words="I can afford this.", actor=f"player:{people['Sam'].pk}", now=now)
    _speak(people["Clio"], "one large deposit", now)
    case = _case(people["Clio"])
    for step in Step.objects.filter(case=case):
        step_review(step_id=step.pk, outcome=ReviewOutcome.UPHELD, words="Right at the time.", actor=ACTOR, now=now)
    case_close(case_id=case.pk, outcome="Set a deposit limit of her own.", actor=ACTOR, now=now)


def _speak(player: Player, seen: str, at: datetime) -> None:
    interaction_record(
        case_id=_case(player).pk, channel=Channel.PHONE, seen=f"Noticed {seen}.",
        done="Spoke about limits and breaks; sent the links.", answer="Will think about it.", actor=ACTOR, now=at,
    )  # fmt: skip


def _case(player: Player) -> Case:
    return Case.objects.get(player=player, state=CaseState.OPEN)


def _player(nickname: str, deposits: tuple[tuple[int, int], ...], notes: int, now: datetime) -> None:
    brand, _made = Brand.objects.get_or_create(code=BRAND, defaults={"name": "Cove", "jurisdiction": "MT"})
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=nickname, currency="EUR", country="MT", language="en",
        jurisdiction="MT", created_at=now - 90 * DAY,
    )  # fmt: skip
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR")
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="demo", currency="EUR")
    for amount, ago in deposits:
        player_credit(
            kind=TransactionKind.DEPOSIT, player_id=player.pk, currency="EUR", source_id=clearing.id,
            amount=Decimal(amount), actor=ACTOR, now=now - ago * DAY, reference="deposit of the demonstration",
        )  # fmt: skip
    for _note in range(notes):
        note_add(
            player_id=player.pk, kind=NoteKind.RESPONSIBLE_GAMING, body="Says that it is getting too much.",
            pinned=False, actor=ACTOR, now=now - DAY,
        )  # fmt: skip
