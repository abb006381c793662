"""What a question asks, as SQL: conditions for a report's SELECT, with the parameters that they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reporting.catalogue.enums import Basis, Known
from reporting.catalogue.types import Query, Question

# The first and the last instant of the days asked for, of whatever brand: what an index on the time can use.
_FROM: Final = "(SELECT min(facts_day_start(b.id, %(first)s)) FROM players_brand b)"
_UNTIL: Final = "(SELECT max(facts_day_start(b.id, %(last)s + 1)) FROM players_brand b)"


class Asked:
    """Writes the conditions of one question. Each method gives SQL that names parameters kept here."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.parameters: dict[str, object] = {
            "first": question.first,
            "last": question.last,
            "as_of": question.as_of,
        }

    def reach(self, row: str, *, test: str = "is_test") -> str:
        """Rows of `row` (with brand_id, jurisdiction and the test mark) that lie in reach and pass the filters."""
        asked = self.question
        conditions = [self._scope(f"{row}.brand_id", f"{row}.jurisdiction")]
        conditions.append(f"{row}.{test}" if asked.test_players else f"NOT {row}.{test}")
        if asked.brand_id is not None:
            conditions.append(self._equal(f"{row}.brand_id", "brand_id", asked.brand_id))
        if asked.jurisdiction:
            conditions.append(self._equal(f"{row}.jurisdiction", "jurisdiction", asked.jurisdiction))
        return " AND ".join(conditions)

    def events(self, player: str = "p", brand: str = "b") -> str:
        """Rows that may name a player: by the player's brand and licence where they do, otherwise by the brand's.

        `brand` is joined by `coalesce(player's brand, row's brand)`; rows of the whole house lie in no limited scope.
        """
        place = self.brand_reach(f"{brand}.id", f"coalesce({player}.jurisdiction, {brand}.jurisdiction)")
        return f"{self.test_mark(player)} AND {place}"

    def brand_reach(self, brand: str, jurisdiction: str) -> str:
        """The same for rows without a player: by columns, NULL where a row concerns the whole house."""
        asked = self.question
        conditions = [self._scope(brand, jurisdiction)]
        if asked.brand_id is not None:
            conditions.append(self._equal(brand, "brand_id", asked.brand_id))
        if asked.jurisdiction:
            conditions.append(self._equal(jurisdiction, "jurisdiction", asked.jurisdiction))
        return " AND ".join(conditions)

    def test_mark(self, player: str) -> str:
        """Real players, or test players where those are asked for; a row without a player is real."""
        test = f"coalesce({player}.is_test, false)"
        return test if self.question.test_players else f"NOT {test}"

    def house_only(self) -> str:
        """What belongs to the whole house: whoever sees a part of it sees none of this."""
        return "TRUE" if self.question.scope.everything else "FALSE"

    def days(self, moment: str, brand: str) -> str:
        """The instant lies in the days asked for, by the brand's calendar, and not after `as_of`."""
        return (
            f"{moment} >= {_FROM} AND {moment} < {_UNTIL} AND {moment} <= %(as_of)s"
            f" AND facts_business_day({moment}, {brand}) BETWEEN %(first)s AND %(last)s"
        )

    def played(self, row: str) -> str:
        """Rows of facts of play whose day, by the basis asked for, is one of the days asked for."""
        asked = self.question
        if asked.basis is Basis.POSTED:
            return f"{row}.posted_day BETWEEN %(first)s AND %(last)s"
        condition = f"{row}.settled_day BETWEEN %(first)s AND %(last)s"
        return condition if asked.known is Known.NOW else f"{condition} AND {row}.posted_day <= {row}.settled_day"

    def play_day(self, row: str) -> str:
        """The day on which a fact of play counts, by the basis asked for."""
        return f"{row}.{'posted' if self.question.basis is Basis.POSTED else 'settled'}_day"

    def filtered(self, **columns: str) -> str:
        """The filters that name a column: `currency`, `provider_id`, `game_id`, `player_id`, `state`. Or TRUE."""
        found = [
            self._equal(column, name, value)
            for name, column in columns.items()
            if (value := getattr(self.question, name)) not in (None, "")
        ]
        return " AND ".join(found) or "TRUE"

    def query(self, sql: str, **parameters: object) -> Query:
        """The SELECT with everything that it names."""
        return Query(sql, self.parameters | parameters)

    def _scope(self, brand: str, jurisdiction: str) -> str:
        scope = self.question.scope
        if scope.everything:
            return "TRUE"
        within = []
        for number, part in enumerate(scope.parts):
            limits = []
            if part.brands is not None:
                limits.append(self._among(brand, f"brands_{number}", sorted(part.brands)))
            if part.jurisdictions is not None:
                limits.append(self._among(jurisdiction, f"jurisdictions_{number}", sorted(part.jurisdictions)))
            within.append(" AND ".join(limits))
        return f"({' OR '.join(within)})" if within else "FALSE"

    def _equal(self, column: str, name: str, value: object) -> str:
        self.parameters[name] = value
        return f"{column} = %({name})s"

    def _among(self, column: str, name: str, values: object) -> str:
        self.parameters[name] = values
        return f"{column} = ANY(%({name})s)"


def words(choices: Mapping[str, str] | list[tuple[str, str]], column: str) -> str:
    """SQL that puts our words for a stored value, and the value itself where we have none."""
    pairs = dict(choices).items()
    whens = " ".join(f"WHEN '{value}' THEN '{_quoted(str(label))}'" for value, label in pairs)
    return f"CASE {column} {whens} ELSE {column} END"


def _quoted(text: str) -> str:
    return text.replace("'", "''").replace("%", "%%")
