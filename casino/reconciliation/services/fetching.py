"""Statements that come by themselves: fetched from the provider over HTTP, found in the provider's folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import httpx2
from django.conf import settings

from casino.reconciliation.enums import Origin, StatementFormat
from casino.reconciliation.errors import StatementKnown, StatementNotFetched
from casino.reconciliation.models import Statement, StatementSource
from casino.reconciliation.services.statements import PART, SYSTEM, statement_receive
from common.database.outside import outside_transactions
from common.field_secrets import secret_open

TIMEOUT_SECONDS: Final = 60
FILES_AT_ONCE: Final = 50
UNFINISHED: Final = (".part", ".tmp")


def day_before(source: StatementSource, now: datetime) -> date:
    """The last whole day as the provider counts days."""
    return now.astimezone(ZoneInfo(source.time_zone)).date() - timedelta(days=1)


def statement_fetch(*, source: StatementSource, day: date, actor: str = SYSTEM, now: datetime) -> Statement:
    """Ask the provider for its statement of a day. No transaction is open meanwhile.

    Raises StatementNotFetched, StatementKnown, StatementTooLong and StatementUnreadable.
    """
    outside_transactions("A provider's statement")
    if not source.address:
        raise StatementNotFetched(why="no address is agreed")
    if settings.REQUIRE_HTTPS and not source.address.startswith("https://"):
        raise StatementNotFetched(why="the address is not https")
    headers = {"Authorization": f"Bearer {secret_open(source.token)}"} if source.token else {}
    address = source.address.replace("{day}", day.isoformat())
    try:
        with (
            httpx2.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", address, headers=headers) as answer,
        ):
            if answer.status_code != 200:
                raise StatementNotFetched(why=f"HTTP {answer.status_code}")
            return statement_receive(
                provider_id=source.provider_id, written=StatementFormat(source.format), origin=Origin.FETCH,
                name=f"{day.isoformat()}.{source.format}", chunks=answer.iter_bytes(PART), day=day, actor=actor,
                now=now,
            )  # fmt: skip
    except httpx2.HTTPError as problem:
        raise StatementNotFetched(why=type(problem).__name__) from problem


def folder_of(source: StatementSource) -> Path | None:
    """Where a provider's files are put, if that was agreed."""
    root = settings.RECONCILIATION_FOLDER
    if not root or not source.folder:
        return None
    found = (Path(root) / source.folder).resolve()
    return found if found.is_relative_to(Path(root).resolve()) and found.is_dir() else None


def folder_take(*, source: StatementSource, actor: str = SYSTEM, now: datetime) -> list[Statement]:
    """Take every file of the provider's folder that is not here yet; files stay where they are."""
    taken: list[Statement] = []
    folder = folder_of(source)
    if folder is None:
        return taken
    known = set(
        Statement.objects.filter(provider_id=source.provider_id, origin=Origin.FOLDER).values_list("name", "size")
    )
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith(".") or path.name.endswith(UNFINISHED):
            continue
        if (path.name, path.stat().st_size) in known or len(taken) == FILES_AT_ONCE:
            continue
        try:
            row = statement_receive(
                provider_id=source.provider_id, written=StatementFormat(source.format), origin=Origin.FOLDER,
                name=path.name, chunks=_chunks(path), day=None, actor=actor, now=now,
            )  # fmt: skip
        except StatementKnown:
            continue
        taken.append(row)
    return taken


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(PART), b"")
