"""Pairs of accounts that seem to be one person's or one household's (backoffice.md §6.5: duplicates and links)."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import code, moment, text, to, whole
from reporting.catalogue.types import Query, Question, Report

# Which keyed digests are compared, what they are called, and how much one alone says (of 100).
_FIELDS: Final = (
    ("document_index", "document", 100), ("name_birth_index", "name and birth date", 90),
    ("email_index", "e-mail address", 80), ("phone_index", "phone", 70), ("address_index", "address", 40),
)  # fmt: skip
_KEYS: Final = " UNION ALL ".join(
    f"""SELECT d.player_id AS one, e.player_id AS other, '{title}' AS field, {weight} AS weight,
               greatest(p.created_at, q.created_at) AS at
        FROM personal_personalkey k JOIN personal_personaldata d ON d.id = k.data_id
        JOIN players_player p ON p.id = d.player_id
        JOIN personal_personalkey l ON l.{column} = k.{column} AND l.id <> k.id
        JOIN personal_personaldata e ON e.id = l.data_id AND e.player_id > d.player_id
        JOIN players_player q ON q.id = e.player_id"""  # noqa: S608 - our own text
    for column, title, weight in _FIELDS
)
_PAIRS: Final = f"""
    {_KEYS}
    UNION ALL
    SELECT d.player_id, e.player_id, 'device', 50, greatest(d.first_seen_at, e.first_seen_at)
    FROM accounts_device d
    JOIN accounts_device e ON e.device_index = d.device_index AND e.player_id > d.player_id
"""  # noqa: S608 - our own text


def _query(question: Question) -> Query:
    asked = Asked(question)
    player = ""
    if question.player_id is not None:
        asked.parameters["player_id"] = question.player_id
        player = "AND %(player_id)s IN (x.one, x.other)"
    return asked.query(
        f"""
        SELECT p.id AS player_id, p.public_id AS player, b.code AS brand, p.jurisdiction, q.id AS other_id,
               q.public_id AS other, c.code AS other_brand, x.fields, x.confidence, x.at,
               coalesce(f.actions, '') AS actions
        FROM (
            SELECT one, other, string_agg(DISTINCT field, ', ' ORDER BY field) AS fields,
                   least(100, max(weight) + 5 * (count(DISTINCT field) - 1))::integer AS confidence, max(at) AS at
            FROM ({_PAIRS}) pairs GROUP BY one, other
        ) x
        JOIN players_player p ON p.id = x.one
        JOIN players_brand b ON b.id = p.brand_id
        JOIN players_player q ON q.id = x.other
        JOIN players_brand c ON c.id = q.brand_id
        LEFT JOIN LATERAL (
            SELECT string_agg(DISTINCT g.kind, ' ') AS actions FROM gate_flag g
            WHERE g.player_id IN (x.one, x.other) AND g.kind IN ('risk_linked', 'risk_fraud', 'risk_bonus_abuse')
        ) f ON true
        WHERE {asked.days("x.at", "p.brand_id")} AND {asked.reach("p")} AND {asked.reach("q")} {player}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="linked-accounts",
    title="Duplicates and links",
    about=(
        "Pairs of accounts with equal details (compared as keyed digests, nothing is decrypted) or a common device, by"
        " the day on which the second came. Both accounts lie within your reach."
    ),
    family=Family.COMPLIANCE,
    ids=(),
    columns=(
        code("player_id", "Player no.", personal=True),
        code("player", "Player", personal=True),
        code("brand", "Brand"),
        code("jurisdiction", "Jurisdiction"),
        code("other_id", "Other player no.", personal=True),
        code("other", "Other player", personal=True),
        code("other_brand", "Other brand"),
        text("fields", "Equal"),
        whole("confidence", "Confidence, of 100", "That of the strongest field, and five for each further one."),
        moment("at", "Since"),
        code("actions", "Flags placed"),
    ),
    key=("at", "player_id", "other_id"),
    query=_query,
    filters=frozenset({FilterName.BRAND, FilterName.JURISDICTION, FilterName.PLAYER, FilterName.TEST_PLAYERS}),
    drill=to("players_player", "player_id"),
)
