"""Raw SQL that breaks each promise about stops (tests/wallet/guards/breaches.py tells how they are used)."""

from __future__ import annotations

_COLUMNS = (
    "INSERT INTO games_stop (scope, provider_id, game_id, player_id, reason_code, reason, placed_by, starts_at, until,"
    " ended_at, ended_by, end_reason) "
)
_PLAYER = f"{_COLUMNS} VALUES ('player', NULL, NULL, %(player)s, {{told}}, now(), {{until}}, {{end}})"
_TOLD = "'incident', 'why', 'staff:7'"
_OPEN = "NULL, '', ''"


def _player(told: str = _TOLD, until: str = "NULL", end: str = _OPEN) -> str:
    return _PLAYER.format(told=told, until=until, end=end)


def _target(scope: str, provider: str, game: str, player: str) -> str:
    return f"{_COLUMNS} VALUES ('{scope}', {provider}, {game}, {player}, {_TOLD}, now(), NULL, {_OPEN})"


def _review(by: str, note: str = "right") -> str:
    return (
        "INSERT INTO games_stopreview (stop_id, justified, note, reviewed_by, reviewed_at)"
        f" VALUES (%(stop)s, true, '{note}', '{by}', now())"
    )


BY_ANYBODY: dict[str, list[str]] = {
    "stop_scope_matches_target": [
        _target("all", "%(provider)s", "NULL", "NULL"),
        _target("all", "NULL", "NULL", "%(player)s"),
        _target("provider", "NULL", "NULL", "NULL"),
        _target("provider", "%(provider)s", "NULL", "%(player)s"),
        _target("game", "%(provider)s", "NULL", "NULL"),
        _target("player", "%(provider)s", "NULL", "NULL"),
        _target("country", "NULL", "NULL", "NULL"),
    ],
    "one_live_stop_per_target": [
        _target("provider", "%(provider)s", "NULL", "NULL"),
        _target("all", "NULL", "NULL", "NULL"),
    ],
    "stop_reason_known": [_player(told="'boredom', 'why', 'staff:7'")],
    "stop_reason_told": [_player(told="'incident', '', 'staff:7'"), _player(told="'incident', 'why', ''")],
    "stop_ends_after_start": [
        _player(until="now() - interval '1 s'"),
        _player(until="now()"),
        _player(end="now() - interval '1 s', 'staff:7', 'over'"),
    ],
    "stop_end_is_told": [
        _player(end="now(), '', 'over'"),
        _player(end="now(), 'staff:7', ''"),
        _player(end="NULL, 'staff:7', 'over'"),
        "UPDATE games_stop SET ended_at = now()",
    ],
    "legal_stop_is_ended_by_a_person": [
        _player(told=f"'{code}', 'why', 'staff:7'", until=until, end=end)
        for code in ("legal", "regulator")
        for until, end in (("now() + interval '1 d'", _OPEN), ("NULL", "now(), 'system', 'it was time'"))
    ],
    "stop_ends_once": [
        "UPDATE games_stop SET ended_at = now(), ended_by = 'staff:7', end_reason = 'again' WHERE id = %(ended_stop)s",
        "UPDATE games_stop SET ended_at = NULL, ended_by = '', end_reason = '' WHERE id = %(ended_stop)s",
    ],
    "stop_reviewed_by_another_person": [_review("staff:carol"), _review("system"), _review("staff:")],
    "stop_review_says_something": [_review("staff:dave", note="")],
}

BY_OWNER: dict[str, list[str]] = {
    "stop_keeps_its_content": [
        "UPDATE games_stop SET reason = 'nothing'",
        "UPDATE games_stop SET starts_at = now()",
        "UPDATE games_stop SET until = now() + interval '1 d'",
        "UPDATE games_stop SET placed_by = 'staff:mallory'",
        "UPDATE games_stop SET scope = 'all', provider_id = NULL",
    ],
    "stops_are_kept_for_ever": ["DELETE FROM games_stop"],
    "stop_reviews_are_never_edited": ["UPDATE games_stopreview SET note = 'x'", "DELETE FROM games_stopreview"],
}
