"""What a program may be allowed to read."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ApiScope(StrEnum):
    """The scopes of OAuth 2.0: one for each family of reports, and what goes beyond reading them."""

    FINANCE = "reports:finance"
    GAMES = "reports:games"
    PLAYERS = "reports:players"
    COMPLIANCE = "reports:compliance"
    STAFF = "reports:staff"
    PERSONAL = "personal-data"
    EXPORTS = "exports"


SCOPE_TITLES: Final = MappingProxyType(
    {
        ApiScope.FINANCE: "Reports of finance",
        ApiScope.GAMES: "Reports of games",
        ApiScope.PLAYERS: "Reports of players",
        ApiScope.COMPLIANCE: "Reports of compliance",
        ApiScope.STAFF: "Reports of staff",
        ApiScope.PERSONAL: "Columns that tell about a person; each reading is kept in the audit trail",
        ApiScope.EXPORTS: "Ask for files of reports, and fetch them",
    }
)


def family_scope(family: str) -> str:
    """The scope that opens the reports of a family."""
    return f"reports:{family}"
