"""What each role may do (R-23, SEC-14): the rows of the matrix."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import code, text, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    return asked.query(
        f"""
        SELECT r.id AS role_id, r.code AS role, r.name, c.app_label || '.' || p.codename AS permission,
               p.name AS words, n.holders
        FROM staff_role r
        JOIN staff_role_permissions x ON x.role_id = r.id
        JOIN auth_permission p ON p.id = x.permission_id
        JOIN django_content_type c ON c.id = p.content_type_id
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT g.staff_id) AS holders FROM staff_rolegrant g
            WHERE g.role_id = r.id AND g.granted_at <= %(as_of)s
              AND (g.revoked_at IS NULL OR g.revoked_at > %(as_of)s)
              AND (g.valid_until IS NULL OR g.valid_until > %(as_of)s)
        ) n
        WHERE {asked.house_only()}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="role-permissions",
    title="Roles and permissions",
    about="Every permission of every role, and how many people hold the role now.",
    family=Family.STAFF,
    ids=("R-23", "SEC-14"),
    columns=(
        code("role_id", "Role no."),
        code("role", "Role"),
        text("name", "Name"),
        code("permission", "Permission"),
        text("words", "In words"),
        whole("holders", "Held by"),
    ),
    key=("role", "permission"),
    query=_query,
    as_of_only=True,
    drill=to("staff_role", "role_id"),
)
