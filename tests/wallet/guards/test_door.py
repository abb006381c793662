"""wallet_post, called by the application with whatever arrays raw SQL can make: what is booked is what was checked."""

from __future__ import annotations

from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.wallet.guards.story import Story
from wallet.models import Account, Entry, Transaction

pytestmark = pytest.mark.django_db(transaction=True)
CALL = (
    "SELECT wallet_post(gen_random_uuid(), 'bet', %(player)s, NULL, 'x', '', NULL, NULL, {occurred}, {booked},"
    " {accounts}, {currencies}, {amounts}, {bases}, {balances}, {versions})"
)


def call(story: Story, **odd: str) -> None:
    """An honest bet of 10.00 EUR in the words of SQL, and what is odd about it."""
    real = Account.objects.get(pk=story.names["real"])
    assert real.balance is not None
    gaming, dollars = story.names["gaming"], story.names["dollars"]
    names = {
        "real": str(real.pk), "gaming": str(gaming), "dollars": str(dollars), "balance": str(real.balance - 10),
        "version": str(real.version + 1), "wrong": str(real.balance + 500),
    }  # fmt: skip
    honest = {
        "accounts": "'{<real>,<gaming>}'::bigint[]", "currencies": "'{EUR,EUR}'::text[]",
        "amounts": "'{-10,10}'::numeric[]", "bases": "'{-10,10}'::numeric[]",
        "balances": "'{<balance>,NULL}'::numeric[]", "versions": "'{<version>,NULL}'::bigint[]",
        "occurred": "NULL", "booked": "now()",
    }  # fmt: skip
    words = {**honest, **odd}
    for name, value in names.items():
        words = {part: text.replace(f"<{name}>", value) for part, text in words.items()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CALL.format(**words), story.names)


HOUSE = {"accounts": "'{<gaming>,<gaming>}'::bigint[]", "balances": "'{NULL,NULL}'::numeric[]",
         "versions": "'{NULL,NULL}'::bigint[]"}  # fmt: skip
ODD: dict[str, dict[str, str]] = {
    "amounts that begin at zero": HOUSE | {"amounts": "'[0:1]={5,7}'::numeric[]"},
    "amounts that begin at two": HOUSE | {"amounts": "'[2:3]={5,7}'::numeric[]"},
    "amounts in a table": HOUSE | {"amounts": "'{{5,7}}'::numeric[]"},
    "amounts with a hole": HOUSE | {"amounts": "'{5,NULL}'::numeric[]"},
    "too few amounts": HOUSE | {"amounts": "'{5}'::numeric[]"},
    "too many amounts": {"amounts": "'{-10,10,5}'::numeric[]"},
    "no amounts": HOUSE | {"amounts": "NULL::numeric[]"},
    "another balance at place zero": {"balances": "'[0:1]={<wrong>,<balance>}'::numeric[]"},
    "balances in a table": HOUSE | {"balances": "'{{1,2}}'::numeric[]", "amounts": "'{-5,5}'::numeric[]"},
    "versions in a table": HOUSE | {"versions": "'{{7,8}}'::bigint[]", "amounts": "'{-5,5}'::numeric[]"},
    "another version at place zero": {"versions": "'[0:1]={90,<version>}'::bigint[]"},
    "currencies that begin at zero": {"currencies": "'[0:1]={EUR,EUR}'::text[]"},
    "a currency more": {"currencies": "'{EUR,EUR,USD}'::text[]"},
    "bases that begin at zero": {"bases": "'[0:1]={-10,10}'::numeric[]"},
    "accounts in a table": {"accounts": "'{{<real>,<gaming>}}'::bigint[]"},
    "accounts that begin at zero": {"accounts": "'[0:1]={<real>,<gaming>}'::bigint[]"},
    "an account that is none": {"accounts": "'{<real>,NULL}'::bigint[]"},
    "amounts that are no numbers": HOUSE | {"amounts": "'{NaN,NaN}'::numeric[]"},
    "a player's amount that is no number": {"amounts": "'{NaN,NaN}'::numeric[]", "balances": "'{NaN,NULL}'::numeric[]"},
    "amounts without end": HOUSE | {"amounts": "'{Infinity,-Infinity}'::numeric[]"},
    "halves of the smallest part": HOUSE | {
        "accounts": "'{<gaming>,<gaming>,<gaming>}'::bigint[]", "currencies": "'{EUR,EUR,EUR}'::text[]",
        "amounts": "'{0.0000000000000000005,0.0000000000000000005,-0.000000000000000001}'::numeric[]",
        "bases": "'{0,0,0}'::numeric[]", "balances": "'{NULL,NULL,NULL}'::numeric[]",
        "versions": "'{NULL,NULL,NULL}'::bigint[]",
    },
    "amounts that vanish when kept": HOUSE | {"amounts": "'{0.0000000000000000001,-0.0000000000000000001}'::numeric[]"},
    "a version below zero": {"versions": "'{-1,NULL}'::bigint[]"},
    "a rate that is no number": {"bases": "'{NaN,NaN}'::numeric[]"},
    "booked at the end of time": {"booked": "'infinity'"},
    "occurred before all time": {"occurred": "'-infinity'"},
    "booked at no moment": {"booked": "NULL"},
    "no bases": {"bases": "NULL::numeric[]"},
}  # fmt: skip


@pytest.fixture
def story(transactional_db: None) -> Story:
    return Story()


# One story serves all: what is refused leaves it as it was.
def test_arrays_that_are_not_what_they_seem_book_nothing(story: Story) -> None:
    before = Transaction.objects.count(), Entry.objects.count(), balances()
    taken = []
    for odd, changes in ODD.items():
        try:
            call(story, **changes)
        except DatabaseError as error:
            if isinstance(error.__cause__, psycopg.errors.IntegrityError | psycopg.errors.DataError):
                continue
        taken.append(odd)
    assert not taken
    assert (Transaction.objects.count(), Entry.objects.count(), balances()) == before


def balances() -> list[tuple[int, Decimal | None, int]]:
    return list(Account.objects.order_by("pk").values_list("pk", "balance", "version"))


def test_one_account_twice_runs_on(story: Story) -> None:
    real = Account.objects.get(pk=story.names["real"])
    assert real.balance is not None
    b = real.balance
    call(
        story,
        accounts="'{<real>,<real>,<gaming>}'::bigint[]", currencies="'{EUR,EUR,EUR}'::text[]",
        amounts="'{-10,4,6}'::numeric[]", bases="'{-10,4,6}'::numeric[]",
        balances=f"'{{{b - 10},{b - 6},NULL}}'::numeric[]",
        versions=f"'{{{real.version + 1},{real.version + 2},NULL}}'::bigint[]",
    )  # fmt: skip
    assert Account.objects.get(pk=real.pk).balance == b - 6
