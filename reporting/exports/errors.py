"""Why an export is not made, or not handed out. A sentence each, for the person who asked."""

from __future__ import annotations

from common.errors import Refusal


class ExportRefusal(Refusal):
    """A refusal about exports."""

    code = "export_refused"
    message = "The export is refused."
    recorded = False


class ExportNotAllowed(ExportRefusal):
    code = "export_not_allowed"
    message = "Your roles do not include this export: ask somebody whose roles do."


class ExportNeedsPurpose(ExportRefusal):
    code = "export_needs_purpose"
    message = "Choose a purpose and say in a few words what the file is for: both are kept."


class ExportTooLarge(ExportRefusal):
    """`most` is the number of rows that the format takes."""

    code = "export_too_large"
    message = "The report has more rows than this format takes: choose CSV, or fewer days."


class CellTooLong(ExportRefusal):
    """`row` and `column` tell where."""

    code = "export_cell_too_long"
    message = "A text is longer than a cell of a workbook holds: choose CSV."


class ExportNeedsPerson(ExportRefusal):
    code = "export_needs_person"
    message = "This export needs the approval of a second person, and only a person can ask for that."


class ExportNeedsBrand(ExportRefusal):
    code = "export_needs_brand"
    message = "Your roles reach some brands only: choose one of them for an export that needs approval."


class BooksNotProved(ExportRefusal):
    """AUD-07: the last verification failed, or is too old."""

    code = "export_books_not_proved"
    message = "Nothing is certified now: the last verification of the books failed or is more than 26 hours old."


class ExportUnknown(ExportRefusal):
    code = "export_unknown"
    message = "There is no such export."


class ExportStateRefused(ExportRefusal):
    """`state` is where it stands."""

    code = "export_state_refused"
    message = "This is not possible in the export's present state."


class ExportNotYours(ExportRefusal):
    code = "export_not_yours"
    message = "Only the person who asked for an export fetches it."


class TicketRefused(ExportRefusal):
    code = "export_link_used"
    message = "This link was used before or is too old: open the export's page and fetch it anew."


class ScheduleRefused(ExportRefusal):
    """`problem` says what to change."""

    code = "export_schedule_refused"
    message = "The schedule can not be made like this."
