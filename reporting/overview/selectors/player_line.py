"""The time line of a player's first screen: what several books tell, merged, newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from casino.play.enums import SessionEnd
from casino.play.models import GameSession
from casino.play.selectors.player_play import PlayedRound
from compliance.audit.selectors.timeline import timeline_of
from compliance.enums import RestrictionKind
from compliance.models import Restriction
from players.models import Player
from players.notes.selectors.notes import NoteView
from reporting.overview.types import LineItem
from wallet.enums import TransactionKind
from wallet.selectors.player_money import PlayerAccount, movements_but_play

SHOWN: Final = 40
DEPTH: Final = 2_000
# Kinds that the filter offers, as the address names them.
SORTS: Final = {
    "record": "Records",
    "money": "Money",
    "play": "Play",
    "session": "Sessions",
    "restriction": "Restrictions",
    "note": "Notes",
}
Reader = Callable[[], list[LineItem]]


def time_line(
    *,
    player: Player,
    accounts: tuple[PlayerAccount, ...],
    rounds: tuple[PlayedRound, ...],
    notes: tuple[NoteView, ...],
    until: datetime,
    sorts: Collection[str],
) -> tuple[LineItem, ...]:
    """The newest moments up to an instant, of these sorts; each book gives at most `SHOWN`."""
    readers: dict[str, Reader] = {
        "record": lambda: _records(player, until),
        "money": lambda: _money(accounts, until),
        "play": lambda: _play(rounds, until),
        "session": lambda: _sessions(player, until),
        "restriction": lambda: _restrictions(player, until),
        "note": lambda: _notes(notes, until),
    }
    items = [item for sort, read in readers.items() if sort in sorts for item in read()]
    items.sort(key=lambda item: item.at, reverse=True)
    return tuple(items[:SHOWN])


def _records(player: Player, until: datetime) -> list[LineItem]:
    moments = timeline_of(subject=f"players.player:{player.pk}", player_id=player.pk, until=until, limit=SHOWN)
    return [
        LineItem(
            at=moment.at,
            sort="record",
            title=moment.title,
            detail=moment.reason if moment.outcome == "done" else f"{moment.outcome}. {moment.reason}".strip(),
            actor=moment.actor,
            record="audit.auditevent" if moment.event_id else "",
            key=str(moment.event_id or ""),
        )
        for moment in moments
        # What a note and a restriction say stands in their own lines.
        if not moment.title.startswith("players:note:")
    ]


def _money(accounts: tuple[PlayerAccount, ...], until: datetime) -> list[LineItem]:
    moves = movements_but_play(account_ids=[account.id for account in accounts], until=until, limit=SHOWN, depth=DEPTH)
    labels = dict(TransactionKind.choices)
    return [
        LineItem(
            at=move.booked_at,
            sort="money",
            title=str(labels.get(move.kind, move.kind)),
            detail=move.reference,
            actor=move.actor,
            amount=move.amount,
            currency=move.currency,
            record="wallet.transaction",
            key=str(move.transaction_id),
        )
        for move in moves
    ]


def _play(rounds: tuple[PlayedRound, ...], until: datetime) -> list[LineItem]:
    return [
        LineItem(
            at=played.opened_at,
            sort="play",
            title=f"Round of {played.game}",
            detail=f"{played.reference}, {'open' if played.closed_at is None else 'closed'}",
            amount=played.won - played.staked,
            currency=played.currency,
            record="play.round",
            key=str(played.id),
        )
        for played in rounds
        if played.opened_at <= until
    ]


def _sessions(player: Player, until: datetime) -> list[LineItem]:
    rows = GameSession.objects.filter(player_id=player.pk, launched_at__lte=until).select_related("game", "provider")
    items: list[LineItem] = []
    for session in rows.order_by("-pk")[:SHOWN]:
        name = session.game.name if session.game else session.provider.name
        of_it = _Maker("session", "play.gamesession", session.pk)
        items.append(of_it.made(session.launched_at, f"Launched {name}"))
        if session.ended_at is not None and session.ended_at <= until:
            items.append(
                of_it.made(session.ended_at, f"Session of {name} ended", str(SessionEnd(session.end_reason).label))
            )
    return items


def _restrictions(player: Player, until: datetime) -> list[LineItem]:
    labels = dict(RestrictionKind.choices)
    items: list[LineItem] = []
    rows = Restriction.objects.filter(player_id=player.pk, starts_at__lte=until)
    for row in rows.order_by("-pk")[:SHOWN]:
        title = str(labels.get(row.kind, row.kind))
        of_it = _Maker("restriction", "compliance.restriction", row.pk)
        items.append(of_it.made(row.starts_at, f"{title} begins", row.reason, row.placed_by))
        if row.ends_at is not None and row.starts_at < row.ends_at <= until:
            items.append(of_it.made(row.ends_at, f"{title} ends"))
    return items


class _Maker:
    """Makes the moments of one row."""

    def __init__(self, sort: str, record: str, key: int) -> None:
        self.sort, self.record, self.key = sort, record, str(key)

    def made(self, at: datetime, title: str, detail: str = "", actor: str = "") -> LineItem:
        return LineItem(
            at=at, sort=self.sort, title=title, detail=detail, actor=actor, record=self.record, key=self.key
        )


def _notes(notes: tuple[NoteView, ...], until: datetime) -> list[LineItem]:
    return [
        LineItem(
            at=note.written_at,
            sort="note",
            title=f"Note, {note.kind.lower()}{' (superseded)' if note.superseded else ''}",
            detail=note.body if len(note.body) <= 160 else f"{note.body[:160]}…",
            actor=note.author,
        )
        for note in notes
        if note.written_at <= until
    ]
