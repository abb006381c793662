"""A document beside the player's identity, shown once and on record (SEC-14)."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import record_address
from common.clock import utc_now
from compliance.kyc.enums import FileType
from compliance.kyc.models import Document
from compliance.kyc.services.openings import document_open
from players.personal.admin.player_steps import UNKEPT
from players.personal.enums import RevealGroup
from players.personal.types import GROUPS, TITLES


def opened(screen: BookScreen[Document], request: HttpRequest, row: Document, note: str) -> HttpResponse:
    """The page. Raises DocumentInfected, PersonUnknown, PurposeNotTold."""
    assert request.user.pk is not None
    seen = document_open(document_id=row.pk, staff_id=request.user.pk, note=note, now=utc_now())
    texts = seen.details.as_text()
    context: dict[str, Any] = {
        **screen.admin_site.each_context(request),
        "opts": screen.opts,
        "original": row,
        "title": f"{row.get_kind_display()} of {row.player}",
        "back": record_address(row),
        "facts": [(TITLES[name], texts[name] or "–") for name in GROUPS[RevealGroup.IDENTITY]],
        "picture": row.file_type != FileType.PDF,
        "address": f"data:{row.file_type};base64,{b64encode(seen.content).decode()}",
        "file_name": row.file_name,
    }
    return TemplateResponse(request, "admin/kyc/document.html", context, headers=UNKEPT)
