"""What stands below a round's time line: its session, its game as it was then, and what else went wrong nearby."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.utils.html import format_html

from casino.calls.layout import outcome_words
from casino.calls.selectors.incidents import CALLS_READ, Outcome, outcomes_between
from casino.games.selectors.game_terms import GameTermsThen
from casino.play.models import GameSession, Round
from casino.play.selectors.investigation import Investigation
from casino.play.selectors.sessions import session_state
from common.backoffice.display import NOTHING, code, instant, money, precise, record_link, tag
from common.backoffice.sections import Section

HOUR: Final = timedelta(hours=1)
_VARIANT: Final = {"": "", "final": "danger", "retry": "warning"}


def round_sections(found: Investigation, now: datetime) -> Sequence[Section]:
    """Session, game and incidents."""
    round_ = found.round
    return (
        _session_section(found.session, now),
        _game_section(round_, found.terms),
        _incidents(round_, "Calls of this provider, the last hour", now - HOUR, now),
        _incidents(
            round_, "Calls of this provider, the hour around the round", round_.opened_at - HOUR / 2,
            round_.opened_at + HOUR / 2,
        ),
    )  # fmt: skip


def _session_section(session: GameSession | None, now: datetime) -> Section:
    headers = ("Session", "State", "Mode", "Launched", "Token exchanged", "Last seen", "Ended")
    rows: list[tuple[object, ...]] = []
    if session is not None:
        state = session_state(session, now=now)
        rows = [(
            record_link("play.gamesession", session.pk, code(session.public_id)), tag(state.title, state.variant),
            session.get_mode_display(), precise(session.launched_at), precise(session.authenticated_at),
            instant(session.last_seen_at), instant(session.ended_at),
        )]  # fmt: skip
    return Section("Session", headers, rows, empty="The round names no session: its first booking was a win.")


def _game_section(round_: Round, terms: GameTermsThen) -> Section:
    note = "As in force when the round was opened." if terms.known else (
        "As in force now: the history of changes does not reach back to the round."
    )  # fmt: skip
    row = (
        record_link("games.game", round_.game_id, round_.game), code(round_.game.code),
        record_link("games.provider", round_.provider_id, round_.provider), round_.game.get_category_display(),
        f"{terms.theoretical_rtp.normalize():f} %", *_limits(terms),
    )  # fmt: skip
    headers = ("Game", "Code", "Provider", "Category", "Theoretical RTP", "Stakes of the game", "Of the provider")
    return Section("Game", headers, [row], empty="", note=note)


def _limits(terms: GameTermsThen) -> tuple[str, str]:
    return (
        _range(terms.min_stake, terms.max_stake),
        _range(terms.provider_min_stake, terms.provider_max_stake),
    )


def _range(least: Decimal | None, most: Decimal | None) -> str:
    if least is None and most is None:
        return "no limits"
    base = settings.BASE_CURRENCY
    return format_html(
        "{} – {}", NOTHING if least is None else money(least, base), NOTHING if most is None else money(most, base)
    )


def _incidents(round_: Round, title: str, since: datetime, until: datetime) -> Section:
    found = outcomes_between(
        provider_code=round_.provider.code, game_code=round_.game.code, since=since, until=until
    )  # fmt: skip
    rows = [_incident(item) for item in found]
    read = sum(item.calls for item in found)
    note = f"The newest {CALLS_READ:,} calls of the hour were read." if read >= CALLS_READ else (
        f"{instant_range(since, until)}. Calls that name no game, such as rollbacks, count for the provider alone."
    )  # fmt: skip
    headers = ("Outcome", "Told the provider", "Calls", "Of them this game", "First", "Last")
    return Section(title, headers, rows, empty="The call log has no call of this provider in this hour.", note=note)


def _incident(item: Outcome) -> tuple[object, ...]:
    told = {"": "done", "final": "refused for good", "retry": "to repeat"}.get(item.error_class, item.error_class)
    return (
        tag(outcome_words(item.outcome), _VARIANT.get(item.error_class, "danger")),
        told,
        f"{item.calls:,}",
        f"{item.of_the_game:,}",
        precise(item.first),
        precise(item.last),
    )


def instant_range(since: datetime, until: datetime) -> str:
    """Two moments of one span, to the minute."""
    return f"From {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} UTC"
