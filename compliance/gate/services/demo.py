"""The demonstration's players whom the gate stops: each kind of flag, and each answer about where somebody is.

Real services place the flags. Without a location database nobody is found anywhere, so what a look would have said is
written down as it would be. Safe to run again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from common.ids import public_id
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_lift, flag_place
from compliance.geo.enums import LocationOutcome
from compliance.geo.models import LocationCheck
from compliance.geo.services.checks import location_seen
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Brand, Player
from wallet.enums import AccountKind
from wallet.services.accounts import player_account_open

ACTOR: Final = "system:demo"
DAY: Final = timedelta(days=1)
# Nickname, the flag, why, how many days ago, for how many days (None: until it is lifted).
FLAGGED: Final = (
    ("Dan Deposits", FlagKind.DEPOSIT_BLOCKED, "Asked us to stop him from paying in until payday.", 2, 14),
    ("Bea Bets", FlagKind.BET_BLOCKED, "A game result is disputed; play waits for the answer.", 1, None),
    ("Will Withdrawals", FlagKind.WITHDRAWAL_BLOCKED, "The name on the card is not the player's.", 1, None),
    ("Bo Bonus", FlagKind.RISK_BONUS_ABUSE, "The same welcome offer through four accounts.", 9, None),
    ("Cher Chargeback", FlagKind.RISK_CHARGEBACK, "Two chargebacks within a month.", 20, None),
    ("Fred Fraud", FlagKind.RISK_FRAUD, "The identity document was altered.", 3, None),
    ("Linda Linked", FlagKind.RISK_LINKED, "Shares a phone and a home with a blocked account.", 5, None),
    ("Lars Lifted", FlagKind.RISK_LINKED, "Shared a device with another account.", 30, None),
)
# Nickname, address, what the look said, place, radius in km.
SEEN: Final = (
    ("Ina Inside", "203.0.113.7", LocationOutcome.INSIDE, ("CA", "ON", "Toronto"), 5),
    ("Otto Outside", "203.0.113.80", LocationOutcome.OUTSIDE, ("CA", "QC", "Montreal"), 10),
    ("Cora Crossing", "203.0.113.99", LocationOutcome.CROSSES, ("CA", "ON", "Ottawa"), 50),
    ("Vera Vpn", "198.51.100.23", LocationOutcome.VPN, ("NL", "", ""), 1000),
    ("Uli Unknown", "192.0.2.44", LocationOutcome.UNKNOWN, ("", "", ""), None),
)
FLAGGED_AT: Final = ("gatehouse-mt", "Gatehouse", "MT", "EUR", "Europe/Malta")
SEEN_AT: Final = ("gatehouse-on", "Gatehouse Ontario", "ON", "CAD", "America/Toronto")


def demo_gate(*, now: datetime) -> int:
    """Everything that is missing. Returns how many players of the demonstration the gate stops."""
    if not Player.objects.filter(brand__code__startswith="gatehouse-").exists():
        with transaction.atomic():
            _flags(now)
            _looks(now)
    return Player.objects.filter(brand__code__startswith="gatehouse-").count() - 2  # one lifted, one inside


def _flags(now: datetime) -> None:
    for nickname, kind, reason, ago, days in FLAGGED:
        at = now - ago * DAY
        flag = flag_place(
            player_id=_player(nickname, FLAGGED_AT, now).pk, kind=kind, reason=reason, actor=ACTOR, now=at,
            ends_at=None if days is None else at + days * DAY,
        )  # fmt: skip
        if nickname.endswith("Lifted"):
            flag_lift(
                flag_id=flag.pk, reason="Two sisters in one home, both verified.", actor=ACTOR, now=now - 28 * DAY
            )


def _looks(now: datetime) -> None:
    row_id = policy_of(jurisdiction="ON", now=now).row_id(PolicyKey.LOCATION_REQUIRED)
    for nickname, ip, outcome, (country, region, city), radius in SEEN:
        player = _player(nickname, SEEN_AT, now)
        if outcome is LocationOutcome.UNKNOWN:
            location_seen(player_id=player.pk, ip=ip, actor=ACTOR, now=now)
            continue
        LocationCheck.objects.create(
            player_id=player.pk, ip=ip, outcome=outcome, allowed=outcome is LocationOutcome.INSIDE, country=country,
            region=region, city=city, radius_km=radius, jurisdiction="ON", database_build=20261101,
            policy_row_id=row_id, checked_at=now,
        )  # fmt: skip


def _player(nickname: str, at: tuple[str, str, str, str, str], now: datetime) -> Player:
    code, name, jurisdiction, currency, zone = at
    brand, _made = Brand.objects.get_or_create(code=code, defaults={"name": name, "jurisdiction": jurisdiction})
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=nickname, currency=currency,
        country="CA" if jurisdiction == "ON" else jurisdiction, language="en", time_zone=zone,
        jurisdiction=jurisdiction, created_at=now - 60 * DAY,
    )  # fmt: skip
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=currency)
    return player
