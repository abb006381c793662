"""The simulated provider serves its day over HTTP, in every format, with errors planted; each is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest
from django.conf import LazySettings

from casino.reconciliation.enums import BreakKind, Origin, StatementFormat
from casino.reconciliation.errors import StatementKnown, StatementNotFetched
from casino.reconciliation.models import Break, Line, Statement, StatementSource
from casino.reconciliation.services.fetching import folder_take, statement_fetch
from casino.reconciliation.services.reading import statement_read
from casino.reconciliation.services.sources import source_set
from casino.simulator.statements.server import StatementServer
from common.clock import utc_now
from tests.factories import CAROL
from tests.reconciliation.scene import Scene

K = BreakKind


@pytest.fixture
def provider_server() -> Iterator[StatementServer]:
    server = StatementServer(token="theirs")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def booked(server: StatementServer, scene: Scene) -> None:
    """The provider is told what it booked: the very calls that the scene made."""
    told = [
        {"kind": row.kind, "transaction_id": row.transaction_id, "original": row.original, "round_id": row.round_id,
         "player": scene.alice.public_id, "game": "slot", "amount": row.amount, "currency": "EUR",
         "at": scene.now.isoformat()}
        for row in scene.lines
    ]  # fmt: skip
    ordered(server, "books", told)


def ordered(server: StatementServer, name: str, what: object) -> None:
    httpx2.post(f"{server.url}/control/{name}", json=what, trust_env=False).raise_for_status()


def agreed(server: StatementServer, scene: Scene, written: StatementFormat) -> StatementSource:
    return source_set(
        provider_id=scene.provider.pk, written=written, address=f"{server.url}/statements/{{day}}.{written}",
        token="theirs", actor=CAROL, now=utc_now(),
    )  # fmt: skip


def fetched(source: StatementSource, scene: Scene) -> Statement:
    row = statement_fetch(source=source, day=scene.today, now=utc_now())
    read = statement_read(statement_id=row.pk, now=utc_now())
    assert read is not None
    return read


def test_every_planted_kind_is_found(scene: Scene, provider_server: StatementServer) -> None:
    for number in range(8):
        scene.bet(f"b{number}", "2", round_id=f"r-{number}")
    booked(provider_server, scene)
    kinds = [K.MISSING_OURS, K.MISSING_THEIRS, K.AMOUNT, K.STATUS, K.CURRENCY, K.DUPLICATE, K.LATE]
    ordered(provider_server, "plant", {str(kind): 1 for kind in kinds})

    fetched(agreed(provider_server, scene, StatementFormat.CSV), scene)

    told = httpx2.get(f"{provider_server.url}/control/planted", trust_env=False).json()
    planted = {name: kind for kind, name in told}
    assert {row.transaction_id: row.kind for row in Break.objects.all()} == planted
    assert all(row.cause.endswith(".") for row in Break.objects.all())


@pytest.mark.parametrize("written", [StatementFormat.JSON, StatementFormat.HUB88, StatementFormat.PRAGMATIC])
def test_other_formats_tell_the_same(scene: Scene, provider_server: StatementServer, written: StatementFormat) -> None:
    scene.bet("b1", "2.5")
    scene.win("w1", "3.25")
    scene.bet("b2", "1", round_id="r-2")
    scene.rollback("x2", "b2")
    booked(provider_server, scene)
    ordered(provider_server, "plant", {"amount": 1})

    row = fetched(agreed(provider_server, scene, written), scene)

    assert (row.line_count, row.fault_count) == (4, 0)
    assert {one.transaction_id: (one.kind, one.amount) for one in Break.objects.all()} == {
        "b1": ("amount", Decimal("0.5"))
    }


def test_the_failed_queue_tells_what_is_left_to_do(scene: Scene, provider_server: StatementServer) -> None:
    scene.bet("b1", "2.5")
    scene.win("w1", "3.25")
    scene.bet("b2", "1", round_id="r-2")
    scene.rollback("x2", "b2")
    scene.bet("b3", "1", round_id="r-3")
    booked(provider_server, scene)
    ordered(provider_server, "plant", {"missing_ours": 1, "status": 1})

    fetched(agreed(provider_server, scene, StatementFormat.FAILED_QUEUE), scene)

    # Paid and rolled back already: nothing to do (cases 193, 194). The bets that it does not list are not missing.
    found = {one.transaction_id: one.kind for one in Break.objects.all()}
    assert found == {"b1-lost": K.MISSING_OURS, "b2": K.STATUS} or found == {"b1-lost": K.MISSING_OURS}
    assert Line.objects.count() == 4


def test_a_wrong_token_and_the_same_day_again_change_nothing(scene: Scene, provider_server: StatementServer) -> None:
    scene.bet("b1", "2.5")
    booked(provider_server, scene)
    source = agreed(provider_server, scene, StatementFormat.CSV)
    provider_server.token = "another"
    with pytest.raises(StatementNotFetched) as refused:
        fetched(source, scene)
    assert refused.value.details == {"why": "HTTP 401"}
    provider_server.token = "theirs"
    fetched(source, scene)

    with pytest.raises(StatementKnown):
        statement_fetch(source=source, day=scene.today, now=utc_now())

    assert Statement.objects.count() == 1
    assert b"theirs" not in bytes(StatementSource.objects.get().token or b"")


def test_files_in_the_folder_are_taken_once_and_never_from_elsewhere(
    scene: Scene, tmp_path: Path, settings: LazySettings
) -> None:
    settings.RECONCILIATION_FOLDER = str(tmp_path / "in")
    (tmp_path / "in" / "sandbox").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    scene.bet("b1", "2.5")
    day = scene.csv(scene.lines)
    for name in ("in/sandbox/day.csv", "in/sandbox/half.csv.part", "secret/day.csv"):
        (tmp_path / name).write_bytes(day)
    source = source_set(
        provider_id=scene.provider.pk, written=StatementFormat.CSV, folder="sandbox", actor=CAROL, now=utc_now()
    )

    taken = folder_take(source=source, now=utc_now())
    again = folder_take(source=source, now=utc_now())
    source.folder = "../secret"

    assert [(row.name, row.origin) for row in taken] == [("day.csv", Origin.FOLDER)]
    assert again == []
    assert folder_take(source=source, now=utc_now() + timedelta(days=1)) == []
