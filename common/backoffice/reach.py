"""What a signed-in person may reach on a screen: the permission, and the brands and jurisdictions it was granted for.

Rows out of reach do not exist for the person: no list, search, filter or address tells them from rows that never
were. Such a look is remembered on the request, so that the audit trail hears of it after the answer.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import RelatedDropdownFilter

from common.scope import NOTHING, Scope, Scoping

REFUSED: Final = "_out_of_reach"


def reach(request: HttpRequest, permission: str) -> Scope:
    """The part of the house that a permission ("players.view_player") reaches for whoever is signed in."""
    scope_for = getattr(request.user, "scope_for", None)
    found: Scope = scope_for(permission) if scope_for is not None else NOTHING
    return found


def may(request: HttpRequest, permission: str, *, brand_id: int | None, jurisdiction: str | None) -> bool:
    """Whether the permission reaches something of this brand and jurisdiction."""
    return reach(request, permission).admits(brand_id=brand_id, jurisdiction=jurisdiction)


def out_of_reach(request: HttpRequest, subject: str) -> None:
    """Remember that somebody asked for a row ("players.player:12") that exists, but not for this person."""
    request.__dict__.setdefault(REFUSED, []).append(subject)


def asked_out_of_reach(request: HttpRequest) -> list[str]:
    """The rows that somebody asked for in this request and that were denied to exist."""
    found: list[str] = request.__dict__.get(REFUSED, [])
    return found


class BrandFilter(RelatedDropdownFilter):
    """By brand, offering only the brands within reach."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        scope = reach(request, permission_to_view(model_admin.model))
        reachable: Q | dict[str, Any] = {}
        if not scope.everything:
            rows: QuerySet[Model] = field.related_model._default_manager.all()
            within = Scoping(brand="pk", jurisdiction="jurisdiction").narrow(rows, scope)
            reachable = {"pk__in": list(within.values_list("pk", flat=True))}
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=reachable)


def permission_to_view(model: type[Model]) -> str:
    """`players.view_player` of Player."""
    return f"{model._meta.app_label}.view_{model._meta.model_name}"
