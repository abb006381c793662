"""Where events come from: requests, tasks and commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from celery import Celery
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from compliance.audit.context import facts, surrounded
from compliance.audit.middleware import AuditMiddleware
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.audit.task import AuditedTask
from compliance.audit.types import Facts
from tests.factories import NOON
from tests.staff import staff_member

pytestmark = pytest.mark.django_db


def passed(request: HttpRequest) -> tuple[HttpResponse, Facts]:
    """The answer of the middleware, and the facts that stood while the view ran."""
    seen: list[Facts] = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(facts())
        return HttpResponse("done")

    return AuditMiddleware(view)(request), seen[0]


def test_a_request_gets_a_number_that_its_answer_carries() -> None:
    answer, known = passed(RequestFactory().get("/"))
    assert answer["X-Request-ID"] == known.request_id
    assert len(known.request_id) == 32


@pytest.mark.parametrize("given", ["proxy-4711.abc", "0123456789abcdef0123456789abcdef"])
def test_a_well_formed_number_of_the_proxy_is_kept(given: str) -> None:
    answer, known = passed(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert answer["X-Request-ID"] == known.request_id == given


@pytest.mark.parametrize("given", ["short", "x" * 65, "a b c d e f g", "abcdefgh\n", "<script>alert(1)"])
def test_a_made_up_number_is_replaced(given: str) -> None:
    request = RequestFactory().get("/")
    request.META["HTTP_X_REQUEST_ID"] = given
    answer, known = passed(request)
    assert answer["X-Request-ID"] == known.request_id != given


def test_nobody_signed_in_is_anonymous_with_an_address() -> None:
    _answer, known = passed(RequestFactory().get("/", REMOTE_ADDR="203.0.113.9"))
    assert known == Facts(actor="anonymous", ip="203.0.113.9", request_id=known.request_id)


def test_a_person_is_known_with_roles_and_a_digest_of_the_session() -> None:
    carol = staff_member("support")
    request = RequestFactory().post("/")
    request.user = carol
    request.session = Client().session
    request.session.create()
    _answer, known = passed(request)
    assert (known.actor, known.roles) == (f"staff:{carol.pk}", ("support",))
    assert known.session
    assert str(request.session.session_key) not in known.session


def test_facts_end_with_their_request() -> None:
    passed(RequestFactory().get("/"))
    assert facts() == Facts()


def test_the_person_signed_in_is_the_actor_whatever_a_service_is_told() -> None:
    with surrounded(Facts(actor="staff:7", roles=("support",))):
        audit_record(name=EventName.PLAYER_BLOCKED, actor="staff:8", now=NOON, subject="players.player:1")
    event = AuditEvent.objects.get()
    assert (event.actor, event.on_behalf_of, event.roles) == ("staff:7", "staff:8", ["support"])


def test_a_task_is_its_own_actor() -> None:
    house = Celery("test", task_cls=AuditedTask, set_as_current=False)

    @house.task(name="somewhere.tasks.count_stars")
    def work() -> str:
        return facts().actor

    assert work() == "system:count_stars"
    assert facts() == Facts()


def test_every_task_of_the_house_is_audited() -> None:
    from config.celery import app

    app.autodiscover_tasks(force=True)
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert ours
    assert all(isinstance(task, AuditedTask) for task in ours)


def test_a_command_is_its_own_actor() -> None:
    root = Path(__file__).resolve().parents[2]
    script = (
        "import sys; sys.argv=['manage.py','check']; import manage; from django.core import management;"
        "from compliance.audit import context;"
        "management.execute_from_command_line=lambda _a: print(context.facts().actor); manage.main(sys.argv)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("command:check")


def test_row_history_has_a_context_table_that_nobody_writes() -> None:
    fields = {field.name for field in apps.get_model("players", "PlayerHistory")._meta.fields}
    assert "pgh_context" in fields
    assert "pgh_context_id" not in fields
