"""What facts refuse."""

from __future__ import annotations

from common.errors import Refusal


class FactsBehindLedger(Refusal):
    """The cursor stands beyond what this PostgreSQL has reached, as after a dump was restored."""

    code = "facts_behind_ledger"
    message = "The facts were read further than this PostgreSQL has reached: run `manage.py rebase_commit_order`."


class RebuildRefused(Refusal):
    """The range can not be rebuilt."""

    code = "rebuild_refused"
    message = "These days can not be rebuilt."


class CalendarRefused(Refusal):
    """A calendar that can not be; `problem` says why."""

    code = "calendar_refused"
    message = "This calendar can not be."
