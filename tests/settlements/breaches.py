"""Raw SQL that breaks each promise about settlements, by the name that must refuse it."""

from __future__ import annotations

from typing import Any

from casino.settlements.enums import BreakState
from casino.settlements.models import Break, Match, Movement, SettlementFile, SettlementLine
from casino.settlements.services.breaks import break_decide
from casino.settlements.services.write_off_booking import write_off_book
from casino.settlements.services.write_offs import break_write_off
from tests.factories import CAROL, NOON, player_make
from tests.settlements.scene import deposited, loaded

_FILE = (
    "INSERT INTO settlements_settlementfile (gateway, name, sha256, period_from, period_to, line_count, loaded_at,"
    " loaded_by) VALUES ('sandbox', {name}, {sha}, '2026-01-01', {until}, {lines}, now(), 'x')"
)
_TOTAL = (
    "INSERT INTO settlements_settlementtotal (file_id, currency, gross, fee, net)"
    " VALUES (%(settlement_file)s, {currency}, {gross}, {fee}, {net})"
)
_LINE = (
    "INSERT INTO settlements_settlementline (file_id, number, gateway, kind, reference, gateway_reference, gross, fee,"
    " currency, booked_on, text) VALUES (%(settlement_file)s, {number}, 'sandbox', {kind}, '', '', 1, {fee}, 'EUR',"
    " now(), '')"
)
_MOVEMENT = (
    "INSERT INTO settlements_movement (transaction_id, gateway, currency, amount, kind, reference, gateway_reference,"
    " also, booked_at) SELECT {transaction}, {gateway}, currency, {amount}, kind, '', '', '', now()"
    " FROM settlements_movement WHERE id = %(settlement_movement)s"
)
_MATCH = (
    "INSERT INTO settlements_match (line_id, movement_id, difference, matched_at)"
    " VALUES (%(settlement_unknown)s, %(settlement_free)s, {difference}, now())"
)
_BREAK = (
    "INSERT INTO settlements_break (kind, gateway, currency, amount, line_id, movement_id, since, state, reason,"
    " decided_by, opened_at) VALUES ({kind}, 'sandbox', 'EUR', {amount}, {line}, {movement}, now(), {state}, {reason},"
    " '', now())"
)
_WRITE_OFF = (
    "INSERT INTO settlements_writeoff (of_id, transaction_id, approval, at, undoes_id)"
    " VALUES (%(settlement_{of})s, {transaction}, {approval}, now(), {undoes})"
)
_CHANGE = "UPDATE settlements_break SET {change} WHERE id = %(settlement_break)s"


def _file(name: str = "'new'", sha: str = "'new'", until: str = "'2026-01-02'", lines: str = "1") -> str:
    return _FILE.format(**locals())


def _total(currency: str = "'USD'", gross: str = "2", fee: str = "1", net: str = "1") -> str:
    return _TOTAL.format(**locals())


def _line(number: str = "99", kind: str = "'noted'", fee: str = "0") -> str:
    return _LINE.format(**locals())


def _movement(transaction: str = "gen_random_uuid()", gateway: str = "'sandbox'", amount: str = "amount") -> str:
    return _MOVEMENT.format(**locals())


def _break(
    kind: str = "'differs'", amount: str = "1", line: str = "%(settlement_fits)s",
    movement: str = "%(settlement_fit)s", state: str = "'open'", reason: str = "''",
) -> str:  # fmt: skip
    return _BREAK.format(**locals())


