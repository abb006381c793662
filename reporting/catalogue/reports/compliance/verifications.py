"""Where players' verification stands, and since when: what is due and how old it is."""

from __future__ import annotations

from compliance.kyc.enums import Due, Level, Status
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to, yes_no
from reporting.catalogue.types import Column, Query, Question, Report


def _level(column: str) -> str:
    return words([(str(value), str(label)) for value, label in Level.choices], f"{column}::text")


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="k.player_id", state="k.status")
    return asked.query(
        f"""
        SELECT k.id AS verification_id, k.changed_at, {WHOSE_SQL}, {words(Status.choices, "k.status")} AS status,
               {_level("k.level")} AS level, {_level("k.required")} AS required,
               CASE k.due WHEN '' THEN '' ELSE {words(Due.choices, "k.due")} END AS due, k.due_since, k.deadline,
               k.locked, k.stopped, floor(extract(epoch FROM %(as_of)s - k.changed_at) / 60)::bigint AS minutes,
               coalesce(d.reason, '') AS reason, coalesce(d.actor, '') AS decided_by
        FROM kyc_kycstate k
        JOIN players_player p ON p.id = k.player_id
        JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT x.reason, x.actor FROM kyc_decision x WHERE x.player_id = k.player_id
            ORDER BY x.decided_at DESC, x.id DESC LIMIT 1
        ) d ON true
        WHERE k.changed_at <= %(as_of)s AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="verifications",
    title="Verifications by state and age",
    about="Every player of whom something was asked or decided, with what stands now.",
    family=Family.COMPLIANCE,
    ids=("G-85",),
    columns=(
        code("verification_id", "Verification no."),
        moment("changed_at", "So since"),
        *WHOSE,
        text("status", "State"),
        text("level", "Proved"),
        text("required", "Asked for"),
        text("due", "Asked because"),
        moment("due_since", "Asked since"),
        moment("deadline", "Until"),
        yes_no("locked", "Withdrawals locked"),
        yes_no("stopped", "Play stopped"),
        Column(name="minutes", title="Age", kind=ColumnKind.MINUTES),
        text("reason", "Last decision", personal=True),
        code("decided_by", "Decided by"),
    ),
    key=("changed_at", "verification_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(Status.choices),
    as_of_only=True,
    drill=to("kyc_kycstate", "verification_id"),
)
