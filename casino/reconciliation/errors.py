"""What reconciliation refuses."""

from __future__ import annotations

from common.errors import Refusal


class StatementKnown(Refusal):
    code = "statement_known"
    message = "A statement with these very bytes is here already; it is matched once."
    recorded = False


class StatementUnreadable(Refusal):
    code = "statement_unreadable"
    message = "The statement can not be understood; nothing of it was taken."
    recorded = False


class StatementTooLong(Refusal):
    code = "statement_too_long"
    message = "The statement is longer than 512 MiB; ask the provider for shorter periods."
    recorded = False


class StatementNotFetched(Refusal):
    code = "statement_not_fetched"
    message = "The provider gave no statement."
    recorded = False
    retry = True


class BreakMovedOn(Refusal):
    code = "break_moved_on"
    message = "The break is in another state by now."
    recorded = False


class AboveTolerance(Refusal):
    code = "above_tolerance"
    message = "This is worth more than the tolerance agreed for the provider: it needs a correction or an explanation."
    recorded = False


class NothingToCorrect(Refusal):
    code = "nothing_to_correct"
    message = "No booking of ours would put this right: ask the provider, explain it, or write it off."
    recorded = False


class CorrectionRefused(Refusal):
    code = "correction_refused"
    message = "The books refuse this correction as they stand."
    recorded = False
