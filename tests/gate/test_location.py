"""Where players play from: MaxMind's test databases against borders, the whole circle inside (G-30 to G-32)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from compliance.audit.models import AuditEvent
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.geo.borders import Border, circle_inside
from compliance.geo.databases import border_of, locate
from compliance.geo.decisions import location_decide
from compliance.geo.enums import LocationOutcome
from compliance.geo.models import LocationCheck
from compliance.geo.services.checks import location_seen
from compliance.geo.types import Located
from players.models import Player
from tests.casino.play.table import code_of, table_make
from tests.factories import NOON, player_make
from tests.gate.rules_of import Market

pytestmark = pytest.mark.django_db(transaction=True)
MAXMIND = Path(__file__).parent / "maxmind"
LONDON, SWEDEN, WASHINGTON, VPN, NOWHERE = "2.125.160.216", "89.160.20.112", "216.160.83.56", "1.2.0.1", "192.0.2.1"
SQUARE = Border("XX", "", (((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)),))
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def databases(settings: Any) -> None:
    """The paths by setting."""
    settings.LOCATION_CITY_DATABASE = str(MAXMIND / "GeoIP2-City-Test.mmdb")
    settings.LOCATION_ANONYMOUS_DATABASE = str(MAXMIND / "GeoIP2-Anonymous-IP-Test.mmdb")


def found(ip: str, jurisdiction: str, *, block_vpn: bool = False) -> LocationOutcome:
    return location_decide(located=locate(ip, with_vpn=block_vpn), border=border_of(jurisdiction), block_vpn=block_vpn)


@pytest.mark.parametrize(("ip", "jurisdiction", "outcome"), [
    (LONDON, "GB", LocationOutcome.INSIDE),
    (SWEDEN, "SE", LocationOutcome.INSIDE),
    (SWEDEN, "GB", LocationOutcome.OUTSIDE),
    (WASHINGTON, "NJ", LocationOutcome.OUTSIDE),  # the right country, the wrong state
    (NOWHERE, "GB", LocationOutcome.UNKNOWN),
    ("no address", "GB", LocationOutcome.UNKNOWN),
    (LONDON, "MT", LocationOutcome.UNKNOWN),  # no border is drawn: nobody is inside it
])  # fmt: skip
def test_an_address_is_inside_only_when_it_is_known_to_be(ip: str, jurisdiction: str, outcome: LocationOutcome) -> None:
    assert found(ip, jurisdiction) is outcome


def test_vpn_and_hosting_addresses_are_refused_where_the_law_says_so() -> None:
    assert found(VPN, "GB", block_vpn=True) is LocationOutcome.VPN
    assert found("81.2.69.160", "GB", block_vpn=True) is LocationOutcome.VPN
    hosted = Located(country="GB", latitude=51.75, longitude=-1.25, radius_km=5, hosting=True)
    assert location_decide(located=hosted, border=border_of("GB"), block_vpn=True) is LocationOutcome.HOSTING
    assert location_decide(located=hosted, border=border_of("GB"), block_vpn=False) is LocationOutcome.INSIDE


def test_the_whole_circle_must_be_inside_not_just_the_point() -> None:
    near = Located(country="XX", latitude=0.0, longitude=0.9, radius_km=11, build=1)
    assert location_decide(located=near, border=SQUARE, block_vpn=False) is LocationOutcome.INSIDE
    wide = Located(country="XX", latitude=0.0, longitude=0.9, radius_km=12, build=1)
    assert location_decide(located=wide, border=SQUARE, block_vpn=False) is LocationOutcome.CROSSES
    vague = Located(country="XX", latitude=0.0, longitude=0.0, radius_km=None)
    assert location_decide(located=vague, border=SQUARE, block_vpn=False) is LocationOutcome.UNKNOWN


@pytest.mark.parametrize(("latitude", "longitude", "radius", "inside"), [
    (0.0, 0.0, 111.0, True), (0.0, 0.0, 111.3, False), (0.0, 1.1, 1.0, False), (60.0, 0.0, 1.0, False),
    (0.9, -0.9, 11.0, True), (0.9, -0.9, 11.2, False),
])  # fmt: skip
def test_a_circle_is_inside_when_no_edge_is_nearer_than_its_radius(
    latitude: float, longitude: float, radius: float, inside: bool
) -> None:
    assert circle_inside(latitude=latitude, longitude=longitude, radius_km=radius, border=SQUARE) is inside


@pytest.mark.parametrize("missing", ["LOCATION_CITY_DATABASE", "LOCATION_ANONYMOUS_DATABASE"])
@pytest.mark.parametrize("path", ["", "/nowhere/at.mmdb", __file__])
def test_a_missing_or_damaged_database_makes_every_place_unknown(missing: str, path: str, settings: Any) -> None:
    setattr(settings, missing, path)
    assert locate(LONDON, with_vpn=True) is None


@pytest.fixture
def carl(market: Market) -> Player:
    """Plays where a location is required and VPNs are not allowed, within the border of Great Britain."""
    player = player_make("Carl")
    market(player, "GB", location__required=True, location__block_vpn=True)
    return player


def look(player: Player, ip: str, minutes: float = 0) -> LocationCheck | None:
    return location_seen(player_id=player.pk, ip=ip, actor=f"player:{player.pk}", now=NOON + minutes * MINUTE)


def refused(player: Player, minutes: float = 0) -> list[str]:
    verdict = gate_ask(player_id=player.pk, touchpoint=Touchpoint.BET, now=NOON + minutes * MINUTE)
    return [f"{reason.code} {reason.evidence['outcome']}" for reason in verdict.reasons]


def test_nobody_plays_before_the_first_look_and_a_look_lasts_thirty_minutes(carl: Player) -> None:
    assert refused(carl) == ["geo_blocked never_looked"]
    look(carl, LONDON)
    assert refused(carl) == []
    assert refused(carl, 29.99) == []
    assert refused(carl, 30) == ["geo_blocked too_old"]


def test_another_address_is_looked_at_anew_and_the_same_one_after_thirty_minutes(carl: Player) -> None:
    first = look(carl, LONDON)
    assert look(carl, LONDON, 29) == first
    assert look(carl, LONDON, 30) != first
    assert refused(carl, 31) == []
    moved = look(carl, SWEDEN, 31)
    assert moved is not None
    assert not moved.allowed
    assert refused(carl, 31) == ["geo_blocked outside"]
    assert LocationCheck.objects.count() == 3


def test_a_look_that_refuses_is_on_the_trail_with_player_and_place(carl: Player) -> None:
    check = look(carl, VPN)
    assert check is not None
    assert check.outcome == LocationOutcome.VPN
    event = AuditEvent.objects.get(name="compliance:location:refused")
    assert (event.player_id, event.outcome, event.reason) == (carl.pk, "refused", "VPN, proxy or Tor")
    assert event.after == {"country": "", "region": "", "radius_km": None}


def test_where_no_location_is_required_nobody_looks(transactional_db: None) -> None:
    alice = player_make()
    assert look(alice, VPN) is None
    assert not LocationCheck.objects.exists()
    assert refused(alice) == []


def test_the_next_bet_from_elsewhere_is_refused_and_from_home_taken_again(market: Market) -> None:
    table = table_make()
    market(table.player, "SE", location__required=True)
    assert code_of(table.bet("1")) == "geo_blocked"
    look(table.player, SWEDEN)
    assert code_of(table.bet("1")) == "ok"
    look(table.player, LONDON)
    assert code_of(table.bet("1")) == "geo_blocked"
    assert code_of(table.win("1")) == "ok", "money owed is booked wherever the player is"
