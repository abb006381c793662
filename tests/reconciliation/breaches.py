"""Raw SQL that breaks each promise about statements and their breaks, by the name that must refuse it."""

from __future__ import annotations

import uuid
from typing import Any, Final

from casino.games.models import Provider
from casino.reconciliation.enums import Origin, StatementFormat, Way
from casino.reconciliation.formats.own_csv import HEAD
from casino.reconciliation.models import Break, Correction
from casino.reconciliation.services.reading import statement_read
from casino.reconciliation.services.rounds import rounds_work_off
from casino.reconciliation.services.sources import source_set
from casino.reconciliation.services.statements import statement_receive
from common.clock import utc_now
from tests.factories import CAROL

_COPY: Final = "INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = %({key})s"
_STATEMENT: Final = (
    "provider_id", "format", "origin", "name", "sha256", "size", "time_zone", "from_at", "until_at", "state",
    "problem", "line_count", "fault_count", "received_at", "received_by", "finished_at",
)  # fmt: skip
_LINE: Final = ("statement_id", "number", "provider_id", "kind", "transaction_id", "of", "round_reference", "player",
                "game", "amount", "currency", "state")  # fmt: skip
_BREAK: Final = ("provider_id", "kind", "told_as", "statement_id", "line_id", "leg", "transaction_id",
                 "round_reference", "currency", "theirs", "ours", "amount", "cause", "since", "state", "reason",
                 "decided_by", "decided_at", "opened_at")  # fmt: skip


def _copy(table: str, names: tuple[str, ...], key: str, **changes: str) -> str:
    """The row again, with some of it changed."""
    values = ", ".join(changes.get(name, name) for name in names)
    return _COPY.format(table=f"reconciliation_{table}", names=", ".join(names), values=values, key=key)


def _statement(**changes: str) -> str:
    return _copy("statement", _STATEMENT, "statement", **{"sha256": "'new'", **changes})


def _line(**changes: str) -> str:
    return _copy("line", _LINE, "statement_line", **{"number": "99", **changes})


def _break(**changes: str) -> str:
    return _copy("break", _BREAK, "provider_break", **{"told_as": "'new'", **changes})


def _change(change: str, key: str = "provider_break") -> str:
    return f"UPDATE reconciliation_break SET {change} WHERE id = %({key})s"


