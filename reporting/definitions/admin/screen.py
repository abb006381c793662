"""What the three screens of dated rows share."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from common.backoffice.books import BookScreen
from common.backoffice.display import record_link, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.types import Payload
from reporting.definitions.approval_kinds import KIND
from reporting.definitions.models.definition import DatedRow

Row = TypeVar("Row", bound=DatedRow)


class DatedScreen(BookScreen[Row]):
    """Never edited: a new row, agreed by two, takes an earlier one's place from its day on."""

    scope = HouseWide("What a figure means is the same for whoever reads it.")
    ordering = ("-valid_from",)

    @admin.display(description="Holds from")
    def since(self, row: Row) -> str:
        return f"{row.valid_from}"

    @admin.display(description="State")
    def state(self, row: Row) -> str:
        return tag("to come", "info") if row.valid_from > utc_now().date() else tag("in force or past", "")

    @admin.display(description="Source seen")
    def checked(self, row: Row) -> str:
        return tag("verified", "success") if row.verified else tag("not verified", "warning")

    @admin.display(description="Agreed by")
    def agreed(self, row: Row) -> str:
        if row.approval_id is None:
            return "came with the product"
        return record_link("approvals.approval", row.approval_id, f"Approval {row.approval_id}")

    def has_propose_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may propose a row."""
        return self.may(request, "definitions.propose_definition", object_id)

    def proposing(
        self, request: HttpRequest, object_id: str, form: type[Form], title: str, initial: dict[str, Any]
    ) -> HttpResponse:
        """The form, its preview, and the proposal."""
        if self.get_object(request, object_id) is None:
            raise Http404("There is no such record.")

        def payload_of(_row: Row, filled: Any) -> Payload:
            payload: Payload = filled.cleaned_data["payload"]
            return payload

        class Filled(form):  # type: ignore[valid-type,misc]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **(kwargs | {"initial": initial}))

        return proposed(
            self, request, object_id, kind=KIND, title=lambda _row: title,
            explanation="Nothing that holds is edited: the new row takes its place from its day on.",
            payload_of=payload_of, form_class=Filled,
        )  # fmt: skip
