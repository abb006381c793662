"""The demonstration's players who take breaks, are excluded, want to return, or whose register is silent.

Nobody's own data. Real services place every state, dated back where a state takes months to reach. Safe to run again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from casino.entrance.services.protection import break_take, player_exclude, sign_in_protect
from common.ids import public_id
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.models import Exclusion
from compliance.exclusions.services.exclusions import person_exclude
from compliance.exclusions.services.returns import return_ask, return_contact, return_grant
from players.models import Brand, BrandGroup, Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account, player_account_open
from wallet.services.transactions import Movement, transaction_post

ACTOR: Final = "system:demo"
BACK: Final = timedelta(days=200)  # an exclusion of six months is over since some weeks
BALANCE: Final = Decimal(40)
# Nickname, full name, birth date. Last names that tell an answer are the simulated register's (its module says which).
PEOPLE: Final = (
    ("Eve", "Eve Marsh", date(1988, 3, 4)),
    ("Frank", "Frank Hall", date(1979, 7, 21)),
    ("Gina", "Gina Rowe", date(1993, 12, 2)),
    ("Hugh", "Hugh Page", date(1968, 5, 30)),
    ("Iris", "Iris Cole", date(1990, 9, 9)),
    ("John", "John Dale", date(1982, 1, 16)),
    ("Kate", "Kate Excluded", date(1986, 6, 11)),
    ("Liam", "Liam Outage", date(1995, 4, 25)),
    ("Mona", "Mona Returned", date(1974, 10, 8)),
)
ASKS_NEVER: Final = PersonalDetails(
    full_name="Nora Field", email="nora.field@post.example", phone="+44 7700 900160", birth_date=date(1981, 2, 27),
    address_lines="9 Orchard Close", city="Derby", postcode="DE1 2AB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoProtection:
    """How many players there are, and how many exclusions stand or stood."""

    players: int
    exclusions: int


def demo_protection(*, now: datetime) -> DemoProtection:
    """Everything that is missing. Call outside of transactions: the simulated register is asked."""
    crown, sceptre = _brands()
    people = {nickname: _player(crown, number, now) for number, (nickname, _name, _born) in enumerate(PEOPLE)}
    _player(sceptre, 1, now, nickname="Frank (Sceptre)")
    if not Exclusion.objects.filter(brand=crown).exists():
        _place(people, crown, now)
    for nickname in ("Kate", "Liam", "Mona"):
        sign_in_protect(player_id=people[nickname].pk, now=now)
    return DemoProtection(players=len(people) + 1, exclusions=Exclusion.objects.count())


@transaction.atomic
def _place(people: dict[str, Player], crown: Brand, now: datetime) -> None:
    long_ago = now - BACK
    break_take(player_id=people["Eve"].pk, length="P7D", actor=_self(people["Eve"]), now=now - timedelta(hours=5))
    for nickname in ("Frank", "Gina", "Hugh", "Iris"):
        player = people[nickname]
        begins = now - timedelta(days=20) if nickname == "Frank" else long_ago
        player_exclude(
            player_id=player.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=_self(player), now=begins
        )
    player_exclude(
        player_id=people["John"].pk, kind=ExclusionKind.OPERATOR, length="indefinite",
        reason="Chased losses through three nights and borrowed to play.", actor=ACTOR, now=now - timedelta(days=3),
    )  # fmt: skip
    return_ask(player_id=people["Gina"].pk, actor=_self(people["Gina"]), now=now - timedelta(hours=3))
    for nickname in ("Hugh", "Iris"):
        player, asked_at = people[nickname], now - timedelta(hours=40)
        request = return_ask(player_id=player.pk, actor=_self(player), now=asked_at)[0]
        note = "Rang the player: calm, sets a deposit limit of 50 GBP a week first."
        return_contact(request_id=request.pk, note=note, actor=ACTOR, now=asked_at + timedelta(hours=6))
        if nickname == "Iris":
            return_grant(
                request_id=request.pk, reason="No sign of harm in the talk", actor=ACTOR, now=now - timedelta(hours=10)
            )
    person_exclude(
        details=ASKS_NEVER, brand_id=crown.pk, length="P5Y", contact_note="Wrote to us: never open an account for me.",
        actor=ACTOR, now=now - timedelta(days=40),
    )  # fmt: skip


def _brands() -> tuple[Brand, Brand]:
    group, _ = BrandGroup.objects.get_or_create(code="northern", defaults={"name": "Northern Lights Group"})
    made = [
        Brand.objects.get_or_create(code=code, defaults={"name": name, "jurisdiction": "GB", "group": group})[0]
        for code, name in (("crown", "Crown Casino"), ("sceptre", "Sceptre Slots"))
    ]
    return made[0], made[1]


@transaction.atomic
def _player(brand: Brand, number: int, now: datetime, nickname: str = "") -> Player:
    short, name, born = PEOPLE[number]
    known = Player.objects.filter(brand=brand, nickname=nickname or short).first()
    if known is not None:
        return known
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=nickname or short, currency="GBP", country="GB",
        time_zone="Europe/London", jurisdiction="GB", created_at=now - BACK - timedelta(days=30),
    )  # fmt: skip
    details = PersonalDetails(
        full_name=name, email=f"{name.lower().replace(' ', '.')}@post.example", phone=f"+44 7700 9001{50 + number}",
        birth_date=born, address_lines=f"{number + 2} Church Street", city="York",
        postcode=f"YO1 7A{'ABCDEFGHJ'[number]}",
    )  # fmt: skip
    personal_data_set(player_id=player.pk, details=details, actor=ACTOR, reason="the demo's people", now=now)
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="demo", currency="GBP")
    purse = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="GBP")
    transaction_post(
        kind=TransactionKind.DEPOSIT, movements=[Movement(source_id=clearing.id, target_id=purse.id, amount=BALANCE)],
        actor=ACTOR, now=now, player_id=player.pk, reference="opening deposit of the demo",
    )  # fmt: skip
    return player


def _self(player: Player) -> str:
    return f"player:{player.pk}"