_DECIDED: Final = "reason = 'x', decided_by = 'x', decided_at = now()"
BY_ANYBODY: dict[str, list[str]] = {
    "source_format_known": ["UPDATE reconciliation_statementsource SET format = 'gossip'"],
    "source_tolerance_not_negative": ["UPDATE reconciliation_statementsource SET tolerance = -1"],
    "statement_bytes_once_per_provider": [_statement(sha256="sha256")],
    "statement_format_known": [_statement(format="'gossip'")],
    "statement_origin_known": [_statement(origin="'gossip'")],
    "statement_state_has_its_facts": [
        _statement(state="'received'"), _statement(problem="'x'"), _statement(finished_at="NULL"),
        _statement(state="'refused'", line_count="0"),
    ],
    "statement_period_in_order": [_statement(until_at="from_at")],
    "statement_parts_in_order": [
        "INSERT INTO reconciliation_statementpart (statement_id, number, content) VALUES (%(statement)s, 1, '')"
    ],
    "statement_lines_in_order": [_line(number="number")],
    "statement_line_kind_known": [_line(kind="'gift'")],
    "statement_line_state_known": [_line(state="'lost'")],
    "statement_line_amount_not_negative": [_line(amount="-1")],
    "statement_faults_in_order": [
        "INSERT INTO reconciliation_fault (statement_id, number, text, problem)"
        " SELECT statement_id, number, '', '' FROM reconciliation_fault WHERE statement_id = %(statement)s"
    ],
    "result_verdict_known": [
        "INSERT INTO reconciliation_result (line_id, statement_id, verdict)"
        " VALUES (%(statement_round)s, %(statement)s, 'gossip')"
    ],
    "round_outcome_known": [
        "INSERT INTO reconciliation_roundresult (line_id, statement_id, outcome, words)"
        " VALUES (%(statement_line)s, %(statement)s, 'gossip', '')"
    ],
    "one_tally_per_currency_and_kind": [
        "INSERT INTO reconciliation_tally (statement_id, currency, kind, theirs_count, theirs_amount, ours_count,"
        " ours_amount, matched_count) SELECT statement_id, currency, kind, 0, 0, 0, 0, 0 FROM reconciliation_tally"
        " WHERE statement_id = %(statement)s"
    ],
    "tally_matches_what_was_told": [
        "INSERT INTO reconciliation_tally (statement_id, currency, kind, theirs_count, theirs_amount, ours_count,"
        " ours_amount, matched_count) VALUES (%(statement)s, 'JPY', 'bet', 1, 0, 0, 0, 2)"
    ],
    "one_break_of_a_kind_per_transaction": [_break(told_as="told_as")],
    "provider_break_kind_known": [_break(kind="'gossip'", leg="gen_random_uuid()")],
    "provider_break_amount_not_negative": [_break(amount="-1")],
    "provider_break_names_its_sides": [
        _break(leg="gen_random_uuid()"), _break(kind="'missing_theirs'"), _break(kind="'amount'"),
        _break(kind="'duplicate'", line_id="NULL"),
    ],
    "provider_break_decided_with_a_reason": [_change("state = 'explained'")],
    "written_off_is_under_tolerance": [
        _change(f"state = 'written_off', {_DECIDED}"),
        _change(f"state = 'written_off', worth = 2, tolerance = 1, {_DECIDED}"),
    ],
    "break_step_kind_known": [
        "INSERT INTO reconciliation_breakstep (break_row_id, kind, words, actor, at)"
        " VALUES (%(provider_break)s, 'gossip', '', 'x', now())"
    ],
    "correction_way_known": [
        "INSERT INTO reconciliation_correction (break_row_id, way, transaction, approval, actor, at)"
        " VALUES (%(provider_break)s, 'gift', gen_random_uuid(), 'x', 'x', now())"
    ],
    "statement_is_read_once": [
        "UPDATE reconciliation_statement SET line_count = 9 WHERE id = %(statement)s",
        "UPDATE reconciliation_statement SET name = 'x' WHERE id = %(statement_waiting)s",
    ],
    "provider_break_begins_open": [_break(state="'closed'", reason="'x'", decided_by="'x'", decided_at="now()")],
    "provider_break_follows_its_states": [
        _change(f"state = 'explained', {_DECIDED}", "provider_closed"),
    ],
    "provider_break_keeps_its_content": [_change("amount = 2"), _change("cause = 'x'"), _change("since = now()")],
    "corrected_by_a_booking": [
        _change(f"state = 'corrected', {_DECIDED}"), _change(f"state = 'corrected', {_DECIDED}", "provider_unbooked"),
    ],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "statement_parts_are_never_edited": ["UPDATE reconciliation_statementpart SET content = ''"],
    "statement_lines_are_never_edited": [
        "UPDATE reconciliation_line SET amount = 1",
        "DELETE FROM reconciliation_line",
    ],
    "statement_faults_are_never_edited": ["UPDATE reconciliation_fault SET problem = 'x'"],
    "results_are_never_edited": ["UPDATE reconciliation_result SET verdict = 'agrees'"],
    "round_results_are_never_edited": ["UPDATE reconciliation_roundresult SET outcome = 'agrees'"],
    "tallies_are_never_edited": ["DELETE FROM reconciliation_tally"],
    "break_steps_are_never_edited": ["UPDATE reconciliation_breakstep SET words = 'x'"],
    "corrections_are_never_edited": ["DELETE FROM reconciliation_correction"],
    "statements_are_kept_for_ever": ["DELETE FROM reconciliation_statement"],
    "provider_breaks_are_kept_for_ever": ["DELETE FROM reconciliation_break"],
}


def reconciliation_kept() -> dict[str, Any]:
    """A statement with three wins that nobody booked, a line that nobody understands and a round; one that waits."""
    now, provider = utc_now(), Provider.objects.get(code="sandbox")
    at = now.isoformat()
    rows = [",".join(HEAD), "gift,x,,,,,,,,"]
    rows += [f"win,w-{name},,r-kept,pl_nobody,,7,EUR,booked,{at}" for name in ("open", "closed", "unbooked")]
    rows.append(f"round,,,r-kept,pl_nobody,,,,closed,{at}")
    kept = statement_receive(
        provider_id=provider.pk, written=StatementFormat.CSV, origin=Origin.UPLOAD, name="kept.csv",
        chunks=["\n".join(rows).encode()], day=now.date(), actor=CAROL, now=now,
    )  # fmt: skip
    statement_read(statement_id=kept.pk, now=now)
    rounds_work_off(statement_id=kept.pk, now=now)
    waiting = statement_receive(
        provider_id=provider.pk, written=StatementFormat.CSV, origin=Origin.FOLDER, name="waiting.csv",
        chunks=[b"nothing"], day=None, actor=CAROL, now=now,
    )  # fmt: skip
    source_set(provider_id=provider.pk, written=StatementFormat.CSV, actor=CAROL, now=now)
    found = {row.transaction_id: row for row in Break.objects.filter(statement=kept)}
    closed = found["w-closed"]
    closed.state, closed.reason, closed.decided_by, closed.decided_at = "closed", "Story.", CAROL, now
    closed.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    Correction.objects.create(
        break_row=found["w-unbooked"], way=Way.PAY_WIN, transaction=uuid.uuid4(), approval="approval:0", actor=CAROL,
        at=now,
    )  # fmt: skip
    lines = {line.kind: line.pk for line in kept.lines.order_by("-number")}
    return {
        "statement": kept.pk, "statement_waiting": waiting.pk, "statement_line": lines["win"],
        "statement_round": lines["round"], "provider_break": found["w-open"].pk, "provider_closed": closed.pk,
        "provider_unbooked": found["w-unbooked"].pk,
    }  # fmt: skip
