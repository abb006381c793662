"""Bob, his accounts at the brands of a group, and his look-alikes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from casino.games.models import Game
from common.ids import public_id
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.services.exclusions import Placed, exclusion_place
from players.models import Brand, BrandGroup, Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.factories import NOON, game_make, provider_make
from wallet.enums import AccountKind
from wallet.services.accounts import player_account_open

BOB: Final = PersonalDetails(
    full_name="Bob Evans", email="bob.evans@post.example", phone="+44 7700 900123", birth_date=date(1985, 5, 17),
    address_lines="4 Mill Lane", city="Swansea", postcode="SA1 1AA", national_id="GB-123456",
)  # fmt: skip
CURRENCY: Final = {
    "GB": "GBP", "MT": "EUR", "SE": "SEK", "DK": "DKK", "ON": "CAD", "DE": "EUR", "NJ": "USD", "NL": "EUR",
}  # fmt: skip
ZONE: Final = {"GB": "Europe/London", "SE": "Europe/Stockholm", "ON": "America/Toronto", "MT": "Europe/Malta"}


def group_make(code: str = "house") -> BrandGroup:
    return BrandGroup.objects.get_or_create(code=code, defaults={"name": code.title()})[0]


def brand_make(code: str = "crown", jurisdiction: str = "GB", group: BrandGroup | None = None) -> Brand:
    """A brand of the group "house" unless another is named."""
    made, _ = Brand.objects.get_or_create(
        code=code, defaults={"name": code.title(), "jurisdiction": jurisdiction, "group": group or group_make()}
    )
    return made


def bob_make(
    brand: Brand | None = None, details: PersonalDetails | None = BOB, *, nickname: str = "Bob", zone: str = ""
) -> Player:
    """An account of Bob's, with a wallet."""
    brand = brand or brand_make()
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=nickname, currency=CURRENCY[brand.jurisdiction],
        country=brand.jurisdiction[:2], jurisdiction=brand.jurisdiction, created_at=NOON,
        time_zone=zone or ZONE.get(brand.jurisdiction, "UTC"),
    )  # fmt: skip
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency=player.currency)
    if details is not None:
        personal_data_set(player_id=player.pk, details=details, actor="system:tests", reason="registered", now=NOON)
    return player


def other(**changes: object) -> PersonalDetails:
    """Bob with other details."""
    return replace(BOB, **changes)  # type: ignore[arg-type]  # the fields of PersonalDetails


def stranger(**changes: object) -> PersonalDetails:
    """Somebody else, with some of Bob's details."""
    plain = PersonalDetails(
        full_name="Wil Someone", email="wil@post.example", phone="+44 7700 900999", birth_date=date(1970, 1, 2),
        address_lines="1 High Road", city="Leeds", postcode="LS1 4AP", national_id="GB-999999",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # the same


def excluded(player: Player, *, length: str = "P6M", now: datetime = NOON, all_brands: bool = True) -> Placed:
    """The player's own self-exclusion."""
    return exclusion_place(
        player_id=player.pk, kind=ExclusionKind.SELF_EXCLUSION, length=length, all_brands=all_brands,
        actor=f"player:{player.pk}", now=now,
    )  # fmt: skip


def a_game() -> Game:
    return game_make(provider_make())


def utc(text: str) -> datetime:
    """ "2026-03-02 12:00" in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
