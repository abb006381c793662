"""A provider's money call, from its normalized command to its recorded answer (architecture.md §4).

lock and load -> recorded answer? -> decide -> write everything and commit. Two round trips for a bet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import psycopg
from django.db import DatabaseError, InterfaceError, connection

from casino.play import errors
from casino.play.booking import BOOK, COUNT, REFUSE, Booking, book_parameters
from casino.play.decisions.bet import bet_decide
from casino.play.decisions.jackpot import jackpot_decide
from casino.play.decisions.rollback import rollback_decide
from casino.play.decisions.win import win_decide
from casino.play.desk import Desk
from casino.play.dialect import Dialect
from casino.play.services.desks import desk_lay, house_warm, pool_warm
from casino.play.services.wallets import wallet_missing, wallet_open
from casino.play.situation import LOAD, Situation, situation_read
from casino.play.types import Answer, BetCall, Caller, JackpotCall, MoneyCall, RollbackCall, WinCall
from common.database.money_transaction import MoneyTransaction
from common.database.pipeline import Statement
from common.errors import Refusal
from common.ids import uuid7
from common.money import ZERO
from wallet.errors import Busy, TemporarilyUnavailable

Call = TypeVar("Call", BetCall, WinCall, RollbackCall, JackpotCall)
Step = tuple[Statement, list[Any]]
ATTEMPTS = 3


def bet_place(*, call: BetCall, caller: Caller, dialect: Dialect, now: datetime) -> Answer:
    """Debit a stake (wallet-api-v1 §1 `bet`). Never raises a Refusal: refusals are answers too."""
    house_warm(caller=caller, currency=call.currency)
    if call.contribution > ZERO:
        pool_warm(caller=caller, game_code=call.game_code, currency=call.currency)
    return _answer(call=call, decide=bet_decide, caller=caller, dialect=dialect, now=now)


def win_pay(*, call: WinCall, caller: Caller, dialect: Dialect, now: datetime) -> Answer:
    """Credit a payout; zero records a loss."""
    house_warm(caller=caller, currency=call.currency)
    return _answer(call=call, decide=win_decide, caller=caller, dialect=dialect, now=now)


def rollback_make(*, call: RollbackCall, caller: Caller, dialect: Dialect, now: datetime) -> Answer:
    """Reverse one bet or win, once; an unknown original becomes a tombstone."""
    return _answer(call=call, decide=rollback_decide, caller=caller, dialect=dialect, now=now)


def jackpot_pay(*, call: JackpotCall, caller: Caller, dialect: Dialect, now: datetime) -> Answer:
    """Credit a jackpot win out of its pool."""
    return _answer(call=call, decide=jackpot_decide, caller=caller, dialect=dialect, now=now)


def _answer(
    *, call: Call, decide: Callable[[Call, Desk], Booking], caller: Caller, dialect: Dialect, now: datetime
) -> Answer:
    """Try until the outcome is known: a colliding id means that another call recorded its answer first."""
    for _ in range(ATTEMPTS):
        try:
            return _attempt(call=call, decide=decide, caller=caller, dialect=dialect, now=now)
        except ConnectionLostBeforeWriting:
            continue
        except WalletWasMissing:
            wallet_open(public_id=call.player_id)
        except (psycopg.Error, DatabaseError, InterfaceError) as error:
            refusal = _refusal_of(error)
            if refusal is not None:
                return dialect.refused(refusal=refusal, balance=None)
    return dialect.refused(refusal=TemporarilyUnavailable(), balance=None)


def _refusal_of(error: Exception) -> Refusal | None:
    """What a database error means for the caller; None: another call was first, look again."""
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    match cause:
        case psycopg.errors.LockNotAvailable():
            return Busy()
        case psycopg.errors.UniqueViolation() | psycopg.errors.DeadlockDetected():
            return None
        case psycopg.errors.CheckViolation() if cause.diag.constraint_name == "history_without_gap":
            return None  # the wallet moved since it was read, so the decision is made anew
        case psycopg.errors.FeatureNotSupported():
            # A migration changed the functions under this connection's prepared statements.
            connection.close()
            return None
        case psycopg.errors.NumericValueOutOfRange():
            return errors.InvalidAmount(field="amount", problem="would leave a balance that can not be kept")
        case psycopg.OperationalError() | psycopg.InterfaceError():
            # The commit may or may not have happened: the repeat will find out.
            return TemporarilyUnavailable()
    raise error


class WalletWasMissing(Exception):  # noqa: N818 - a state of the attempt, caught by `_answer`
    """The player exists but has no account in his currency yet."""


class ConnectionLostBeforeWriting(Exception):  # noqa: N818 - a state of the attempt, caught by `_answer`
    """The connection broke before anything was written: trying again on a new one is safe."""


def _attempt(
    *, call: Call, decide: Callable[[Call, Desk], Booking], caller: Caller, dialect: Dialect, now: datetime
) -> Answer:
    money = MoneyTransaction()
    try:
        situation = situation_read(money.begin_with(LOAD, _keys(call, caller, now)))
        if situation.answer_outcome is not None:
            money.abandon()
            return _replayed(call, situation, dialect)
        if situation.player_id is None and wallet_missing(public_id=call.player_id):
            raise WalletWasMissing
        try:
            answer, steps = _decided(call, decide, caller, dialect, situation, now)
        except Refusal as refusal:
            balance = situation.balance if situation.player_id is not None else None
            answer = dialect.refused(refusal=refusal, balance=balance)
            if not refusal.recorded:
                money.abandon()
                return answer
            steps = [(REFUSE, _refuse_parameters(call, caller, situation, answer, now))]
        money.commit_with(*steps)
    except BaseException as error:
        money.abandon()
        if isinstance(error, Exception) and not money.writing and connection.connection is None:
            raise ConnectionLostBeforeWriting from error
        raise
    return answer


def _decided(
    call: Call,
    decide: Callable[[Call, Desk], Booking],
    caller: Caller,
    dialect: Dialect,
    situation: Situation,
    now: datetime,
) -> tuple[Answer, list[Step]]:
    """The answer to a call that may be booked, and the statements that book it. Raises the refusal otherwise."""
    if situation.player_id is None or not caller.knows(is_test=situation.player_is_test):
        raise errors.PlayerNotFound
    desk = desk_lay(call=call, caller=caller, situation=situation, now=now)
    booking = decide(call, desk)
    leg_id = uuid7()
    answer = dialect.booked(
        call=call,
        leg_id=leg_id,
        round_id=booking.round_reference,
        balance=booking.balance_after(situation),
        said=booking.said,
        now=now,
    )
    tombstone = None
    if booking.tombstone is not None:
        tombstone = dialect.refused(refusal=errors.TransactionRolledBack(), balance=None)
    params = book_parameters(
        leg_id=leg_id,
        call=call,
        caller=caller,
        situation=situation,
        booking=booking,
        answer=answer,
        tombstone=tombstone,
        now=now,
    )
    if booking.counted is None:
        return answer, [(BOOK, params)]
    return answer, [(BOOK, params), (COUNT, [situation.player_id, booking.counted])]


def _replayed(call: MoneyCall, situation: Situation, dialect: Dialect) -> Answer:
    """The recorded bytes for the same content; a tombstone's for any; a conflict for other content."""
    recorded = situation.answer_fingerprint
    if recorded is not None and recorded != call.fingerprint:
        return dialect.refused(refusal=errors.IdempotencyConflict(), balance=None)
    return Answer(
        status=situation.answer_status,
        body=situation.answer_body,
        outcome=situation.answer_outcome or "",
        replayed=True,
    )


def _keys(call: MoneyCall, caller: Caller, now: datetime) -> list[Any]:
    """The parameters of `play_situation`, in its order."""
    if isinstance(call, WinCall):
        other = call.bet_transaction_id or None
    else:
        other = call.original_transaction_id if isinstance(call, RollbackCall) else None
    return [
        caller.provider_id,
        call.transaction_id,
        call.player_id,
        getattr(call, "session_id", "") or None,
        call.game_code or None,
        call.round_id or None,
        other,
        now,
    ]


def _refuse_parameters(
    call: MoneyCall, caller: Caller, situation: Situation, answer: Answer, now: datetime
) -> list[Any]:
    return [
        caller.provider_id,
        call.transaction_id,
        call.call,
        call.fingerprint,
        situation.player_id,
        getattr(call, "amount", None),
        getattr(call, "currency", ""),
        call.round_id,
        answer.status,
        answer.body,
        now,
    ]
