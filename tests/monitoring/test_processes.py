"""Probes, metrics and logs of real processes: granian and a Celery worker on the test database."""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from common.clock import utc_now
from common.services.processes import kill_group, start_child, wait_until
from reporting.monitoring.models import Sample
from reporting.monitoring.services.evaluation import house_evaluate
from tests.factories import provider_make
from tests.monitoring.errands import SECRETS
from tests.monitoring.test_alerts import minute_of
from tests.servers import CHECKOUT, GranianServer, with_database

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = {"Authorization": "Bearer for-tests"}


def get(server: GranianServer, place: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    request = urllib.request.Request(server.url + place, headers=headers or {})  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()


@pytest.fixture
def server(granian_factory: Callable[..., GranianServer]) -> GranianServer:
    url = with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    settings = "tests.monitoring.errand_settings"
    return granian_factory(database_url=url, METRICS_TOKEN="for-tests", DJANGO_SETTINGS_MODULE=settings)


@pytest.fixture
def worker(server: GranianServer, tmp_path: Path) -> Iterator[Path]:
    """A worker that answers; its log."""
    log = tmp_path / "worker.log"
    celery = [sys.executable, "-m", "celery", "-A", "config.celery"]
    command = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "1"]
    process = start_child(command, log=log, env=server.environment, cwd=CHECKOUT)
    assert wait_until(lambda: " ready." in log.read_text(errors="replace"), seconds=90), log.read_text()
    yield log
    kill_group(process)
    process.wait()


def test_metrics_answer_the_token_alone_and_are_what_the_database_has(server: GranianServer) -> None:
    provider_make("sandbox")
    now = utc_now()
    minute_of("sandbox", now, good=19, failed=1)
    house_evaluate(now=utc_now())
    assert get(server, "/metrics")[0] == 404
    assert get(server, "/metrics", {"Authorization": "Bearer other"})[0] == 404
    status, text = get(server, "/metrics", TOKEN)
    assert status == 200
    families = {family.name: family for family in text_string_to_metric_families(text)}
    calls = {tuple(sample.labels.values()): sample.value for sample in families["casino_wallet_calls"].samples}
    assert calls == {("sandbox", "bet", "ok"): 19, ("sandbox", "bet", "failed"): 1}
    buckets = [sample for sample in families["casino_wallet_call_seconds"].samples if sample.name.endswith("_bucket")]
    assert {s.value for s in buckets if s.labels["result"] == "ok"} == {19}
    (share,) = families["casino_wallet_failed_share"].samples
    assert (share.labels, share.value) == ({"provider": "sandbox"}, 5)
    assert Sample.objects.get(measure="wallet_failed_share").value == 5
    labels = {name for family in families.values() for sample in family.samples for name in sample.labels}
    assert labels <= {"provider", "endpoint", "result", "currency", "gateway", "reader", "scope", "severity", "le"}


def test_a_process_lives_by_itself_and_is_ready_with_a_worker_only(
    server: GranianServer, worker: Path, granian_factory: Callable[..., GranianServer]
) -> None:
    # A machine under load may let a first ping wait.
    wait_until(lambda: get(server, "/health/ready")[0] == 200, seconds=40)
    status, text = get(server, "/health/ready")
    assert (status, json.loads(text)["checks"]) == (200, {"database": "ok", "valkey": "ok", "tasks": "ok"}), text
    lonely = granian_factory(
        database_url="postgres://nobody:secret-word@127.0.0.1:1/none", REDIS_URL="redis://:secret-word@127.0.0.1:1/0"
    )
    assert get(lonely, "/health/live") == (200, '{"status": "ok"}')
    status, text = get(lonely, "/health/ready")
    assert status == 503
    assert set(json.loads(text)["checks"].values()) == {"unavailable"}
    assert "secret-word" not in text
    assert "127.0.0.1" not in text


def lines_of(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(errors="replace").splitlines() if line.startswith("{")]


def test_the_number_of_a_request_stands_in_its_tasks_lines_and_no_secret_does(
    server: GranianServer, worker: Path
) -> None:
    assert get(server, "/errand", {"X-Request-ID": "edge-number-0042"}) == (200, "sent")
    assert wait_until(lambda: "errand:told" in worker.read_text(errors="replace"), seconds=30), worker.read_text()
    assert wait_until(lambda: "in the request" in server.log.read_text(errors="replace"), seconds=10)
    (asked,) = [line for line in lines_of(server.log) if "in the request" in str(line.get("event"))]
    done = [line for line in lines_of(worker) if "in the task" in str(line.get("event")) or "line" in line]
    assert len(done) == 2, worker.read_text()
    for line in (asked, *done):
        assert line["request_id"] == "edge-number-0042"
    for line in done:
        assert line["task"] == "tests.monitoring.errands.run"
        assert line["task_id"]
    for log in (server.log, worker):
        text = log.read_text(errors="replace")
        assert not [secret for secret in SECRETS if secret in text]
