"""Everything about one person, for that person, as one JSON document (GDPR Art. 15 and 20, GDPR-01).

Made while it is sent: part by part from the database, so that its size costs no memory. Its last member is
`complete`; a document that ends before it was cut off on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from casino.entrance.subject_tables import TABLES
from common.clock import instant_text
from common.money import decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.models import Credential
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open
from wallet.selectors.player_money import player_accounts
from wallet.selectors.statements import statement

LINES: Final = 500
FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
RECIPIENTS: Final = (
    "Game providers receive your public id, currency, country and language: see game_sessions.",
    "National registers of excluded players receive your name, birth date, postcode and e-mail address: see"
    " register_lookups.",
    "Verifiers of identity receive your documents: see identity_checks.",
)


@transaction.atomic
def subject_export_begin(*, player_id: int, actor: str, now: datetime, reason: str = "") -> Player:
    """Record that the export is made, before a byte of it is given."""
    player = Player.objects.select_related("brand").get(pk=player_id)
    audit_record(
        name=EventName.SUBJECT_EXPORTED, actor=actor, now=now, subject=f"players.player:{player_id}", reason=reason,
        brand_id=player.brand_id, player_id=player_id,
    )  # fmt: skip
    return player


def subject_export(*, player: Player, now: datetime) -> Iterator[str]:
    """The document's text, in parts. Call `subject_export_begin` first."""
    yield '{"made_at":' + _json(instant_text(now))
    yield ',"profile":' + _json(_profile(player))
    yield ',"recipients":' + _json(RECIPIENTS)
    for table in TABLES:
        yield f',"{table.name}":'
        yield from _array(table.rows(player.pk))
    yield ',"money":'
    yield from _array(_money(player, now))
    yield ',"complete":true}\n'


def _profile(player: Player) -> dict[str, Any]:
    try:
        person: dict[str, Any] = details_open(player_id=player.pk).as_text()
    except (PersonalDataUnknown, PersonalDataErased) as problem:
        person = {"personal_data": problem.code}
    credential = Credential.objects.filter(player=player).first()
    own = (
        "public_id",
        "nickname",
        "status",
        "currency",
        "country",
        "language",
        "time_zone",
        "jurisdiction",
        "created_at",
    )
    return (
        {name: getattr(player, name) for name in own}
        | {"brand": player.brand.name}
        | person
        | {
            "email_verified_at": credential.email_verified_at if credential else None,
            "second_factor_since": credential.totp_confirmed_at if credential else None,
        }
    )


def _money(player: Player, now: datetime) -> Iterator[dict[str, Any]]:
    """Every movement of every account, by the account's own history."""
    for account in player_accounts(player_id=player.pk):
        after: int | None = 0
        while after is not None:
            page = statement(account.id, FIRST, now, after_version=after, limit=LINES)
            for line in page.lines:
                yield {
                    "account": account.kind,
                    "currency": account.currency,
                    "booked_at": line.booked_at,
                    "kind": line.kind,
                    "amount": decimal_text(line.amount),
                    "balance_after": decimal_text(line.balance_after),
                    "reference": line.reference,
                    "transaction_id": str(line.transaction_id),
                }
            after = page.next_after


def _array(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "["
    for place, row in enumerate(rows):
        yield ("," if place else "") + _json(row)
    yield "]"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
