"""Raw SQL that breaks each promise about notes, tags and saved filters, by the name under which it must be refused."""

from __future__ import annotations

_NOTE = (
    "INSERT INTO notes_note (player_id, kind, body, pinned, author, written_at, supersedes_id)"
    " VALUES ({player}, '{kind}', '{body}', false, 'staff:1', now(), {earlier})"
)
_TAG = "INSERT INTO notes_tag (name, colour, meaning, retired) VALUES ('New', '{colour}', '', false)"
_PUT = (
    "INSERT INTO notes_playertag (player_id, tag_id, put_by, put_at, removed_by, removed_at)"
    " SELECT %(player)s, id, 'staff:1', now(), '{by}', {at} FROM notes_tag WHERE name = '{tag}'"
)
_FILTER = (
    "INSERT INTO overview_savedfilter (staff_id, screen, name, query, saved_at)"
    " SELECT staff_id, screen, '{name}', '{query}', now() FROM overview_savedfilter LIMIT 1"
)
_STANDING = "(SELECT min(id) FROM notes_note WHERE player_id = %(player)s)"


def _note(kind: str = "general", body: str = "x", player: str = "%(player)s", earlier: str = "NULL") -> str:
    return _NOTE.format(player=player, kind=kind, body=body, earlier=earlier)


BY_ANYBODY: dict[str, list[str]] = {
    "note_kind_known": [_note(kind="gossip")],
    "note_says_something": [_note(body=""), _note(body="  ")],
    "note_superseded_once": [_note(earlier=_STANDING)],
    "note_supersedes_one_of_the_same_player": [
        _note(player="(SELECT max(id) FROM players_player)", earlier=_STANDING),
        _note(earlier="999999999"),
    ],
    "tag_colour_known": [_TAG.format(colour="mauve")],
    "tag_named_once_whatever_its_case": [
        "INSERT INTO notes_tag (name, colour, meaning, retired) VALUES ('VIP', 'grey', '', false)"
    ],
    "tag_once_on_a_player": [_PUT.format(by="", at="NULL", tag="Vip")],
    "tag_removal_names_its_author": [
        _PUT.format(by="", at="now()", tag="Gone"),
        _PUT.format(by="staff:1", at="NULL", tag="Gone"),
    ],
    "tag_comes_off_once": [
        "UPDATE notes_playertag SET removed_at = now(), removed_by = 'staff:2' WHERE removed_at IS NOT NULL"
    ],
    "saved_filter_name_once_on_a_list": [_FILTER.format(name="Mine", query="q=1")],
    "saved_filter_has_a_name_and_a_query": [
        _FILTER.format(name="", query="q=1"),
        _FILTER.format(name="Other", query=""),
    ],
}
BY_OWNER: dict[str, list[str]] = {
    "notes_are_never_edited": ["UPDATE notes_note SET body = 'nice'", "DELETE FROM notes_note"],
    "tags_are_kept_for_ever": ["DELETE FROM notes_tag"],
    "player_tags_are_kept_for_ever": ["DELETE FROM notes_playertag"],
    "player_tag_keeps_its_content": ["UPDATE notes_playertag SET put_by = 'staff:2'"],
}
