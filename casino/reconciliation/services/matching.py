"""Lines meet legs: verdicts, breaks with their causes, both sides added up, and what came right since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from casino.calls.models import ProviderCall
from casino.games.models import Provider
from casino.reconciliation.causes import NEAR, Facts, cause_of
from casino.reconciliation.enums import COMPLETE, BreakKind, BreakState, StepKind
from casino.reconciliation.matching_sql import ADD_UP, FOUND, HEALED, JUDGE, UNTOLD
from casino.reconciliation.models import Break, BreakStep, Statement
from casino.reconciliation.services.breaks import break_close_itself
from casino.reconciliation.services.statements import SYSTEM
from common.backoffice.time_range import uuid7_floor
from common.money import ZERO

AT_ONCE: Final = 1000
# A leg's id carries the moment at which it was made, its row the moment of the call.
SLACK: Final = timedelta(hours=1)
Row = dict[str, Any]


def statement_match(*, row: Statement, now: datetime) -> None:
    """Judge every line of a statement that was read, in the caller's transaction and under the provider's lock."""
    told: dict[str, Any] = {
        "statement": row.pk, "provider": row.provider_id, "from": row.from_at, "until": row.until_at,
        "complete": row.format in COMPLETE, "formats": [str(one) for one in COMPLETE],
        "near": NEAR.total_seconds(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(JUDGE, told)
    _breaks_open(row, (_of_line(row, one) for one in _named(_rows(FOUND, told), row)), now)
    if row.format in COMPLETE and row.from_at is not None and row.until_at is not None:
        told |= {"low": uuid7_floor(row.from_at - SLACK), "high": uuid7_floor(row.until_at + SLACK)}
        _breaks_open(row, (_of_leg(row, one) for one in _rows(UNTOLD, told)), now)
        with connection.cursor() as cursor:
            cursor.execute(ADD_UP, told)
    breaks_heal(provider_id=row.provider_id, now=now)


def breaks_heal(*, provider_id: int, now: datetime) -> int:
    """Close what came right by itself since; returns how many. Call it within a transaction."""
    healed = {one["id"]: one["reason"] for one in _rows(HEALED, {"provider": provider_id})}
    for break_id, reason in healed.items():
        break_close_itself(break_id=break_id, reason=reason, now=now)
    return len(healed)


def _rows(query: str, told: dict[str, Any]) -> Iterator[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        names = [column[0] for column in cursor.description or ()]
        while found := cursor.fetchmany(AT_ONCE):
            for cells in found:
                yield dict(zip(names, cells, strict=True))


def _named(rows: Iterator[Row], row: Statement) -> Iterator[Row]:
    """The rows, and of those that we lack how the log of calls has them, a thousand at a time."""
    code = Provider.objects.get(pk=row.provider_id).code
    batch: list[Row] = []
    for one in rows:
        batch.append(one)
        if len(batch) == AT_ONCE:
            yield from _called(batch, code)
            batch = []
    yield from _called(batch, code)


def _called(batch: list[Row], code: str) -> list[Row]:
    missing = [one["of"] for one in batch if one["verdict"] == BreakKind.MISSING_OURS]
    seen = dict(
        ProviderCall.objects.filter(provider_transaction_id__in=missing, provider_code=code)
        .order_by("received_at").values_list("provider_transaction_id", "outcome")
    ) if missing else {}  # fmt: skip
    for one in batch:
        one["called"] = seen.get(one["of"])
    return batch


def _of_line(row: Statement, one: Row) -> Break:
    kind, booked, theirs = one["verdict"], one["booked"], one["amount"]
    undone_there = one["kind"] == "rollback" or one["state"] == "rolled_back"
    ours = None if booked is None else ZERO if one["undone"] else booked
    facts = Facts(
        kind=kind, line_kind=one["kind"], leg_kind=one["leg_kind"] or "", theirs=theirs, ours=ours,
        their_currency=one["currency"], our_currency=one["our_currency"] or "", at=one["at"],
        booked_at=one["booked_at"], answered=one["outcome"] or "", refusal=_refusal(one["body"], one["outcome"]),
        undoing=one["undoing"] or "", called=one["called"], undone=bool(one["undone"]),
        other_player=bool(one["our_player"] and one["player"] and one["our_player"] != one["player"]),
    )  # fmt: skip
    standing = ZERO if undone_there and kind == BreakKind.STATUS else theirs
    again = f"#{row.pk}:{one['number']}" if kind == BreakKind.DUPLICATE else ""
    return Break(
        kind=kind, told_as=f"{one['kind']}:{one['of']}{again}", line_id=one["id"], leg=one["leg"],
        player_id=one["player_id"], transaction_id=one["of"],
        round_reference=one["round_reference"] or one["our_round"] or "",
        currency=one["currency"] or one["our_currency"] or "", theirs=standing, ours=ours,
        amount=_about(kind, standing, ours), cause=cause_of(facts),
        since=one["at"] or one["booked_at"] or row.received_at,
    )  # fmt: skip


def _of_leg(row: Statement, one: Row) -> Break:
    facts = Facts(
        kind=BreakKind.MISSING_THEIRS, leg_kind=one["leg_kind"], ours=one["booked"], booked_at=one["booked_at"],
        until=row.until_at,
    )  # fmt: skip
    return Break(
        kind=BreakKind.MISSING_THEIRS, told_as=f"{one['leg_kind']}:{one['of']}", leg=one["leg"],
        player_id=one["player_id"], transaction_id=one["of"], round_reference=one["our_round"],
        currency=one["our_currency"], ours=one["booked"], amount=one["booked"], cause=cause_of(facts),
        since=one["booked_at"],
    )  # fmt: skip


def _about(kind: str, theirs: Decimal | None, ours: Decimal | None) -> Decimal:
    """What is in dispute: the difference, or the whole where the two do not differ in size but in place."""
    if kind in (BreakKind.DAY_BOUNDARY, BreakKind.LATE, BreakKind.DUPLICATE, BreakKind.CURRENCY):
        return theirs or ZERO
    gap = abs((theirs or ZERO) - (ours or ZERO))
    return gap or theirs or ours or ZERO


def _refusal(body: Any, outcome: str | None) -> str:
    if outcome != "refused" or body is None:
        return ""
    try:
        return str(json.loads(bytes(body))["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def _breaks_open(row: Statement, found: Iterator[Break], now: datetime) -> None:
    """Each once: what an earlier statement told already stays as it was decided."""
    batch: list[Break] = []
    for one in found:
        one.provider_id, one.statement, one.opened_at = row.provider_id, row, now
        if one.kind in (BreakKind.DAY_BOUNDARY, BreakKind.LATE):  # nobody's money is wrong: it is told, and explained
            one.state, one.reason, one.decided_by, one.decided_at = BreakState.EXPLAINED, one.cause, SYSTEM, now
        batch.append(one)
        if len(batch) == AT_ONCE:
            _kept(row, batch, now)
            batch = []
    _kept(row, batch, now)


def _kept(row: Statement, batch: list[Break], now: datetime) -> None:
    Break.objects.bulk_create(batch, ignore_conflicts=True)
    mine = Break.objects.filter(provider_id=row.provider_id, statement=row, steps=None)
    BreakStep.objects.bulk_create(
        BreakStep(break_row=one, kind=StepKind.FOUND, words=one.cause, actor=SYSTEM, at=now)
        for one in mine.filter(told_as__in=[one.told_as for one in batch])
    )
