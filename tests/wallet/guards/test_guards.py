"""Each promise of the database, broken by raw SQL as the application and as the owner, refused by its name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.wallet.guards.breaches import BY_ANYBODY, BY_OWNER
from tests.wallet.guards.catalogue import guards_in_database, guards_in_document, our_tables
from tests.wallet.guards.story import POST, Story
from wallet.models import Account, Transaction

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]
Refusal = Callable[[str, dict[str, Any]], str]
DENIED = "permission denied"
DONE = "nothing: it was carried out"
# Promises about entries: what is changed of an honest bet (Story.posting) to break them.
POSTINGS: dict[str, list[Callable[[Story], dict[str, Any]]]] = {
    "transaction_balanced": [
        lambda _s: {"amounts": [Decimal(-10), Decimal(9)]},
        lambda _s: {"amounts": [Decimal(-10), Decimal("10.000000000000000001")]},
        lambda s: {"accounts": [s.names["real"], s.names["dollars"]], "currencies": ["EUR", "USD"]},
        lambda s: {"accounts": [s.names["gaming"]], "currencies": ["EUR"], "amounts": [Decimal(5)],
                   "balances": [None], "versions": [None]},
    ],
    "entry_moves_money": [lambda _s: {"amounts": [Decimal(0), Decimal(0)], "versions": [None, None]}],
    "entry_in_its_accounts_currency": [
        lambda _s: {"currencies": ["USD", "USD"]},
        lambda s: {"accounts": [s.names["real"], 10**9]},
        lambda s: {"accounts": [10**9, s.names["gaming"]]},
    ],
    "house_entry_tells_no_balance": [
        lambda s: {"balances": [Decimal(55), Decimal(10)], "versions": [1, 99]} | swapped(s),
        lambda s: {"balances": [Decimal(55), None], "versions": [None, None]} | swapped(s),
        lambda s: {"balances": [None, None], "versions": [1, None]} | swapped(s),
    ],
    "history_without_gap": [
        lambda _s: {"versions": [99, None]},
        lambda _s: {"balances": [Decimal(1000), None]},
        lambda _s: {"balances": [None, None], "versions": [None, None]},
        lambda _s: {"balances": [None, None]},
        lambda _s: {"versions": [None, None]},
    ],
    "player_balance_never_negative": [lambda _s: {"amounts": [Decimal(-80), Decimal(80)],
                                                 "balances": [Decimal(-15), None]}],
    "receivable_never_positive": [lambda s: {
        "accounts": [s.names["receivable"], s.names["gaming"]], "amounts": [Decimal(1), Decimal(-1)],
        "balances": [Decimal(1), None], "versions": [1, None]}],
    "transaction_has_entries": [lambda _s: {"accounts": [], "currencies": [], "amounts": [], "balances": [],
                                            "versions": []}],
    "transaction_at_a_moment": [lambda _s: {"booked": "infinity"}],
    "transaction_kind_known": [lambda _s: {"kind": "gift"}],
    "transaction_balanced_in_base": [
        lambda _s: {"bases": [Decimal(-10), Decimal(11)]},
        lambda _s: {"bases": [Decimal(-10), None]},
        lambda _s: {"bases": [Decimal("NaN"), Decimal("NaN")]},
    ],
    "entries_told_in_full": [
        lambda _s: {"bases": [Decimal(-10)]},
        lambda _s: {"bases": None},
        lambda s: {"accounts": [s.names["real"], s.names["gaming"], s.names["dollars"]]},
    ],
    "reversed_at_most_once": [lambda _s: {"original": Transaction.objects.exclude(original=None).get().original_id}],
}  # fmt: skip
TESTED = BY_ANYBODY.keys() | BY_OWNER.keys() | POSTINGS.keys()
# Behind the door that refuses first (below), and a key that reports its partition's name (tests/casino/calls).
ELSEWHERE = {"history_without_fork", "call_kept_once"}


def swapped(story: Story) -> dict[str, Any]:
    return {"accounts": [story.names["gaming"], story.names["real"]]}


@pytest.fixture
def story(transactional_db: None) -> Story:
    return Story()


def refusal_of(error: psycopg.Error) -> str:
    """The guard's name, or what stands in for it where a right is missing."""
    return DENIED if isinstance(error, psycopg.errors.InsufficientPrivilege) else str(error.diag.constraint_name)


@pytest.fixture
def as_application() -> Refusal:
    def run(statement: str, names: dict[str, Any]) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, names)
        except DatabaseError as error:
            cause = error.__cause__
            return refusal_of(cause) if isinstance(cause, psycopg.Error) else repr(cause)
        return DONE

    return run


@pytest.fixture
def as_owner(owner_connection: Owner) -> Refusal:
    def run(statement: str, names: dict[str, Any]) -> str:
        try:
            # Written out by the client: a breach may be several statements, which a prepared one can not be.
            psycopg.ClientCursor(owner_connection).execute(statement.encode(), names)
        except psycopg.Error as error:
            return refusal_of(error)
        return DONE

    return run


