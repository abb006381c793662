"""The demonstration's players with limits in every state. Real services make each; safe to run again."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from common.ids import public_id
from compliance.limits.enums import CaseKind, CaseState
from compliance.limits.errors import AffordabilityRequired, DepositLimitReached
from compliance.limits.models import CareCase
from compliance.limits.services.care_cases import care_case_decide
from compliance.limits.services.deposits import deposit_release, deposit_reserve, deposit_settle
from compliance.limits.services.limit_changes import limit_change_confirm, limit_changes_mature
from compliance.limits.services.operator_limits import operator_limit_set
from compliance.limits.services.own_limits import limit_set
from compliance.limits.services.reviews import limit_reviews_remind
from players.models import Brand, Player
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account, player_account_open
from wallet.services.player_money import player_credit

ACTOR: Final = "system:demo"
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
# Nickname, whose second half tells the state, country, currency, zone. The country is the jurisdiction.
PEOPLE: Final = (
    ("Lena Lowered", "GB", "GBP", "Europe/London"),
    ("Wim Waiting", "GB", "GBP", "Europe/London"),
    ("Dora Due", "GB", "GBP", "Europe/London"),
    ("Ruth Raised", "GB", "GBP", "Europe/London"),
    ("Ed Expired", "GB", "GBP", "Europe/London"),
    ("Rea Reached", "GB", "GBP", "Europe/London"),
    ("Vic Vulnerable", "GB", "GBP", "Europe/London"),
    ("Hans House", "DE", "EUR", "Europe/Berlin"),
    ("Nora Net", "NL", "EUR", "Europe/Amsterdam"),
    ("Sven Sixteen", "SE", "SEK", "Europe/Stockholm"),
    ("Mia Missing", "SE", "SEK", "Europe/Stockholm"),
)


def demo_limits(*, now: datetime) -> int:
    """Everything that is missing. Returns how many players there are."""
    if not Player.objects.filter(brand__code="harbour-gb").exists():
        with transaction.atomic():
            people = {nickname.split()[0]: _player(nickname, *rest, now=now) for nickname, *rest in PEOPLE}
            _own(people, now)
            _of_the_house(people, now)
            _deposits(people, now)
        limit_changes_mature(now=now)
        limit_reviews_remind(now=now)
    return Player.objects.filter(brand__code__startswith="harbour-").count()


def _own(people: dict[str, Player], now: datetime) -> None:
    _sets(people["Lena"], "200", now - 200 * DAY)
    _sets(people["Lena"], "50", now - 2 * DAY)
    _sets(people["Lena"], "90", now - 200 * DAY, kind="session_time")
    for nickname, asked in (("Wim", 2 * HOUR), ("Dora", 30 * HOUR), ("Ruth", 3 * DAY), ("Ed", 9 * DAY)):
        player = people[nickname]
        _sets(player, "100", now - 20 * DAY)
        _sets(player, "400", now - asked)
    _sets(people["Rea"], "60", now - DAY)
    _sets(people["Rea"], "20", now - DAY, kind="loss")
    for period, amount in (("day", "3000"), ("week", "9000"), ("month", "16000")):
        _sets(people["Sven"], amount, now - 3 * HOUR, period=period)
    _sets(people["Hans"], "1500", now - 5 * DAY, period="month")
    _sets(people["Nora"], "2000", now - 5 * DAY, period="month")


def _deposits(people: dict[str, Player], now: datetime) -> None:
    _deposits_of(people["Rea"], ["60"], now)
    _refused(people["Rea"], "5", now)
    for nickname, amounts in (("Vic", ["100", "90"]), ("Hans", ["600"]), ("Nora", ["280"]), ("Ruth", ["20"])):
        _deposits_of(people[nickname], amounts, now)
    _refused(people["Nora"], "200", now)
    _reserve(people["Hans"], "150", "under-way", now)
    _reserve(people["Hans"], "80", "failed", now)
    deposit_release(player_id=people["Hans"].pk, reference="failed", now=now)
    case = CareCase.objects.filter(kind=CaseKind.VULNERABILITY, state=CaseState.OPEN, player=people["Vic"]).first()
    if case is not None:
        care_case_decide(
            case_id=case.pk, cleared=True, rationale="No insolvency, no judgment in the register.", allowed=None,
            actor=ACTOR, now=now,
        )  # fmt: skip


def _of_the_house(people: dict[str, Player], now: datetime) -> None:
    for kind, period, amount in (("deposit", "week", "900"), ("stake", "", "2")):
        operator_limit_set(
            player_id=people["Hans"].pk, kind=kind, period=period, amount=Decimal(amount),
            reason="Played through two nights; agreed with him on the phone.", actor=ACTOR, now=now,
        )  # fmt: skip
    _sets(people["Ruth"], "500", now - 3 * DAY, kind="wager")
    change = _sets(people["Ruth"], "900", now - 3 * DAY, kind="wager")
    assert change is not None
    ruth = people["Ruth"].pk
    limit_change_confirm(player_id=ruth, change_id=change, actor=f"player:{ruth}", now=now - DAY)


def _sets(player: Player, amount: str, now: datetime, *, kind: str = "deposit", period: str = "day") -> int | None:
    """The player sets a limit; the number of the request, where it waits."""
    done = limit_set(
        player_id=player.pk, kind=kind, period=period, amount=Decimal(amount), actor=f"player:{player.pk}", now=now
    )
    return done.change.pk if done.change else None


def _reserve(player: Player, amount: str, reference: str, now: datetime) -> None:
    deposit_reserve(
        player_id=player.pk, amount=Decimal(amount), currency=player.currency, reference=reference, actor=ACTOR, now=now
    )


def _deposits_of(player: Player, amounts: list[str], now: datetime) -> None:
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="demo", currency=player.currency)
    for number, amount in enumerate(amounts, start=1):
        _reserve(player, amount, f"demo-{number}", now)
        booked = player_credit(
            kind=TransactionKind.DEPOSIT, player_id=player.pk, currency=player.currency, source_id=clearing.id,
            amount=Decimal(amount), actor=ACTOR, now=now, reference=f"demo-{number}",
        )  # fmt: skip
        deposit_settle(player_id=player.pk, reference=f"demo-{number}", transaction_id=booked, now=now)


def _refused(player: Player, amount: str, now: datetime) -> None:
    try:
        _reserve(player, amount, "refused", now)
    except (DepositLimitReached, AffordabilityRequired):
        return


def _player(nickname: str, country: str, currency: str, zone: str, *, now: datetime) -> Player:
    brand, _ = Brand.objects.get_or_create(
        code=f"harbour-{country.lower()}", defaults={"name": f"Harbour {country}", "jurisdiction": country}
    )
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=nickname, currency=currency, country=country, time_zone=zone,
        jurisdiction=country, created_at=now - 210 * DAY,
    )  # fmt: skip
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=currency)
    return player
