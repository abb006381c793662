"""Conformance §7.2: sessions, players, games, and what may keep a player from betting."""

from __future__ import annotations

import pytest

from tests.wallet.api.contract import keeps_contract
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, fresh, new_player, seated
from tests.wallet.api.wire import Wire


def expired(alice: Table) -> Table:
    alice.state(session_expired=True)
    return alice


def test_case_029_a_fresh_token_tells_the_player_and_is_used_up(wire: Wire) -> None:
    player = new_player(wire, balance="42.5", country="SE", language="sv")
    session = keeps_contract("auth", wire.post("auth", {"token": player["token"]})).json
    assert session["player_id"] == player["player_id"]
    assert session["balance"] == {"currency": "EUR", "real": "42.50", "bonus": "0.00", "total": "42.50"}
    assert (session["country"], session["language"], session["mode"]) == ("SE", "sv", "real")


def test_case_030_a_used_token_is_refused(wire: Wire) -> None:
    token = new_player(wire, balance="1")["token"]
    assert wire.post("auth", {"token": token}).code == "ok"
    assert keeps_contract("auth", wire.post("auth", {"token": token})).outcome == (422, "token_used")


def test_case_031_an_unknown_token_session_or_player_is_not_found(wire: Wire, alice: Table) -> None:
    assert wire.post("auth", {"token": "no-such-token"}).outcome == (404, "session_not_found")
    assert alice.bet(session_id="gs_nobody")[1].outcome == (404, "session_not_found")
    assert wire.post("balance", {"player_id": "pl_nobody"}).outcome == (404, "player_not_found")
    fields = {"player_id": alice.player_id, "session_id": "gs_nobody"}
    assert wire.post("balance", fields).outcome == (404, "session_not_found")


def test_case_032_an_expired_token_and_an_expired_session_are_refused(house: House, wire: Wire) -> None:
    player = new_player(wire, balance="10")
    house.rows(
        "UPDATE play_gamesession SET token_expires_at = now() - interval '1 second' WHERE player_id ="
        " (SELECT id FROM players_player WHERE public_id = %s)", player["player_id"],
    )  # fmt: skip
    assert wire.post("auth", {"token": player["token"]}).outcome == (422, "token_expired")
    alice = expired(seated(wire))
    assert alice.bet()[1].outcome == (422, "session_expired")
    idle = seated(wire)
    house.rows(
        "UPDATE play_gamesession SET last_seen_at = now() - interval '31 minutes' WHERE public_id = %s",
        idle.session_id,
    )
    assert idle.bet()[1].outcome == (422, "session_expired")
    assert (alice.real, idle.real) == ("100.00", "100.00")


