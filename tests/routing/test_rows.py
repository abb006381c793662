"""Terms and routes are dated rows: one at a time for the same players, however many people write at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from casino.routing.approval_kinds import terms_payload
from casino.routing.errors import RouteRefused, RowsOverlap, StartsInThePast, TermsRefused
from casino.routing.models import MethodTerms, Route
from casino.routing.services.routes import RouteWish, route_end, route_set
from compliance.approvals.errors import NotAllowed
from compliance.approvals.services.decisions import approval_approve
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from tests.factories import NOON
from tests.routing.cast import ACTOR, maker_and_checker, method_make, route_make, terms_make, terms_proposed, terms_wish

DAY = timedelta(days=1)


@pytest.mark.django_db
def test_later_terms_take_the_place_of_those_that_hold() -> None:
    first = terms_make()
    second = terms_make(minimum=Decimal(20), starts_at=NOON + DAY)
    first.refresh_from_db()
    assert (first.ends_at, first.closing_approval_id) == (NOON + DAY, second.approval_id)
    assert (second.starts_at, second.ends_at) == (NOON + DAY, None)
    told = AuditEvent.objects.filter(name=EventName.METHOD_TERMS_SET).order_by("-pk")[0]
    assert told.approval == f"approval:{second.approval_id}"


@pytest.mark.django_db
def test_terms_stay_open_for_others_and_are_not_written_over_later_ones() -> None:
    terms_make()
    later = terms_make(minimum=Decimal(20), starts_at=NOON + 5 * DAY)
    with pytest.raises(RowsOverlap):
        terms_make(minimum=Decimal(15), starts_at=NOON + DAY)
    between = terms_make(minimum=Decimal(15), starts_at=NOON + DAY, ends_at=later.starts_at)
    assert between.ends_at == later.starts_at
    assert terms_make(country="GB").ends_at is None


@pytest.mark.django_db
def test_who_proposes_terms_does_not_approve_them_and_what_changed_since_refuses_them() -> None:
    maker, checker = maker_and_checker()
    method_make()
    proposal = terms_proposed(terms_wish())
    with pytest.raises(NotAllowed):
        approval_approve(approval_id=proposal.pk, actor=f"staff:{maker.pk}", reason="x", now=NOON)
    terms_make(minimum=Decimal(11))
    done = approval_approve(approval_id=proposal.pk, actor=f"staff:{checker.pk}", reason="x", now=NOON)
    assert done.state == "refused_state_changed"
    assert MethodTerms.objects.get().minimum == 11


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"minimum": Decimal(0)}, {"maximum": Decimal(9)}, {"fee_percent": Decimal(101)}, {"fee_fixed": Decimal(-1)},
        {"presets": (Decimal(5),)}, {"minimum": Decimal("10.001")}, {"currency": "XXX"}, {"country": "gb"},
        {"brand_id": 10**9}, {"method": "cheque"}, {"place": -1},
    ],
)  # fmt: skip
def test_terms_that_make_no_sense_are_not_even_proposed(changes: dict[str, object]) -> None:
    method_make()
    with pytest.raises(TermsRefused):
        terms_payload(terms_wish(**changes))


@pytest.mark.django_db
def test_a_route_is_set_anew_and_ended_and_the_past_stays() -> None:
    first = route_make("north", weight=10)
    second = route_make("north", weight=20, now=NOON + DAY)
    first.refresh_from_db()
    assert (first.ends_at, second.ends_at) == (NOON + DAY, None)
    with pytest.raises(StartsInThePast):
        route_make("north", now=NOON + 2 * DAY, starts_at=NOON + DAY)
    route_make("north", now=NOON + 2 * DAY, currency="EUR", amount_from=Decimal(1))
    with pytest.raises(RowsOverlap):
        route_make("north", now=NOON + 2 * DAY, currency="EUR", amount_from=Decimal(5))
    ended = route_end(route_id=second.pk, at=None, reason="x", actor=ACTOR, now=NOON + 3 * DAY)
    assert ended.ends_at == NOON + 3 * DAY
    with pytest.raises(RouteRefused):
        route_end(route_id=second.pk, at=None, reason="x", actor=ACTOR, now=NOON + 4 * DAY)
    with pytest.raises(RouteRefused):
        route_make("no_such_gateway")


def _written_at_once(sql: str, values: list[int | str]) -> list[str]:
    """Two real connections insert the same row at the same time; what became of each."""
    ready, outcomes = threading.Barrier(2, timeout=20), []

    def write() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM routing_route")
                ready.wait()
                cursor.execute(sql, values)
            outcomes.append("written")
        except IntegrityError as refused:
            outcomes.append(str(refused.__cause__.diag.constraint_name))  # type: ignore[union-attr]  # psycopg's
        finally:
            connection.close()

    workers = [threading.Thread(target=write) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    return sorted(outcomes)


INSERT = """
    INSERT INTO routing_route (method_id, purpose, gateway, gateway_method, country, segment, currency, place, weight,
        stop_codes, switched_on, starts_at, created_at, created_by, reason)
    VALUES (%s, 'deposit', %s, 'x', '', '', '', 1, 1, '{}', true, now(), now() - interval '1 s', 'x', 'x')
"""


@pytest.mark.django_db(transaction=True)
def test_of_two_equal_routes_written_at_once_the_database_keeps_one() -> None:
    method = method_make()
    assert _written_at_once(INSERT, [method.pk, "north"]) == ["routes_do_not_overlap", "written"]
    assert Route.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_routes_set_at_once_by_the_service_both_are_kept_one_after_the_other() -> None:
    method_make()
    wish = RouteWish(method="card", purpose="deposit", gateway="north", gateway_method="x")  # type: ignore[arg-type]
    ready = threading.Barrier(2, timeout=20)

    def write(number: int) -> None:
        ready.wait()
        try:
            route_set(wish=wish, reason="x", actor=ACTOR, now=NOON + timedelta(minutes=number))
        except StartsInThePast:
            pass
        finally:
            connection.close()

    workers = [threading.Thread(target=write, args=(1,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    rows = list(Route.objects.order_by("pk"))
    assert [row.ends_at is None for row in rows] == [False, True]
    assert rows[0].ends_at == rows[1].starts_at
