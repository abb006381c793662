"""A client of the API is for two people: it reads what nobody watches it reading."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from common.clock import instant_text
from common.errors import Refusal
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.staff.selectors.reach_words import reach_words
from compliance.staff.services.role_changes import networks_checked
from players.models import Brand
from reporting.access.enums import SCOPE_TITLES, ApiScope
from reporting.access.errors import ClientRefused
from reporting.access.models import Client
from reporting.access.services.clients import client_make
from reporting.access.types import ClientWish

KIND: Final = "api_client"
LONGEST: Final = timedelta(days=731)
CALLS_MOST: Final = 6000


def client_payload(wish: ClientWish) -> Payload:
    """A wish as a payload; its content is checked. Raises ClientRefused whose sentence says what is wrong."""
    _check(wish)
    return {
        "name": wish.name, "scopes": [*wish.scopes], "brands": [*wish.brands], "jurisdictions": [*wish.jurisdictions],
        "networks": [*wish.networks], "calls_per_minute": wish.calls_per_minute,
        "valid_until": instant_text(wish.valid_until),
    }  # fmt: skip


def wish_of(payload: Payload) -> ClientWish:
    """The way back. Raises ClientRefused for a payload that nobody here wrote."""
    found: dict[str, Any] = dict(payload)
    try:
        return ClientWish(
            name=found["name"], scopes=tuple(found["scopes"]), brands=tuple(found["brands"]),
            jurisdictions=tuple(found["jurisdictions"]), networks=tuple(found["networks"]),
            calls_per_minute=found["calls_per_minute"], valid_until=datetime.fromisoformat(found["valid_until"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as problem:
        raise ClientRefused from problem


def client_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=KIND, title="Client of the reporting API", propose_permission="access.propose_client",
            approve_permission="access.approve_client", facts=_facts, consequences=_consequences, state=_state,
            execute=_execute, scope=lambda _payload: ApprovalScope(subject="access.client:new"),
        )
    )  # fmt: skip


def _facts(payload: Payload) -> list[Fact]:
    wish = wish_of(payload)
    return [
        ("Name", wish.name),
        ("May", "; ".join(f"{scope}: {SCOPE_TITLES[ApiScope(scope)]}" for scope in wish.scopes)),
        ("For", reach_words(wish.brands, wish.jurisdictions)),
        ("Calls from", ", ".join(wish.networks)),
        ("Calls a minute", f"{wish.calls_per_minute}"),
        ("Until", f"{wish.valid_until:%Y-%m-%d %H:%M} UTC"),
    ]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    wish = wish_of(payload)
    _check(wish)
    if not now < wish.valid_until <= now + LONGEST:
        raise ClientRefused("It ends within two years, and not in the past.")
    same = Client.objects.filter(name=wish.name, revoked_at__isnull=True, valid_until__gt=now).count()
    lines = [Consequence("Clients of this name", f"{same}", f"{same + 1}", alarm=same > 0)]
    if ApiScope.PERSONAL in wish.scopes:
        lines.append(Consequence("Personal data", "not by this program", "leaves the house", alarm=True))
    return lines


def _state(payload: Payload, now: datetime) -> dict[str, str]:
    rows = Client.objects.filter(name=wish_of(payload).name, made_at__lte=now, revoked_at__isnull=True)
    return {"Clients of this name": ", ".join(row.client_id for row in rows.order_by("pk")) or "none"}


def _execute(payload: Payload, run: Execution) -> str:
    made = client_make(
        wish=wish_of(payload), approval_id=int(run.reference.partition(":")[2]), reason=run.reason, actor=run.maker,
        now=run.now,
    )  # fmt: skip
    return f"access.client:{made.pk}"


def _check(wish: ClientWish) -> None:
    if not wish.name.strip() or len(wish.name) > 100:
        raise ClientRefused("A client has a name of at most 100 letters.")
    if not wish.scopes or not set(wish.scopes) <= set(ApiScope) or len(set(wish.scopes)) != len(wish.scopes):
        raise ClientRefused("It may do something, and only what the API offers.")
    if not 1 <= wish.calls_per_minute <= CALLS_MOST:
        raise ClientRefused(f"1 to {CALLS_MOST:,} calls a minute.")
    try:
        networks = networks_checked(wish.networks)
    except Refusal as problem:
        raise ClientRefused("A network is written as 192.0.2.0/24, or as one address.") from problem
    if not networks or sorted(wish.networks) != networks:
        raise ClientRefused("Say from which networks it calls, one a line, such as 192.0.2.0/24.")
    if Brand.objects.filter(pk__in=wish.brands).count() != len(set(wish.brands)):
        raise ClientRefused("There is no such brand.")
