"""The one read behind a player's first screen (backoffice.md §4.1): a fixed number of bounded queries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from casino.play.selectors.player_play import open_play_of_player
from casino.play.selectors.sessions import session_state, sessions_of_player
from common.scope import EVERYTHING, Scope
from compliance.gate.ask import gate_ask
from compliance.gate.enums import Touchpoint
from compliance.staff.models import StaffUser
from players.models import Player
from players.notes.selectors.notes import notes_of_player, tags_of_player
from reporting.overview.selectors.player_line import SORTS, time_line
from reporting.overview.selectors.player_links import linked_players, person_of
from reporting.overview.selectors.player_money import money_block
from reporting.overview.selectors.player_play import play_block
from reporting.overview.selectors.player_state import (
    approvals_waiting,
    obstacles_of,
    restrictions_standing,
    standings_of,
    status_facts,
)
from reporting.overview.selectors.player_totals import totals_of
from reporting.overview.types import PlayerGlance, SessionLine
from wallet.selectors.player_money import player_accounts

SESSIONS: Final = 10


def player_glance(
    *,
    player: Player,
    now: datetime,
    as_of: datetime | None = None,
    sorts: Collection[str] = tuple(SORTS),
    scope: Scope = EVERYTHING,
) -> PlayerGlance:
    """Everything of the first screen. `player` comes with its brand; `sorts` narrow the time line, `scope` the
    linked accounts.

    With `as_of`, balances, status, restrictions, tags, notes, rounds and the time line are of that instant; lifetime
    sums, periods and sessions stay those of now, since they are counted forward.
    """
    at = as_of or now
    accounts = player_accounts(player_id=player.pk)
    totals = totals_of(player_id=player.pk, accounts=tuple(one for one in accounts if one.currency == player.currency))
    shown = accounts if as_of is None else player_accounts(player_id=player.pk, at=as_of)
    status = status_facts(player=player, as_of=as_of)
    restrictions = restrictions_standing(player_id=player.pk, at=at)
    open_play = open_play_of_player(player_id=player.pk)
    play = play_block(player=player, totals=totals, open_play=open_play, at=now, as_of=as_of)
    notes = notes_of_player(player_id=player.pk, until=as_of)
    sessions = _sessions(player, now)
    glance = PlayerGlance(
        now=now,
        as_of=as_of,
        status=status,
        online=next((line for line in sessions if line.state == "Alive"), None),
        obstacles=obstacles_of(player=player, status=status, restrictions=restrictions, at=at),
        tags=tags_of_player(player_id=player.pk, at=as_of),
        notes=notes,
        approvals=approvals_waiting(player_id=player.pk, now=now),
        money=money_block(
            player=player,
            accounts=shown,
            totals=totals,
            open_play=open_play,
            status=status.code,
            standings=standings_of(restrictions),
            # What stood against a withdrawal at an earlier instant is not asked again.
            against=() if as_of else _against_withdrawal(player, now),
        ),
        play=play,
        sessions=sessions,
        person=person_of(player_id=player.pk, today=now.date()),
        links=linked_players(player=player, scope=scope),
        line=time_line(player=player, accounts=accounts, rounds=play.rounds, notes=notes, until=at, sorts=sorts),
        names={},
    )
    glance.names.update(_names(glance))
    return glance


def _against_withdrawal(player: Player, now: datetime) -> tuple[tuple[str, str], ...]:
    verdict = gate_ask(player_id=player.pk, touchpoint=Touchpoint.WITHDRAWAL, now=now)
    return tuple((reason.code, reason.title) for reason in verdict.reasons)


def _sessions(player: Player, now: datetime) -> tuple[SessionLine, ...]:
    lines = []
    for session in sessions_of_player(player.pk)[:SESSIONS]:
        state = session_state(session, now=now)
        lines.append(
            SessionLine(
                id=session.pk,
                public_id=session.public_id,
                game=session.game.name if session.game else session.provider.name,
                state=state.title,
                variant=state.variant,
                launched_at=session.launched_at,
                last_seen_at=session.last_seen_at,
                ended_at=session.ended_at,
            )
        )
    return tuple(lines)


def _names(glance: PlayerGlance) -> dict[str, str]:
    """What the people are called who stand in the screen as "staff:7"."""
    actors = {glance.status.actor, *(note.author for note in glance.notes), *(tag.put_by for tag in glance.tags)}
    actors |= {item.actor for item in glance.line} | {item.by for item in glance.obstacles}
    actors |= {item.maker for item in glance.approvals}
    keys = {int(actor[6:]) for actor in actors if actor.startswith("staff:") and actor[6:].isdecimal()}
    rows = StaffUser.objects.filter(pk__in=keys)
    return {f"staff:{person.pk}": person.get_full_name() or person.get_username() for person in rows}
