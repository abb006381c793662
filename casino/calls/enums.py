"""Stored words of the call log."""

from django.db.models import TextChoices


class Signature(TextChoices):
    """What became of a call's X-Signature. The signature itself is never kept."""

    ABSENT = "absent", "absent"
    UNCHECKED = "unchecked", "present, not checked"
    VALID = "valid", "valid"
    INVALID = "invalid", "invalid"


class BodyForm(TextChoices):
    """How much of a request body is kept (docs/call-log.md)."""

    EMPTY = "empty", "empty"
    EXACT = "exact", "the bytes received"
    REDACTED = "redacted", "the bytes received, some values replaced"
    SHAPE = "shape", "only the shape of its first bytes"
