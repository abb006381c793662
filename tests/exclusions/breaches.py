"""Raw SQL that breaks each promise about exclusions and registers, by the name that must refuse it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.exclusions.services.register_word import exclusion_of_register
from compliance.exclusions.services.returns import return_ask, return_contact
from compliance.register.models import RegisterLookup
from players.models import Player
from tests.exclusions.cast import bob_make, excluded
from tests.factories import NOON

_EXCLUSION = (
    "INSERT INTO exclusions_exclusion (player_id, brand_id, jurisdiction, kind, scope, length, starts_at, ends_at,"
    " over_at, comes_off, cooling_off_hours, reason, contact_note, placed_by) SELECT player_id, brand_id, 'GB',"
    " '{kind}', '{scope}', '', now(), {ends}, {over}, '{off}', {hours}, '', '', 'staff:7'"
    " FROM exclusions_exclusion WHERE id = %(standing)s"
)
_RETURN = (
    "INSERT INTO exclusions_returnrequest (exclusion_id, player_id, asked_by, asked_at, cooling_off_until, state,"
    " contacted_at, contacted_by, contact_note, ended_at, ended_by, end_reason) SELECT {of}, player_id, 'player:1',"
    " {asked}, {until}, '{state}', {contacted}, '{by}', '{note}', {ended}, '', ''"
    " FROM exclusions_exclusion WHERE id = {of}"
)
_LOOKUP = (
    "INSERT INTO register_registerlookup (register, jurisdiction, occasion, player_id, outcome, reference, latency_ms,"
    " asked_at) VALUES ('{register}', 'GB', '{occasion}', NULL, '{outcome}', '', {latency}, now())"
)
_STANDING = (
    "INSERT INTO register_registerstanding (player_id, register, outcome, clear, asked_at, valid_until, lookup_id)"
    " SELECT player_id, register, '{outcome}', {clear}, asked_at, asked_at + interval '{hours} hours', id"
    " FROM register_registerlookup WHERE id = %(silent)s"
)


def _exclusion(
    kind: str = "operator", scope: str = "brand", ends: str = "NULL", over: str = "NULL", off: str = "on_request",
    hours: str = "0",
) -> str:  # fmt: skip
    return _EXCLUSION.format(**locals())


def _return(
    of: str = "%(over_term)s", asked: str = "now()", until: str = "now() + interval '24 hours'",
    state: str = "waiting", contacted: str = "NULL", by: str = "", note: str = "", ended: str = "NULL",
) -> str:  # fmt: skip
    return _RETURN.format(**locals())


def _lookup(register: str = "gamstop", occasion: str = "sign_in", outcome: str = "match", latency: str = "1") -> str:
    return _LOOKUP.format(**locals())


_OVER = "UPDATE exclusions_exclusion SET over_at = {at} WHERE id = {of}"
_ENDED = "UPDATE exclusions_returnrequest SET state = '{state}', ended_at = {at} WHERE id = %(request)s"
BY_ANYBODY: dict[str, list[str]] = {
    "exclusion_kind_known": [_exclusion(kind="holiday")],
    "exclusion_scope_known": [_exclusion(scope="world")],
    "exclusion_comes_off_known": [_exclusion(off="soon")],
    "exclusion_ends_after_it_starts": [_exclusion(ends="now()"), _exclusion(ends="now() - interval '1 day'")],
    "exclusion_over_at_its_end": [
        _exclusion(off="at_end", ends="now() + interval '1 day'", over="now() + interval '1 hour'"),
        _exclusion(off="at_end"),
    ],
    "exclusion_cooling_off_not_negative": [_exclusion(hours="-1")],
    "exclusion_begins_in_force": [
        _exclusion(over="now()"),
        _exclusion(off="by_register", over="now() + interval '1 year'"),
        _exclusion(off="never", over="now() + interval '90 years'"),
    ],
    "exclusion_is_never_lifted_early": [
        # within the term and after it, without a request or with one that has not run its course
        _OVER.format(of="%(standing)s", at="now()"),
        _OVER.format(of="%(standing)s", at="now() + interval '100 years'"),
        _OVER.format(of="%(over_term)s", at="now()"),
        # a break neither ends early nor is it shortened; a register's word is the register's alone
        _OVER.format(of="%(on_break)s", at="now()"),
        _OVER.format(of="%(on_break)s", at="NULL"),
        _OVER.format(of="%(on_register)s", at="now()"),
    ],
    "excluded_identity_outlives_the_account": ["DELETE FROM exclusions_excludedidentity"],
    "excluded_identity_kind_known": [
        "INSERT INTO exclusions_excludedidentity (exclusion_id, kind, digest) VALUES (%(standing)s, 'shoe', '')"
    ],
    "return_is_asked_after_the_term": [
        _return(of="%(standing)s"),
        _return(of="%(on_break)s"),
        _return(of="%(on_register)s"),
        _return(asked="timestamptz '2020-01-01'"),
        _return(until="now() + interval '23 hours'"),
        _return(state="returned", ended="now()"),
        _return(contacted="now()", by="staff:7", note="spoke"),
    ],
    "one_open_return_per_exclusion": [_return()],
    "return_state_known": [_ENDED.format(state="maybe", at="now()")],
    "return_ended_has_a_moment": [
        _ENDED.format(state="kept", at="NULL"),
        _ENDED.format(state="waiting", at="now()"),
    ],
    "return_contact_is_told": [
        "UPDATE exclusions_returnrequest SET contacted_at = now(), contacted_by = 'staff:7', contact_note = ''"
        " WHERE id = %(unspoken)s"
    ],
    "return_after_cooling_off_and_contact": [
        _ENDED.format(state="returned", at="timestamptz '2026-03-02 13:00+00'"),
        "UPDATE exclusions_returnrequest SET state = 'returned', ended_at = now() + interval '9 days'"
        " WHERE id = %(unspoken)s",
    ],
    "return_request_keeps_its_content": [
        "UPDATE exclusions_returnrequest SET contact_note = 'y' WHERE id = %(request)s",
        "UPDATE exclusions_returnrequest SET contacted_at = NULL, contacted_by = '', contact_note = ''"
        " WHERE id = %(request)s",
    ],
    "lookup_register_known": [_lookup(register="hearsay")],
    "lookup_occasion_known": [_lookup(occasion="idle")],
    "lookup_outcome_known": [_lookup(outcome="fine")],
    "lookup_took_time": [_lookup(latency="-1")],
    "standing_is_what_a_lookup_said": [
        _STANDING.format(outcome="no_match", clear="true", hours="1"),
        _STANDING.format(outcome="timeout", clear="false", hours="25"),
    ],
    "standing_clear_by_an_answer": [_STANDING.format(outcome="timeout", clear="true", hours="1")],
}
BY_OWNER: dict[str, list[str]] = {
    "exclusions_are_kept_for_ever": ["DELETE FROM exclusions_exclusion"],
    "exclusion_keeps_its_content": [
        "UPDATE exclusions_exclusion SET ends_at = now() WHERE id = %(standing)s",
        "UPDATE exclusions_exclusion SET player_id = %(other_player)s",
        "UPDATE exclusions_exclusion SET comes_off = 'never' WHERE id = %(over_term)s",
        "UPDATE exclusions_exclusion SET cooling_off_hours = 0",
    ],
    "return_requests_are_kept_for_ever": ["DELETE FROM exclusions_returnrequest"],
    "lookups_are_never_edited": ["UPDATE register_registerlookup SET outcome = 'no_match'",
                                 "DELETE FROM register_registerlookup"],
}  # fmt: skip


def exclusions_of_the_story() -> dict[str, Any]:
    """Somebody whose term runs, one whose term is over with a request that was spoken about and one that was not."""
    bob, gone = bob_make(), bob_make(details=None, nickname="Gone")
    standing = excluded(bob, length="P5Y").exclusion
    half_a_year = NOON - timedelta(days=190)
    over_term = excluded(gone, now=half_a_year).exclusion
    request = return_ask(player_id=gone.pk, actor="player:1", now=NOON)[0]
    return_contact(request_id=request.pk, note="Rang on 2 March, wants to return.", actor="staff:7", now=NOON)
    unspoken = _waiting_request(bob_make(details=None, nickname="Third"), half_a_year)
    on_break = exclusion_place(
        player_id=bob.pk, kind=ExclusionKind.TIME_OUT, length="P6W", actor="player:1", now=NOON + timedelta(days=900)
    )
    on_register = exclusion_of_register(
        player_id=bob.pk, register="gamstop", asked_at=NOON, actor="system:register", now=NOON
    )
    silent = RegisterLookup.objects.create(
        register="gamstop", jurisdiction="GB", occasion="sign_in", brand=bob.brand, player=bob, outcome="timeout",
        latency_ms=3000, asked_at=NOON,
    )  # fmt: skip
    return {
        "standing": standing.pk, "over_term": over_term.pk, "request": request.pk, "unspoken": unspoken,
        "on_break": on_break.exclusion.pk, "on_register": on_register.exclusion.pk, "silent": silent.pk,
    }  # fmt: skip


def _waiting_request(player: Player, begins: Any) -> int:
    excluded(player, now=begins)
    return return_ask(player_id=player.pk, actor="player:1", now=NOON)[0].pk
