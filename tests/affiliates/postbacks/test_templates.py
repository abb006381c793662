"""Macros, templates, what refuses an activation, the schedule, and the signature."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from affiliates.postbacks.delivery import Verdict, verdict
from affiliates.postbacks.macros import MACROS, macro_of
from affiliates.postbacks.signature import signed_headers
from affiliates.postbacks.template import Template
from affiliates.postbacks.validation import Setting, findings
from tests.affiliates.postbacks.test_egress import knows

GOOD = "https://a.example/p?cid={click_id}&tx={event_id}&sum={{ amount }}&goal={goal}"
TARGETS = knows(a_example="93.184.215.14", in_example="10.0.0.1")


def test_the_names_of_other_systems_are_known() -> None:
    for name in (
        "aff_click_id",
        "CID",
        "clickid",
        "sub_id5",
        "afp",
        "btag",
        "TOKEN",
        "txid",
        "OrderID",
        "payout",
        "ActionCode",
    ):
        assert macro_of(name) is not None, name
    assert len({macro.name for macro in MACROS}) == len(MACROS)


def test_values_are_quoted_and_missing_ones_are_empty() -> None:
    fields = {"external_click_id": "a&b=c d", "event_id": "e-1", "amount": "10.00"}
    assert Template(GOOD).filled(fields) == "https://a.example/p?cid=a%26b%3Dc%20d&tx=e-1&sum=10.00&goal="
    assert (
        Template("https://a.example/?p={player}").filled({"player_ref": "p-1"}, masked=True)
        == "https://a.example/?p=***"
    )


def settings(**more: str) -> list[Setting]:
    addresses = {"registration": GOOD, "qualified_first_deposit": GOOD} | more
    return [Setting(event=event, address=address) for event, address in addresses.items()]  # type: ignore[arg-type]


TESTED = dict.fromkeys(["registration", "qualified_first_deposit", "deposit"], 200)


def codes(rows: list[Setting], tested: dict[str, int | None] | None = None) -> set[str]:
    return {one.code for one in findings(rows, targets=TARGETS, tested=TESTED if tested is None else tested)}


def test_a_good_set_goes_live() -> None:
    assert codes(settings()) == set()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (GOOD + "&x={nonsense}", "macro_unknown"),
        (GOOD + "&x={broken", "macro_unknown"),
        (GOOD + "&mail={email}", "personal_data"),
        (GOOD.replace("https", "http"), "plain_http"),
        (GOOD.replace("a.example", "in.example"), "private_address"),
        (GOOD.replace("a.example", "{country}.example"), "address_unreadable"),
        (GOOD.replace("{click_id}", "1"), "no_click"),
        (GOOD.replace("{event_id}", "1"), "no_event_id"),
        (GOOD + "x" * 2000, "too_long"),
    ],
)
def test_what_refuses_an_activation(address: str, code: str) -> None:
    assert codes(settings(deposit=address)) == {code}


def test_the_events_and_the_test_calls_that_are_needed() -> None:
    assert codes(settings()[:1]) == {"event_missing"}
    assert codes(settings(), {"registration": 200}) == {"not_tested"}
    assert codes(settings(), {"registration": 200, "qualified_first_deposit": 500}) == {"test_failed"}
    assert codes(settings(), {"registration": 200, "qualified_first_deposit": None}) == {"test_failed"}


def test_aff_34_and_the_schedule() -> None:
    """500, 500, 200: attempts at 0 s, 60 s and 360 s, delivered on the third."""
    clock, at = timedelta(), []
    for attempt, status in enumerate([500, 500, 200], start=1):
        at.append(clock)
        told = verdict(attempt=attempt, status=status)
        clock += told.after or timedelta()
    assert at == [timedelta(seconds=seconds) for seconds in (0, 60, 360)]
    assert told.state == "delivered"
    clock, attempts = timedelta(), 1
    while (told := verdict(attempt=attempts, status=None)).after is not None:
        clock, attempts = clock + told.after, attempts + 1
    assert (attempts, clock, told.state) == (8, timedelta(hours=41, minutes=21), "dead")


def test_answers_that_are_not_worth_waiting_for() -> None:
    assert verdict(attempt=1, status=404).state == "waiting"
    assert verdict(attempt=2, status=404) == Verdict("dead")
    assert verdict(attempt=3, status=302).state == "dead"
    assert verdict(attempt=3, status=429, retry_after=3600) == Verdict("waiting", timedelta(hours=1))
    assert verdict(attempt=3, status=503, retry_after=10**6) == Verdict("waiting", timedelta(hours=24))
    assert verdict(attempt=1, status=None, refused=True).state == "dead"


def test_the_signature_by_hand() -> None:
    told = signed_headers(
        key_id="k1", secret=b"secret", method="GET", address="https://a.example/p?x=1", body=b"",
        now=datetime(2026, 10, 1, tzinfo=UTC),
    )  # fmt: skip
    # printf '1790812800\nGET\nhttps://a.example/p?x=1\n' | openssl dgst -sha256 -hmac secret
    assert told["X-Timestamp"] == "1790812800"
    assert told["X-Signature"] == "v1=" + SIGNATURE


SIGNATURE = "a5d407970b563117f62f14d899558ad174f6392d8c0805c4dde36337908cfc34"
