"""How columns of row history are made (config/settings.py names these): nullable, without default.

A column that is added later is then NULL in every older row, so what was sealed stays as it was; NULLs are not sealed.
"""

from __future__ import annotations

from typing import Final

import pghistory
from django.db.models import NOT_PROVIDED

_PLAIN: Final = {"default": NOT_PROVIDED, "db_default": NOT_PROVIDED, "choices": None, "help_text": ""}


class HistoryField(pghistory.Field):
    """A column as it stood, without rules of its own."""

    def __init__(self) -> None:
        super().__init__(null=True)
        self._kwargs.update(_PLAIN)


HISTORY_FIELD: Final = HistoryField()
HISTORY_FOREIGN_KEY: Final = pghistory.ForeignKey(db_index=False)
