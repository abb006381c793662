"""Links to what an approval names: "wallet.transaction:0198…", "games.provider:3"."""

from __future__ import annotations

from django.urls import NoReverseMatch

from common.backoffice.display import NOTHING, record_link


def row_link(subject: str) -> str:
    """A link to the row's page, or its name where it has none."""
    model, _, key = subject.partition(":")
    if not key:
        return subject or NOTHING
    try:
        return record_link(model, key, subject)
    except NoReverseMatch:
        return subject
