"""Erasure, step by step (GDPR-02): marketing at once; the person when the law no longer asks to keep them; then what
is left of addresses and devices. Ledger, audit trail and their seals stay as they are: nothing readable is in them
(GDPR-04).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from common.clock import instant_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import ErasureState, LetterKind, SessionEnd
from players.accounts.errors import ErasureNotPossible
from players.accounts.models import (
    Consent,
    Credential,
    Device,
    Erasure,
    Letter,
    OneTimeToken,
    PlayerSession,
    Registration,
    TermsAcceptance,
)
from players.accounts.services.closing import marketing_end
from players.accounts.services.letters import letter_write
from players.accounts.services.sessions import sessions_end
from players.enums import PlayerStatus
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.services.personal_data import personal_key_destroy

PURGE_AFTER: Final = timedelta(days=30)
ERASED_NAME: Final = "Erased player"
ACTOR: Final = "system:erasure"
NO_PASSWORD: Final = "!"  # noqa: S105 - Django's mark of a hash that nothing matches


@transaction.atomic
def erasure_begin(*, player_id: int, delete_after: datetime, actor: str, now: datetime) -> Erasure:
    """Restrict a closed account's data: marketing is erased now, the rest is kept for the law alone.

    Raises ErasureNotPossible unless the account is closed and not being erased already.
    """
    player = Player.objects.select_for_update().get(pk=player_id)
    if player.status != PlayerStatus.CLOSED or Erasure.objects.filter(player=player).exists():
        raise ErasureNotPossible
    made = Erasure.objects.create(
        player=player, state=ErasureState.RESTRICTED, requested_at=now, delete_after=delete_after
    )
    marketing_end(player=player, ip=None, source="erasure", actor=actor, now=now)
    audit_record(
        name=EventName.ERASURE_REQUESTED, actor=actor, now=now, subject=f"accounts.erasure:{made.pk}",
        brand_id=player.brand_id, player_id=player.pk, after={"delete_after": delete_after},
    )  # fmt: skip
    told = {"at": instant_text(now), "delete_after": delete_after.date().isoformat()}
    letter_write(player=player, kind=LetterKind.ERASURE_STARTED, now=now, facts=told)
    return made


@transaction.atomic
def erasure_hold(*, player_id: int, hold: str, actor: str, now: datetime) -> Erasure:
    """Stop an erasure with a reason such as a court's order, or let it go on with an empty one (GDPR-03).

    Raises ErasureNotPossible once the person is erased.
    """
    kept = Erasure.objects.select_for_update(of=("self",)).select_related("player").get(player_id=player_id)
    if kept.state != ErasureState.RESTRICTED or kept.legal_hold == hold.strip():
        raise ErasureNotPossible
    before, kept.legal_hold = kept.legal_hold, hold.strip()[:300]
    kept.save(update_fields=["legal_hold"])
    audit_record(
        name=EventName.ERASURE_HELD, actor=actor, now=now, subject=f"accounts.erasure:{kept.pk}",
        reason=kept.legal_hold or before, brand_id=kept.player.brand_id, player_id=player_id,
        before={"held": bool(before)}, after={"held": bool(kept.legal_hold)},
    )  # fmt: skip
    return kept


def erasures_step(*, now: datetime, most: int = 200) -> dict[str, int]:
    """Take every erasure that is due a step further; how many of each. Safe to run again."""
    due = Erasure.objects.filter(legal_hold="").order_by("delete_after", "pk")
    restricted = due.filter(state=ErasureState.RESTRICTED, delete_after__lte=now)
    erased = due.filter(state=ErasureState.PSEUDONYMISED, pseudonymised_at__lte=now - PURGE_AFTER)
    done = {ErasureState.PSEUDONYMISED.value: 0, ErasureState.PURGED.value: 0}
    for player_id in list(restricted.values_list("player_id", flat=True)[:most]):
        done[ErasureState.PSEUDONYMISED.value] += _pseudonymise(player_id, now)
    for player_id in list(erased.values_list("player_id", flat=True)[:most]):
        done[ErasureState.PURGED.value] += _purge(player_id, now)
    return done


@transaction.atomic
def _pseudonymise(player_id: int, now: datetime) -> bool:
    """Destroy the person's key: no copy of their data, in history, backups or exports, can be read again."""
    kept = Erasure.objects.select_for_update(of=("self",)).select_related("player").get(player_id=player_id)
    if kept.state != ErasureState.RESTRICTED or kept.legal_hold or kept.delete_after > now:
        return False
    with suppress(PersonalDataUnknown, PersonalDataErased):  # there was nothing, or staff did it before
        personal_key_destroy(player_id=player_id, actor=ACTOR, reason="retention ended", now=now)
    sessions_end(player_id=player_id, why=SessionEnd.ERASED, actor=ACTOR, now=now)
    Credential.objects.filter(player_id=player_id).update(
        login_index=None, password=NO_PASSWORD, totp_secret=None, totp_confirmed_at=None
    )
    OneTimeToken.objects.filter(player_id=player_id).delete()
    Player.objects.filter(pk=player_id).update(nickname=ERASED_NAME)
    _stepped(kept, ErasureState.PSEUDONYMISED, {"keys": 1}, now)
    return True


@transaction.atomic
def _purge(player_id: int, now: datetime) -> bool:
    """Take out what is left of addresses and devices, and the e-mails that were written."""
    kept = Erasure.objects.select_for_update(of=("self",)).select_related("player").get(player_id=player_id)
    if kept.state != ErasureState.PSEUDONYMISED or kept.legal_hold:
        return False
    with_address = [
        rows.objects.filter(player_id=player_id, ip__isnull=False).update(ip=None)
        for rows in (Consent, TermsAcceptance, Registration)
    ]
    sessions = PlayerSession.objects.filter(player_id=player_id).update(ip=None, user_agent="")
    devices = 0
    for device in Device.objects.filter(player_id=player_id):
        device.device_index, device.kind, device.last_ip = b"erased:%d" % device.pk, "erased", None
        device.save(update_fields=["device_index", "kind", "last_ip"])
        devices += 1
    letters = Letter.objects.filter(player_id=player_id).delete()[0]
    counts = {"addresses": sum(with_address), "sessions": sessions, "devices": devices, "letters": letters}
    _stepped(kept, ErasureState.PURGED, counts, now)
    return True


def _stepped(kept: Erasure, state: ErasureState, counts: dict[str, int], now: datetime) -> None:
    before, kept.state = kept.state, state
    if state == ErasureState.PSEUDONYMISED:
        kept.pseudonymised_at = now
    else:
        kept.purged_at = now
    kept.save(update_fields=["state", "pseudonymised_at", "purged_at"])
    audit_record(
        name=EventName.ERASURE_STEPPED, actor=ACTOR, now=now, subject=f"accounts.erasure:{kept.pk}",
        brand_id=kept.player.brand_id, player_id=kept.player_id, before={"state": before},
        after={"state": state.value, **counts},
    )  # fmt: skip
