"""What settlements refuse."""

from __future__ import annotations

from common.errors import Refusal


class FileLoadedAlready(Refusal):
    code = "settlement_loaded_already"
    message = "A settlement file with these very bytes was loaded before; it is booked once."
    recorded = False


class FileUnreadable(Refusal):
    code = "settlement_unreadable"
    message = "The settlement file can not be understood; nothing of it was booked."
    recorded = False


class BreakMovedOn(Refusal):
    code = "break_moved_on"
    message = "The break is in another state by now."
    recorded = False


class BreakWrittenOff(Refusal):
    code = "break_written_off"
    message = "The break is written off: what was booked for it stands."
    recorded = False
