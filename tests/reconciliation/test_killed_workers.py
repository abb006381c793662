"""A worker that is killed while it reads or matches leaves no half file; the next one does all of it, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from casino.reconciliation.enums import Origin, StatementFormat, StatementState
from casino.reconciliation.models import Break, Line, Result, Statement
from casino.reconciliation.services.statements import statement_receive
from casino.reconciliation.tasks import read_statements
from common.clock import utc_now
from tests.factories import CAROL
from tests.reconciliation.scene import Row, Scene
from tests.servers import with_database

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", ["reading", "matching"])
def test_a_killed_worker_leaves_no_half_file(stage: str) -> None:
    scene = Scene()
    rows = [Row("win", f"w{number}", "1", at=scene.now) for number in range(3_000)]
    kept = statement_receive(
        provider_id=scene.provider.pk, written=StatementFormat.CSV, origin=Origin.UPLOAD, name="long.csv",
        chunks=[scene.csv(rows)], day=scene.today, actor=CAROL, now=utc_now(),
    )  # fmt: skip
    url = with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    done = subprocess.run(
        [sys.executable, "-m", "tests.reconciliation.dies", str(kept.pk), stage], cwd=CHECKOUT,
        env={**os.environ, "DATABASE_URL": url}, check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]
    assert Statement.objects.get().state == StatementState.RECEIVED
    assert not Line.objects.exists()
    assert not Break.objects.exists()

    read_statements()
    read_statements()

    assert Statement.objects.get().state == StatementState.MATCHED
    assert Line.objects.count() == Result.objects.count() == Break.objects.count() == 3_000