def _write_off(
    of: str = "written", transaction: str = "%(settlement_booked)s", approval: str = "'approval:1'",
    undoes: str = "NULL",
) -> str:  # fmt: skip
    return _WRITE_OFF.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "write_off_is_what_was_booked": [
        _write_off(of="break"), _write_off(transaction="gen_random_uuid()"), _write_off(undoes="%(settlement_off)s"),
    ],
    "break_written_off_once": [_write_off()],
    "write_off_is_approved": [_write_off(approval="''")],
    "settlement_name_once_per_gateway": [_file(name="'story.csv'")],
    "settlement_period_in_order": [_file(until="'2025-12-31'")],
    "settlement_has_lines": [_file(lines="0")],
    "settlement_total_per_currency": [_total(currency="'EUR'")],
    "settlement_net_is_gross_less_fee": [_total(net="2")],
    "settlement_fee_not_negative": [_total(fee="-1", net="3")],
    "settlement_lines_in_order": [_line(number="1")],
    "settlement_line_kind_known": [_line(kind="'gift'")],
    "settlement_line_fee_not_negative": [_line(fee="-1")],
    "movement_gathered_once": [_movement(transaction="transaction_id")],
    "movement_is_what_was_booked": [
        _movement(), _movement(transaction="transaction_id", amount="amount + 1"),
        _movement(transaction="transaction_id", gateway="'sandbox2'"),
    ],
    "match_tells_the_difference": [_MATCH.format(difference="0")],
    "one_break_of_a_kind_per_line": [_break(kind="'unknown'", line="%(settlement_unknown)s", movement="NULL")],
    "one_break_of_a_kind_per_movement": [
        _break(line="%(settlement_unknown)s", movement="%(settlement_differs)s"),
    ],
    "break_kind_known": [_break(kind="'gossip'")],
    "break_is_money": [_break(amount="0")],
    "break_names_its_rows": [_break(movement="NULL"), _break(kind="'missing'"), _break(kind="'unknown'")],
    "break_decided_with_a_reason": [_CHANGE.format(change="state = 'explained'")],
    "break_follows_its_states": [
        _break(state="'explained'", reason="'x'"),
        "UPDATE settlements_break SET state = 'explained', reason = 'x', decided_by = 'x', decided_at = now()"
        " WHERE id = %(settlement_closed)s",
    ],
    "break_keeps_its_content": [_CHANGE.format(change="amount = 2"), _CHANGE.format(change="since = now()")],
    "ledger_is_read_forward": ["UPDATE settlements_gatheredto SET commit_order = commit_order - 1"],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "settlement_files_are_never_edited": [
        "UPDATE settlements_settlementfile SET name = 'x'", "DELETE FROM settlements_settlementfile",
    ],
    "settlement_totals_are_never_edited": ["UPDATE settlements_settlementtotal SET gross = 1"],
    "settlement_lines_are_never_edited": ["UPDATE settlements_settlementline SET gross = 1"],
    "movements_are_never_edited": ["UPDATE settlements_movement SET amount = 1"],
    "matches_are_never_edited": ["DELETE FROM settlements_match"],
    "write_offs_are_never_edited": [
        "UPDATE settlements_writeoff SET at = now()", "DELETE FROM settlements_writeoff",
    ],
    "breaks_are_kept_for_ever": ["DELETE FROM settlements_break"],
}  # fmt: skip


def settlements_kept() -> dict[str, Any]:
    """A file with a line that fits, one that differs and two that nobody knows; a deposit in no file. Committed."""
    player = player_make("Sam")
    for amount, reference in (("10", "D-fits"), ("20", "D-differs"), ("30", "D-free")):
        deposited(player, amount, reference)
    file = loaded(
        "story.csv",
        [("payment.confirmed", name, gross, "0") for name, gross in (
            ("D-fits", "10"), ("D-differs", "19"), ("D-unknown", "7"), ("D-closed", "8"))],
    )  # fmt: skip
    lines = {line.reference: line for line in SettlementLine.objects.filter(file=file)}
    told = {row.line.reference: row for row in Break.objects.filter(line__file=file) if row.line}
    closed = break_decide(break_id=told["D-closed"].pk, state=BreakState.CLOSED, reason="Story.", actor=CAROL, now=NOON)
    kept: dict[str, int | None] = {"file": file.pk, "unknown": lines["D-unknown"].pk, "fits": lines["D-fits"].pk,
            "break": told["D-unknown"].pk, "closed": closed.pk}  # fmt: skip
    off = break_write_off(break_id=closed.pk, reason="Story.", approval="approval:0", actor="system:tests", now=NOON)
    kept |= {"written": closed.pk, "off": off.pk}
    booked = write_off_book(closed, closed.amount, reference="story", actor="system:tests", now=NOON)
    movements = {row.reference: row.pk for row in Movement.objects.filter(gateway="sandbox")}
    kept |= {"movement": movements.get("D-free"), "free": movements.get("D-free"), "fit": movements.get("D-fits"),
             "differs": movements.get("D-differs")}  # fmt: skip
    told_ids = {f"settlement_{name}": key for name, key in kept.items()} | {"settlement_booked": booked}
    assert SettlementFile.objects.count() == 1
    assert not movements or Match.objects.count() == 2
    return told_ids
