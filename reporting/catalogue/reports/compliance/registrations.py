"""The account creation log: who registered, or why not (G-86, G-11)."""

from __future__ import annotations

from players.accounts.enums import RegistrationOutcome
from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import WHOSE, code, moment, text, to
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="p.id", state="r.outcome")
    return asked.query(
        f"""
        SELECT r.id AS registration_id, r.attempted_at AS at, p.id AS player_id, p.public_id AS player,
               b.code AS brand, coalesce(p.jurisdiction, b.jurisdiction) AS jurisdiction,
               {words(RegistrationOutcome.choices, "r.outcome")} AS outcome, r.country,
               coalesce(host(r.ip), '') AS ip, m.public_id AS matched, r.matched_by,
               coalesce(t.version, '') AS terms
        FROM accounts_registration r
        JOIN players_brand b ON b.id = r.brand_id
        LEFT JOIN players_player p ON p.id = r.player_id
        LEFT JOIN players_player m ON m.id = r.matched_id
        LEFT JOIN LATERAL (
            SELECT v.version FROM accounts_termsacceptance a JOIN accounts_termsversion v ON v.id = a.terms_id
            WHERE a.player_id = r.player_id AND v.kind = 'terms' ORDER BY a.accepted_at LIMIT 1
        ) t ON true
        WHERE {asked.days("r.attempted_at", "b.id")} AND {asked.events()} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="account-creation",
    title="Account creation log",
    about="Every attempt to open an account that was decided, with its reason.",
    family=Family.COMPLIANCE,
    ids=("G-86",),
    columns=(
        code("registration_id", "Registration no."),
        moment("at", "When"),
        *WHOSE,
        text("outcome", "Outcome"),
        code("country", "Country"),
        code("ip", "Address", personal=True),
        code("matched", "Account the person has", personal=True),
        text("matched_by", "Known by"),
        code("terms", "Terms accepted"),
    ),
    key=("at", "registration_id"),
    query=_query,
    filters=frozenset(
        {FilterName.BRAND, FilterName.JURISDICTION, FilterName.PLAYER, FilterName.STATE, FilterName.TEST_PLAYERS}
    ),
    states=dict(RegistrationOutcome.choices),
    drill=to("accounts_registration", "registration_id"),
)
