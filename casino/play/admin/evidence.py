"""The button that takes the evidence of a round out of the house: asked for a purpose, proved anew who asks, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldBooleanSwitchWidget

from casino.play.models import Round
from casino.play.services.evidence import evidence_export
from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.reach import reach
from common.clock import utc_now

if TYPE_CHECKING:
    from common.backoffice.books import BookScreen

    _Screen = BookScreen[Round]
else:
    _Screen = object

PURPOSES = (
    ("complaint", "A player's complaint"),
    ("adr", "Alternative dispute resolution"),
    ("provider", "A dispute with the provider"),
    ("regulator", "A regulator's request"),
    ("investigation", "An investigation of our own"),
)
EXPLANATION = (
    "A ZIP with everything on this page, readable without us: the calls and answers byte for byte, bookings, sealed"
    " rows and their seals, a signed list of files, and the program that verifies it. It names the player by public id"
    " alone. That you took it, and for what, is kept."
)


class EvidenceForm(forms.Form):
    """For what, and how much."""

    purpose = forms.ChoiceField(choices=[("", "Choose one"), *PURPOSES], widget=UnfoldAdminSelectWidget)
    reason = forms.CharField(
        label="Ticket and words",
        max_length=200,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="Who gets it, and the number of the ticket or case.",
    )


class WholeBlocksForm(EvidenceForm):
    """And whether the blocks go with it: they tell of every brand."""

    whole_blocks = forms.BooleanField(
        label="With the whole sealed blocks",
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text="They prove the place of each row without us, and hold rows of other players and acts of staff under"
        " their numbers: for regulators. Without them an export of the ledger proves it.",
    )


class TakesEvidence(_Screen):
    """Adds the button to a screen of rounds; name `evidence` in its `actions_detail`."""

    def has_evidence_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may take evidence out of the house."""
        return self.may(request, "calls.export_evidence", object_id)

    @action(description="Evidence pack", url_path="evidence", icon="folder_zip", permissions=["evidence"])
    def evidence(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Round) -> Question:
            return Question(f"Evidence pack of round {row.reference}", EXPLANATION, "Make the pack")

        def perform(row: Round, form: EvidenceForm) -> HttpResponseBase:
            data: dict[str, Any] = {"whole_blocks": False, **form.cleaned_data}
            pack = evidence_export(
                round_id=row.pk, purpose=data["purpose"], reason=data["reason"], whole_blocks=data["whole_blocks"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            headers = {"Cache-Control": "no-store", "Content-Length": str(pack.length)}
            return FileResponse(
                pack.file, as_attachment=True, filename=pack.name, content_type="application/zip", headers=headers
            )

        whole = reach(request, "calls.export_evidence").everything
        form_class = WholeBlocksForm if whole else EvidenceForm
        return confirmed(
            self, request, object_id, question=question, form_class=form_class, perform=perform, step_up=True
        )