def test_case_033_a_win_is_paid_after_the_session_expired(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert expired(alice).win(bet, "25.00").outcome == (200, "ok")
    assert alice.real == "115.00"


def test_case_034_a_rollback_is_taken_after_the_session_expired(alice: Table) -> None:
    bet = alice.placed("10.00")
    assert expired(alice).rollback(bet).json["original"] == "reversed"
    assert alice.real == "100.00"


@pytest.mark.parametrize("kind", ["free_round", "promo"])
def test_case_035_free_round_and_promo_wins_need_no_session(wire: Wire, kind: str) -> None:
    player = new_player(wire, balance="0")
    bob = Table(wire, player["player_id"], "", "EUR", "sandbox-slot")
    no_bet = {"game_code": bob.game, "round_id": fresh("tournament")}
    assert bob.win(no_bet, "5.00", kind=kind).outcome == (200, "ok")
    assert bob.real == "5.00"


def test_case_036_a_session_is_good_for_its_own_player_only(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    assert alice.bet(player_id=bob.player_id)[1].outcome == (409, "player_mismatch")
    assert (alice.real, bob.real) == ("100.00", "100.00")


def test_case_037_credit_and_cancel_with_anothers_session_are_refused(wire: Wire, alice: Table) -> None:
    bob = seated(wire)
    bet = bob.placed("10.00")
    assert bob.win(bet, session_id=alice.session_id).outcome == (409, "player_mismatch")
    assert alice.rollback(bet).outcome == (409, "player_mismatch")
    assert (alice.real, bob.real) == ("100.00", "90.00")


def test_case_039_two_sessions_of_one_player_share_one_balance(alice: Table) -> None:
    session = alice.wire.post("auth", {"token": alice.launched()}).json["session_id"]
    assert session != alice.session_id
    alice.placed("10.00")
    alice.placed("20.00", session_id=session)
    alice.placed("1.00")
    assert alice.real == "69.00"


def test_case_040_a_win_may_come_under_another_session_than_its_bet(alice: Table) -> None:
    bet = alice.placed("10.00")
    session = alice.wire.post("auth", {"token": alice.launched()}).json["session_id"]
    assert alice.win(bet, "15.00", session_id=session).code == "ok"
    assert alice.real == "105.00"


def test_case_041_the_game_may_change_inside_a_session(alice: Table) -> None:
    alice.placed("10.00", game_code="sandbox-slot")
    alice.placed("10.00", game_code="sandbox-roulette")
    assert alice.real == "80.00"


def test_case_043_an_unknown_game_is_refused(alice: Table) -> None:
    assert alice.bet(game_code="no-such-game")[1].outcome == (404, "game_not_found")
    bet = alice.placed()
    assert alice.win(bet, game_code="no-such-game").outcome == (404, "game_not_found")
    assert alice.real == "90.00"


def test_case_044_a_game_switched_off_takes_no_bets_and_pays_wins(house: House) -> None:
    theirs = house.provider()
    alice = seated(theirs, game="their-slot")
    bet = alice.placed("10.00")
    house.rows("UPDATE games_game SET enabled = false WHERE code = 'their-slot' AND provider_id ="
               " (SELECT id FROM games_provider WHERE code = %s)", theirs.provider)  # fmt: skip
    assert alice.bet()[1].outcome == (422, "game_disabled")
    assert alice.win(bet, "30.00").code == "ok"
    assert alice.real == "120.00"


def test_case_045_a_blocked_player_may_not_bet(alice: Table) -> None:
    alice.state(status="blocked")
    assert alice.bet()[1].outcome == (422, "player_blocked")
    token = alice.launched()
    assert alice.wire.post("auth", {"token": token}).outcome == (422, "player_blocked")
    alice.state(status="active")
    assert alice.bet()[1].code == "ok"


def test_case_046_a_player_blocked_after_the_bet_is_paid_and_refunded(alice: Table) -> None:
    won, lost = alice.placed("10.00"), alice.placed("10.00")
    alice.state(status="blocked")
    assert alice.win(won, "25.00").code == "ok"
    assert alice.rollback(lost).json["original"] == "reversed"
    assert alice.end_round(won).code == "ok"
    assert alice.real == "115.00"


@pytest.mark.parametrize(
    "kind", ["self_excluded", "time_out_active", "kyc_required", "limit_reached", "reality_check_due", "geo_blocked"]
)
def test_case_047_a_restriction_has_its_own_code_on_bets_and_never_holds_back_a_win(
    house: House, alice: Table, kind: str
) -> None:
    bet = alice.placed("10.00")
    house.restrict(alice.player_id, kind)
    assert alice.bet()[1].outcome == (422, kind)
    assert alice.win(bet, "20.00").code == "ok"
    assert alice.wire.post("auth", {"token": alice.launched()}).outcome == (422, kind)
    assert alice.real == "110.00"


def test_case_048_a_stake_over_or_under_the_limit_has_its_own_code(house: House) -> None:
    theirs = house.provider(max_stake=50, min_stake="0.5")
    house.game(theirs.provider, "tight-slot", max_stake=20)
    alice = seated(theirs, game="tight-slot")
    assert alice.bet("20.00000001")[1].outcome == (422, "stake_limit_exceeded")
    assert alice.bet("20.00")[1].code == "ok"
    assert alice.bet("50.01", game_code="their-slot")[1].outcome == (422, "stake_limit_exceeded")
    assert alice.bet("0.49", game_code="their-slot")[1].outcome == (422, "stake_limit_exceeded")
    assert alice.real == "80.00"


def test_case_049_a_due_reality_check_refuses_until_it_is_acknowledged(house: House, alice: Table) -> None:
    house.restrict(alice.player_id, "reality_check_due")
    assert alice.bet()[1].outcome == (422, "reality_check_due")
    house.rows("UPDATE compliance_restriction SET ends_at = now() WHERE player_id ="
               " (SELECT id FROM players_player WHERE public_id = %s)", alice.player_id)  # fmt: skip
    assert alice.bet()[1].code == "ok"


def test_case_050_a_forbidden_country_has_its_code(house: House) -> None:
    theirs = house.provider()
    house.game(theirs.provider, "not-in-malta", blocked_countries=["MT"])
    alice = seated(theirs, game="their-slot")
    assert alice.bet(game_code="not-in-malta")[1].outcome == (422, "game_disabled")
    assert alice.real == "100.00"


def test_case_051_player_ids_are_case_sensitive(alice: Table) -> None:
    other = {"player_id": alice.player_id.upper()}
    assert alice.wire.post("balance", other).outcome == (404, "player_not_found")
    assert alice.bet(player_id=alice.player_id.upper())[1].outcome == (404, "player_not_found")
