"""A player's verification as the player and the back office read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet

from compliance.kyc.enums import IDENTITY_KINDS, DocumentKind, DocumentState, Level
from compliance.kyc.models import Decision, Document, KycState

SHOWN: Final = 100
# What each level needs: one of each line.
NEEDS: Final[dict[Level, tuple[DocumentKind, ...]]] = {
    Level.IDENTITY: tuple(kind for kind in DocumentKind if kind in IDENTITY_KINDS),
    Level.ADDRESS: (DocumentKind.ADDRESS_PROOF,),
    Level.FUNDS: (DocumentKind.FUNDS_PROOF,),
}
GOING: Final = (DocumentState.SCANNING, DocumentState.WAITING, DocumentState.ACCEPTED)


def state_of(player_id: int) -> KycState:
    """The verification, or an unsaved one where nothing was ever asked or sent."""
    return KycState.objects.filter(player_id=player_id).first() or KycState(player_id=player_id)


def asked_of(state: KycState) -> Sequence[tuple[DocumentKind, ...]]:
    """Which documents would prove what is asked for, one of each group; those that are there are left out."""
    wanted = max(state.required, Level.IDENTITY)
    if state.level >= wanted:
        return ()
    held = set(documents_of(state.player_id).filter(state__in=GOING).values_list("kind", flat=True))
    return [
        kinds for level, kinds in NEEDS.items() if state.level < level <= wanted and not held & {k.value for k in kinds}
    ]


def documents_of(player_id: int) -> QuerySet[Document]:
    """A player's documents, the newest first."""
    return Document.objects.filter(player_id=player_id).order_by("-sent_at", "-pk")


def decisions_of(player_id: int) -> QuerySet[Decision]:
    """What was decided about a player's verification, the newest first."""
    return Decision.objects.filter(player_id=player_id).order_by("-decided_at", "-pk")
