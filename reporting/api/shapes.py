"""The forms of what the API answers about reports."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reporting.catalogue.enums import ColumnKind, Family


class Shape(serializers.Serializer[Any]):
    """Describes an answer; it is never asked to read one."""


class ColumnShape(Shape):
    """A column: `money` and `base` are exact decimals as text, `day` is YYYY-MM-DD, `moment` is RFC 3339 in UTC."""

    name = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in ColumnKind])
    about = serializers.CharField()
    currency = serializers.CharField(help_text="The column that tells the currency of a `money`; empty otherwise.")
    summed = serializers.BooleanField(help_text="Whether the totals add it up.")
    personal = serializers.BooleanField(help_text="Only with the scope `personal-data`; left out without it.")
    definition = serializers.CharField(help_text="The figure's id, such as KPI-02; empty where it is no figure.")


class ReportShape(Shape):
    """A report of the catalogue."""

    code = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    family = serializers.ChoiceField(choices=[family.value for family in Family])
    version = serializers.IntegerField(help_text="Rises when figures of past days would change.")
    ids = serializers.ListField(child=serializers.CharField(), help_text="The requirements that it answers.")
    filters = serializers.ListField(child=serializers.CharField(), help_text="Parameters of the rows' address.")
    states = serializers.DictField(child=serializers.CharField(), help_text="What `state` may be, with its words.")
    about_a_moment = serializers.BooleanField(help_text="About a moment, not about days.")
    definitions = serializers.ListField(child=serializers.CharField())
    columns = ColumnShape(many=True)


class Reports(Shape):
    """The catalogue, as far as the token's scopes open it."""

    items = ReportShape(many=True)


class DefinitionShape(Shape):
    """How a figure was made."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    formula = serializers.CharField()
    valid_from = serializers.CharField(help_text="The day from which this version holds.")


class Header(Shape):
    """What the figures are, and as of when: kept with them, they can be asked for again."""

    report = serializers.CharField()
    title = serializers.CharField()
    version = serializers.IntegerField()
    question = serializers.DictField(child=serializers.CharField(), help_text="As it was understood.")
    as_of = serializers.CharField(help_text="Nothing that happened later is in the figures.")
    facts_known_until = serializers.CharField(allow_null=True, help_text="How far the facts of play and money reach.")
    made_at = serializers.CharField()
    definitions = DefinitionShape(many=True)


@extend_schema_field({"type": ["string", "integer", "boolean", "null"]})
class CellField(serializers.Field):  # type: ignore[type-arg]  # only describes
    """A value by its column's kind."""


class Rows(Shape):
    """A page of rows."""

    header = Header()
    columns = ColumnShape(many=True)
    rows = serializers.ListField(
        child=serializers.DictField(child=CellField()), help_text="Values by names of columns; null is unknown."
    )
    activity = serializers.BooleanField(help_text="False: no activity, the whole report has no row.")
    next = serializers.CharField(allow_null=True, help_text="The address of the next page; null on the last one.")


class TotalShape(Shape):
    """Sums of the whole report, by currency."""

    currency = serializers.CharField(allow_null=True, help_text="Null for what is told in no currency.")
    rows = serializers.IntegerField()
    values = serializers.DictField(child=CellField())


class Totals(Shape):
    """The totals of all rows, not of a page."""

    header = Header()
    totals = TotalShape(many=True)
