"""Words of exports."""

from __future__ import annotations

from django.db.models import TextChoices


class ExportState(TextChoices):
    """Where an export stands; what may follow is in `states.py`."""

    REQUESTED = "requested", "Requested"
    WAITING = "waiting", "Waiting for approval"
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Being written"
    DONE = "done", "Ready"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Expired, file deleted"


class ExportFormat(TextChoices):
    """What the rows are written as."""

    CSV = "csv", "CSV (any size, exact)"
    XLSX = "xlsx", "Excel workbook"
    PDF = "pdf", "PDF (small reports)"


class Purpose(TextChoices):
    """What somebody needs the file for. A closed list, with words of one's own beside it."""

    REGULATOR = "regulator", "A regulator or licensing authority asked"
    AUDIT = "audit", "Internal or external audit"
    ACCOUNTING = "accounting", "Accounting, duty and tax"
    DISPUTE = "dispute", "A player's complaint or dispute"
    INVESTIGATION = "investigation", "Fraud, money laundering or safety investigation"
    OPERATIONS = "operations", "Daily operations and reconciliation"
    PARTNER = "partner", "A provider's or partner's invoice"


class Cadence(TextChoices):
    """How often a schedule makes an export, and of which days."""

    DAILY = "daily", "Daily, of the day before"
    WEEKLY = "weekly", "Weekly, Monday to Sunday"
    MONTHLY = "monthly", "Monthly, of the month before"


class Delivery(TextChoices):
    """How a scheduled export reaches people."""

    EMAIL = "email", "A link by e-mail to its owner"
    FOLDER = "folder", "The package into the export folder"