@pytest.fixture(params=["application", "owner"])
def as_anybody(request: pytest.FixtureRequest, as_application: Refusal, as_owner: Refusal) -> Refusal:
    return as_owner if request.param == "owner" else as_application


# One story serves all: what is refused leaves it as it was.
def test_anybody_is_refused_by_every_guard_by_its_name(story: Story, as_anybody: Refusal) -> None:
    wrong = [
        (guard, found, statement)
        for guard, statements in BY_ANYBODY.items()
        for statement in statements
        if (found := as_anybody(statement, story.names)) != guard
    ]
    assert not wrong


def test_no_transaction_is_booked_against_a_guard(story: Story, as_anybody: Refusal) -> None:
    wrong = []
    for guard, breaches in POSTINGS.items():
        for change in breaches:
            changes = change(story)
            found = as_anybody(POST, story.posting(**changes))
            if found != guard:
                wrong.append((guard, found, changes))
    assert not wrong


def test_the_owner_is_refused_by_name_and_the_application_has_no_right(
    story: Story, as_owner: Refusal, as_application: Refusal
) -> None:
    wrong = []
    for guard, statements in BY_OWNER.items():
        for statement in statements:
            found = (as_owner(statement, story.names), as_application(statement, story.names))
            if found != (guard, DENIED):
                wrong.append((guard, found, statement))
    assert not wrong


def test_an_honest_bet_passes_every_guard(story: Story, owner_connection: Owner) -> None:
    with connection.cursor() as cursor:
        cursor.execute(POST, story.posting())
    owner_connection.execute(POST.encode(), story.posting())
    assert Account.objects.get(pk=story.names["real"]).balance == Decimal(45)


def test_a_place_in_an_accounts_history_is_taken_once(story: Story, owner_connection: Owner) -> None:
    owner_connection.execute("SET wallet.door = 'wallet_post'")
    with pytest.raises(psycopg.errors.UniqueViolation) as raised:
        owner_connection.execute(
            "INSERT INTO wallet_entry (transaction_id, line, account_id, currency, amount, base_amount, balance_after,"
            " account_version, booked_at) SELECT gen_random_uuid(), 1, account_id, currency, amount, base_amount,"
            " balance_after, account_version, booked_at FROM wallet_entry WHERE account_version = 1 LIMIT 1"
        )
    assert refusal_of(raised.value) == "history_without_fork"


def test_the_application_can_not_open_the_door_by_hand(story: Story, as_application: Refusal) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET wallet.door = 'wallet_post'")
    try:
        for guard in ("entries_booked_with_their_transaction", "balance_moves_only_by_entries"):
            for statement in BY_OWNER[guard]:
                assert as_application(statement, story.names) == DENIED, statement
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET wallet.door")


def test_the_application_empties_no_table(as_application: Refusal) -> None:
    emptied = [table for table in our_tables() if as_application(f"TRUNCATE {table} CASCADE", {}) != DENIED]
    assert not emptied


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE wallet_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER entries_booked_with_their_transaction ON wallet_entry",
        "DROP TABLE wallet_entry CASCADE",
        "CREATE OR REPLACE FUNCTION wallet_refuse_side_door() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER mine BEFORE INSERT ON wallet_entry EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "INSERT INTO wallet_transaction (id, kind, actor, reference, booked_at)"
        " VALUES (gen_random_uuid(), 'bet', 'x', '', now())",
        "INSERT INTO wallet_transaction (id, kind, actor, reference, booked_at, commit_order)"
        " VALUES (gen_random_uuid(), 'bet', 'x', '', now(), 1)",
        "CREATE TABLE public.mine (id int)",
        # A temporary table would stand in front of the one that a guard looks into.
        "CREATE TEMPORARY TABLE wallet_account (id int)",
        "CREATE TEMPORARY TABLE approvals_approvaldecision (approval_id int, person text, verdict text)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS void LANGUAGE sql AS 'SELECT'",
        "SET session_replication_role = replica",
        "ALTER ROLE casino_app SUPERUSER",
        "ALTER FUNCTION wallet_refuse_side_door() OWNER TO casino_app",
        "SELECT setval(pg_get_serial_sequence('wallet_account', 'id'), 1)",
    ],
)
def test_the_application_can_not_take_a_guard_away(statement: str, as_application: Refusal) -> None:
    assert as_application(statement, {}) == DENIED


def test_the_document_names_every_guard_that_exists_and_no_other() -> None:
    named = guards_in_document()
    assert sorted(named) == sorted(set(named)), "a guard is listed twice"
    assert set(named) == guards_in_database()


def test_every_guard_is_broken_by_a_test() -> None:
    assert guards_in_database() - ELSEWHERE == TESTED
