"""Row history as SQL: each changed field of each change, with what stood there before (backoffice.md §6.5)."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.db import models

from compliance.audit.history import History, histories
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import code, moment, text
from reporting.catalogue.types import Column

COLUMNS: Final[tuple[Column, ...]] = (
    code("change_id", "Change"),
    moment("at", "When"),
    text("object", "Object"),
    code("row", "Row"),
    text("verb", "What"),
    code("field", "Field"),
    text("before", "Old", personal=True),
    text("after", "New", personal=True),
    code("actor", "By"),
    code("request", "Request"),
)


@cache
def _kept(*, of_players: bool) -> tuple[History, ...]:
    return tuple(kept for kept in histories() if bool(player_column(kept)) is of_players)


def player_column(kept: History) -> str:
    """The column of a history that names a player, "" where it keeps none."""
    if kept.tracked._meta.label == "players.Player":
        return "id"
    return "player_id" if "player_id" in kept.columns else ""


def changes(asked: Asked, *, of_players: bool) -> str:
    """SELECT of every changed field of these days: of what belongs to players, or of everything else."""
    return " UNION ALL ".join(_of(kept, asked) for kept in _kept(of_players=of_players))


def _of(kept: History, asked: Asked) -> str:
    """One history. An insert tells every field; its encrypted ones are never told."""
    secret = ", ".join(f"'{field.column}'" for field in kept.rows._meta.fields if isinstance(field, models.BinaryField))
    told = (
        f"CASE WHEN c.key IN ({secret}) AND {{value}} IS NOT NULL THEN '(encrypted)' ELSE {{value}} END"
        if secret
        else "{value}"
    )
    player = player_column(kept)
    fields = ", ".join(f"'{name}'" for name in kept.columns)
    name = str(kept.tracked._meta.verbose_name).replace("'", "''")
    brand = "p.brand_id" if player else "NULL"
    reach = f"JOIN players_player p ON p.id = h.{player}" if player else ""
    within = asked.reach("p") if player else asked.house_only()
    if player and asked.question.player_id is not None:
        within += " AND " + asked.filtered(player_id="p.id")
    return f"""
        SELECT '{kept.table}-' || h.pgh_id || '-' || c.key AS change_id, h.pgh_created_at AS at, '{name}' AS object,
               '{kept.tracked._meta.label_lower}:' || h.{kept.key} AS row,
               CASE h.pgh_label WHEN 'insert' THEN 'added' WHEN 'update' THEN 'changed' ELSE 'deleted' END AS verb,
               c.key AS field, {told.format(value="c.before")} AS before, {told.format(value="c.after")} AS after,
               coalesce(h.pgh_context->>'actor', '') AS actor, coalesce(h.pgh_context->>'request_id', '') AS request,
               {f"h.{player}" if player else "NULL::bigint"} AS player_id
        FROM {kept.table} h {reach}
        LEFT JOIN LATERAL (
            SELECT x.* FROM {kept.table} x
            WHERE x."{kept.owner}" = h."{kept.owner}" AND x."{kept.key}" = h."{kept.key}" AND x.pgh_id < h.pgh_id
            ORDER BY x.pgh_id DESC LIMIT 1
        ) o ON h.pgh_label <> 'insert'
        CROSS JOIN LATERAL (
            SELECT n.key, CASE h.pgh_label WHEN 'delete' THEN n.value ELSE v.value END AS before,
                   CASE h.pgh_label WHEN 'delete' THEN NULL ELSE n.value END AS after
            FROM jsonb_each_text(to_jsonb(h)) n LEFT JOIN jsonb_each_text(to_jsonb(o)) v USING (key)
            WHERE n.key IN ({fields})
        ) c
        WHERE h.pgh_label IN ('insert', 'update', 'delete') AND c.before IS DISTINCT FROM c.after
          AND {asked.days("h.pgh_created_at", brand)} AND {within}"""  # noqa: S608 - our own text
