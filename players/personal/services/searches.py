"""Looking for players by personal data: what was looked for is never written down, that somebody looked is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from common.scope import Scope
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.personal.selectors.details import players_by_email, players_by_name_and_birth, players_by_phone
from players.reach import PLAYERS


@transaction.atomic
def players_search(
    *,
    email: str = "",
    phone: str = "",
    full_name: str = "",
    birth_date: date | None = None,
    scope: Scope,
    actor: str,
    now: datetime,
) -> Sequence[Player]:
    """Players within `scope` with exactly this e-mail, phone, or name and birth date; audited by kind and count."""
    if email:
        kind, ids = "email", players_by_email(email)
    elif phone:
        kind, ids = "phone", players_by_phone(phone)
    elif full_name and birth_date:
        kind, ids = "name_and_birth", players_by_name_and_birth(full_name, birth_date)
    else:
        return []
    rows = PLAYERS.narrow(Player.objects.filter(pk__in=ids), scope)
    found = list(rows.select_related("brand").order_by("pk"))
    audit_record(
        name=EventName.PERSONAL_DATA_SEARCHED, actor=actor, now=now, subject="players.player:*",
        after={"by": kind, "found": len(found)},
    )  # fmt: skip
    return found
