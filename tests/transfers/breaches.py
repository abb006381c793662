"""Raw SQL that breaks each promise about money at providers, by the name that must refuse it."""

from __future__ import annotations

from typing import Any

from casino.transfers.enums import ReturnReason
from casino.transfers.models import TransferLeg
from casino.transfers.services.endings import visit_recall
from tests.factories import CAROL, NOON, player_make
from tests.transfers.rows import stay_end, stay_plan, told
from tests.transfers.scene import north_star_make

_STAY = (
    "INSERT INTO transfers_transfervisit (reference, player_id, provider_id, game_id, session_id, hold_id, currency,"
    " sent, returned, state, return_reason, return_note, disputed, checked_at, opened_at, closed_at)"
    " SELECT 'tv_copy', player_id, provider_id, game_id, session_id, (SELECT min(h.id) FROM wallet_hold h WHERE NOT"
    " EXISTS (SELECT 1 FROM transfers_transfervisit v WHERE v.hold_id = h.id)), currency, {sent}, {returned},"
    " '{state}', '{reason}', '', false, now(), now(), {closed} FROM transfers_transfervisit WHERE id = %({like})s"
)
_LEG = (
    "INSERT INTO transfers_transferleg (visit_id, direction, number, reference, amount, state, attempts, asked,"
    " planned_at, settled_at, note) VALUES (%({visit})s, '{way}', {number}, 'to_copy', {amount}, '{state}', 0, 0,"
    " now(), {settled}, '')"
)
_CALL = (
    "INSERT INTO transfers_transfercall (visit_id, purpose, standing, note, busy_ms, called_at)"
    " VALUES (%(stay)s, '{purpose}', '{standing}', '', 0, now())"
)
_SET = "UPDATE transfers_transfervisit SET {change} WHERE id = %({row})s"
_SET_LEG = "UPDATE transfers_transferleg SET {change} WHERE id = %({row})s"


def _stay(
    sent: str = "1", returned: str = "1", state: str = "closed", reason: str = "exit", closed: str = "now()",
    like: str = "closed_stay",
) -> str:  # fmt: skip
    return _STAY.format(**locals())


def _leg(
    way: str = "out", number: int = 9, amount: str = "1", state: str = "failed", settled: str = "now()",
    visit: str = "stay",
) -> str:  # fmt: skip
    return _LEG.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "visit_state_known": [_stay(state="lost", returned="NULL")],
    "visit_sent_positive": [_stay(sent="0"), _stay(sent="-1")],
    "visit_returned_when_closed": [
        _stay(returned="NULL"),
        _stay(returned="-1"),
        _SET.format(change="returned = 5", row="stay"),
    ],
    "visit_return_has_a_reason": [_stay(reason=""), _stay(reason="bored")],
    "visit_end_has_its_time": [_stay(closed="NULL"), _SET.format(change="closed_at = now()", row="stay")],
    "one_open_visit_per_player": [_stay(state="opening", returned="NULL", closed="NULL", like="stay")],
    "visit_steps_in_order": [
        _SET.format(change="state = 'closed', returned = 1, closed_at = now(), return_reason = 'exit'", row="stay"),
        _SET.format(change="state = 'opening', closed_at = NULL, returned = NULL", row="closed_stay"),
        _SET.format(change="state = 'at_provider'", row="closed_stay"),
    ],
    "visit_keeps_its_terms": [
        _SET.format(change="sent = 1000", row="stay"),
        _SET.format(change="hold_id = 1", row="closed_stay"),
        _SET.format(change="player_id = %(player)s", row="stay"),
    ],
    "visit_arrives_by_a_confirmed_transfer": [_SET.format(change="state = 'at_provider'", row="opening_stay")],
    "visit_closes_by_a_confirmed_transfer": [
        _SET.format(change="state = 'closed', returned = 1, closed_at = now()", row="returning_stay")
    ],
    "visit_fails_with_its_transfers": [
        _SET.format(change="state = 'refused', closed_at = now()", row="opening_stay"),
        _SET.format(change="state = 'aborted', closed_at = now()", row="opening_stay"),
    ],
    "visit_gives_its_money_back": [
        _SET.format(change="state = 'aborted', closed_at = now()", row="failed_stay"),
        _SET.format(change="state = 'refused', closed_at = now()", row="failed_stay"),
    ],
    "transfer_direction_known": [_leg(way="up")],
    "transfer_state_known": [_leg(state="lost")],
    "transfer_amount_is_known_when_it_must": [
        _leg(amount="NULL"),
        _leg(amount="0"),
        _leg(way="in", amount="1"),
        _leg(way="in", amount="NULL", state="confirmed"),
    ],
    "transfer_end_has_its_time": [_leg(settled="NULL"), _leg(way="in", amount="NULL", state="planned")],
    "transfers_are_numbered": [_leg(number=1)],
    "one_transfer_under_way_per_visit": [
        _leg(way="in", amount="NULL", state="planned", settled="NULL", visit="opening_stay")
    ],
    "one_confirmed_transfer_each_way": [_leg(state="confirmed")],
    "transfer_steps_in_order": [
        _SET_LEG.format(change="state = 'planned', settled_at = NULL", row="arrived"),
        _SET_LEG.format(change="state = 'failed'", row="arrived"),
        _SET_LEG.format(change="state = 'confirmed', settled_at = now()", row="planned"),
    ],
    "transfer_keeps_its_terms": [
        _SET_LEG.format(change="amount = 1000", row="arrived"),
        _SET_LEG.format(change="reference = 'to_other'", row="planned"),
        _SET_LEG.format(change="direction = 'in'", row="arrived"),
    ],
    "transfer_call_purpose_known": [_CALL.format(purpose="chat", standing="done")],
    "transfer_call_standing_known": [_CALL.format(purpose="status", standing="maybe")],
}

BY_OWNER: dict[str, list[str]] = {
    "visits_are_kept_for_ever": ["DELETE FROM transfers_transfervisit WHERE id = %(closed_stay)s"],
    "transfers_are_kept_for_ever": ["DELETE FROM transfers_transferleg WHERE id = %(planned)s"],
    "transfer_calls_are_never_edited": [
        "UPDATE transfers_transfercall SET note = 'y'",
        "DELETE FROM transfers_transfercall",
    ],
}


def transfers_of_the_story() -> dict[str, Any]:
    """Four stays: on its way there, there, on its way back, and back; and one that failed but for its hold."""
    game = north_star_make()
    planned = stay_plan(player_make("Opal"), game, "5", NOON)
    stay = told(stay_plan(player_make("Ada"), game, "5", NOON), "5", NOON)
    closed = stay_end(told(stay_plan(player_make("Cleo"), game, "5", NOON), "5", NOON), "7", NOON)
    back = told(stay_plan(player_make("Rita"), game, "5", NOON), "5", NOON)
    visit_recall(visit_id=back.pk, reason=ReturnReason.STAFF, note="", actor=CAROL, now=NOON)
    failed = stay_plan(player_make("Fay"), game, "5", NOON)
    TransferLeg.objects.filter(pk=failed.pk).update(state="failed", settled_at=NOON)
    return {
        "failed_stay": failed.visit_id,
        "opening_stay": planned.visit_id, "planned": planned.pk, "stay": stay.pk, "closed_stay": closed.pk,
        "returning_stay": back.pk, "arrived": TransferLeg.objects.get(visit=stay).pk,
    }  # fmt: skip
