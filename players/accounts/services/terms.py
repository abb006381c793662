"""Terms: published in versions that never change, accepted by players with the date (G-10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import TermsKind
from players.accounts.errors import TermsNotAccepted
from players.accounts.models import TermsAcceptance, TermsVersion
from players.accounts.selectors.terms import terms_in_force
from players.models import Brand, Player


@transaction.atomic
def terms_publish(
    *,
    brand: Brand,
    kind: TermsKind,
    version: str,
    title: str,
    text: str,
    effective_at: datetime,
    actor: str,
    now: datetime,
) -> TermsVersion:
    """A new version, in force from an instant that is not past."""
    made = TermsVersion.objects.create(
        brand=brand, kind=kind, version=version, title=title, text=text, effective_at=effective_at, created_at=now
    )
    audit_record(
        name=EventName.TERMS_PUBLISHED, actor=actor, now=now, subject=f"accounts.termsversion:{made.pk}",
        brand_id=brand.pk, after={"kind": kind, "version": version, "effective_at": effective_at},
    )  # fmt: skip
    return made


def terms_check(*, brand: Brand, accepted: Mapping[str, str], now: datetime) -> list[TermsVersion]:
    """The versions that a person accepts by naming them. Raises TermsNotAccepted unless they are all those in force."""
    standing = terms_in_force(brand=brand, now=now)
    wrong = {kind.value: row.version for kind, row in standing.items() if accepted.get(kind.value) != row.version}
    if wrong:
        raise TermsNotAccepted(**wrong)
    return list(standing.values())


@transaction.atomic
def terms_accept(
    *, player: Player, versions: Iterable[TermsVersion], ip: str | None, actor: str, now: datetime
) -> None:
    """The player accepted these versions; again is no second time."""
    for version in versions:
        made = TermsAcceptance.objects.get_or_create(
            player=player, terms=version, defaults={"accepted_at": now, "ip": ip}
        )[1]
        if made:
            audit_record(
                name=EventName.TERMS_ACCEPTED, actor=actor, now=now, subject=f"accounts.termsversion:{version.pk}",
                brand_id=player.brand_id, player_id=player.pk,
                after={"kind": version.kind, "version": version.version},
            )  # fmt: skip
