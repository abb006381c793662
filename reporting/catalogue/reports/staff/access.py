"""Who may do what, where, by whose word, and when they were last here (R-23, G-47)."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import code, moment, text, to, whole, yes_no
from reporting.catalogue.types import Query, Question, Report

_STATES: Final = {"standing": "In force", "over": "Revoked or run out", "none": "No role"}


def _query(question: Question) -> Query:
    asked = Asked(question)
    state = (
        "CASE WHEN g.id IS NULL THEN 'none' WHEN g.revoked_at <= %(as_of)s OR g.valid_until <= %(as_of)s THEN 'over'"
        " ELSE 'standing' END"
    )
    return asked.query(
        f"""
        SELECT u.id AS staff_id, coalesce(g.id, 0) AS grant_id, u.username, u.first_name || ' ' || u.last_name AS name,
               u.personnel_number, u.is_active AS active, u.date_joined AS created_at, off.at AS switched_off_at,
               coalesce(r.name, '') AS role, coalesce(n.permissions, 0) AS permissions,
               {words(_STATES, state)} AS state,
               coalesce((SELECT string_agg(b.code, ' ' ORDER BY b.code) FROM players_brand b
                         WHERE b.id = ANY(g.brands)),
                        CASE WHEN g.id IS NOT NULL THEN 'every brand' ELSE '' END) AS brands,
               CASE WHEN cardinality(g.jurisdictions) > 0 THEN array_to_string(g.jurisdictions, ' ')
                    WHEN g.id IS NOT NULL THEN 'every jurisdiction' ELSE '' END AS jurisdictions,
               g.granted_at, coalesce(g.granted_by, '') AS granted_by, coalesce(g.approval, '') AS approval,
               g.valid_until, g.revoked_at, coalesce(g.revoked_by, '') AS revoked_by,
               seen.at AS last_signed_in, coalesce(host(seen.ip), '') AS last_ip, pass.at AS password_changed_at
        FROM staff_staffuser u
        LEFT JOIN staff_rolegrant g ON g.staff_id = u.id AND g.granted_at <= %(as_of)s
        LEFT JOIN staff_role r ON r.id = g.role_id
        LEFT JOIN LATERAL (
            SELECT count(*) AS permissions FROM staff_role_permissions x WHERE x.role_id = r.id
        ) n ON true
        LEFT JOIN LATERAL (
            SELECT e.occurred_at AS at, e.ip FROM audit_auditevent e
            WHERE e.actor = 'staff:' || u.id AND e.name = 'staff:session:started' ORDER BY e.id DESC LIMIT 1
        ) seen ON true
        LEFT JOIN LATERAL (
            SELECT e.occurred_at AS at FROM audit_auditevent e
            WHERE e.subject = 'staff.staffuser:' || u.id AND e.name = 'staff:password:changed'
            ORDER BY e.id DESC LIMIT 1
        ) pass ON true
        LEFT JOIN LATERAL (
            SELECT e.occurred_at AS at FROM audit_auditevent e
            WHERE e.subject = 'staff.staffuser:' || u.id AND e.name = 'staff:member:switched_off' AND NOT u.is_active
            ORDER BY e.id DESC LIMIT 1
        ) off ON true
        WHERE u.date_joined <= %(as_of)s AND {asked.house_only()} AND {asked.filtered(state=state)}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="staff-access",
    title="Staff access matrix",
    about="Everybody's roles with their reach, as of now: for whoever sees the whole house.",
    family=Family.STAFF,
    ids=("R-23", "G-47", "SEC-14"),
    columns=(
        code("staff_id", "Staff no."),
        code("grant_id", "Grant no."),
        code("username", "User name", personal=True),
        text("name", "Name", personal=True),
        code("personnel_number", "Personnel no.", personal=True),
        yes_no("active", "Active"),
        moment("created_at", "Account made"),
        moment("switched_off_at", "Switched off"),
        text("role", "Role"),
        whole("permissions", "Permissions", "Which ones: roles and permissions."),
        text("state", "State"),
        text("brands", "Brands"),
        text("jurisdictions", "Jurisdictions"),
        moment("granted_at", "Granted"),
        code("granted_by", "By"),
        code("approval", "Approval"),
        moment("valid_until", "Until"),
        moment("revoked_at", "Revoked"),
        code("revoked_by", "Revoked by"),
        moment("last_signed_in", "Last signed in"),
        code("last_ip", "From", personal=True),
        moment("password_changed_at", "Password changed"),
    ),
    key=("staff_id", "grant_id"),
    query=_query,
    filters=frozenset({FilterName.STATE}),
    states=_STATES,
    as_of_only=True,
    drill=to("staff_staffuser", "staff_id"),
)
