from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action

from casino.entrance.services.protection import player_exclude
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, asked, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, tag
from common.backoffice.reach import BrandFilter, reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import Scoping
from compliance.audit.admin.links import actor_link
from compliance.exclusions.admin.forms import ContactForm, ExcludeForm, PersonForm
from compliance.exclusions.admin.return_request import state_tag
from compliance.exclusions.enums import ComesOff, ExclusionKind
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.selectors.standing import in_force
from compliance.exclusions.services.exclusions import person_exclude
from compliance.exclusions.services.returns import return_of_person
from compliance.policy.spans import Span

PLACE = "exclusions.place_exclusion"
COLOUR = {ExclusionKind.TIME_OUT: "info", ExclusionKind.OPERATOR: "warning"}


class OfState(DropdownFilter):
    """In force, or over."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("standing", "In force"), ("term_over", "In force, term over"), ("over", "Over")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = utc_now()
        match self.value():
            case "standing":
                return queryset.filter(in_force(now))
            case "term_over":
                return queryset.filter(over_at__isnull=True, ends_at__lte=now)
            case "over":
                return queryset.filter(~Q(over_at__isnull=True), over_at__lte=now)
        return queryset


@admin.register(Exclusion)
class ExclusionAdmin(BookScreen[Exclusion]):
    """Everybody who is kept from play. Exclusions are placed and prolonged, never shortened or lifted from here."""

    scope = Scoping(brand="brand_id", jurisdiction="jurisdiction", indexed=True)
    list_display = ("number", "whom", "kind_tag", "state", "since", "term_ends", "placed")
    list_select_related = ("player", "brand")
    list_filter = (OfState, ("kind", ChoicesDropdownFilter), ("brand", BrandFilter))
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nobody was ever excluded. Players exclude themselves; the buttons above act for them."
    facts = (
        (None, (("whom", "state"), ("kind_tag", "reaches"), ("brand_link", "jurisdiction"))),
        ("Time", (("since", "length_words"), ("term_ends", "over"), ("comes_off_how", "waits"))),
        ("Why", (("placed", "follows"), "reason_words", "contact_words")),
    )
    actions_list = ("exclude_player", "exclude_person")
    actions_detail = ("revoked",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="No.")
    def number(self, row: Exclusion) -> str:
        return f"{row.pk}"

    @admin.display(description="Whom")
    def whom(self, row: Exclusion) -> str:
        if row.player_id is None:
            return tag("Without an account")
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Kind")
    def kind_tag(self, row: Exclusion) -> str:
        return tag(row.get_kind_display(), COLOUR.get(ExclusionKind(row.kind), "danger"))

    @admin.display(description="Brand")
    def brand_link(self, row: Exclusion) -> str:
        return record_link("players.brand", row.brand_id, row.brand)

    @admin.display(description="Reaches")
    def reaches(self, row: Exclusion) -> str:
        return f"{row.get_scope_display()}{'' if row.group is None else f': {row.group}'}"

    @admin.display(description="State")
    def state(self, row: Exclusion) -> str:
        now = utc_now()
        if row.over_at is not None and row.over_at <= now:
            return tag("Over", "success")
        if row.over_at is None and row.ends_at is not None and row.ends_at <= now:
            return tag("In force, term over", "warning")
        return tag("In force", "danger")

    @admin.display(description="Since")
    def since(self, row: Exclusion) -> str:
        return instant(row.starts_at)

    @admin.display(description="Length")
    def length_words(self, row: Exclusion) -> str:
        return Span(row.length).words if row.length else NOTHING

    @admin.display(description="Term ends")
    def term_ends(self, row: Exclusion) -> str:
        return instant(row.ends_at) if row.ends_at else "without an end"

    @admin.display(description="Over")
    def over(self, row: Exclusion) -> str:
        return instant(row.over_at) if row.over_at else "it stands"

    @admin.display(description="Comes off")
    def comes_off_how(self, row: Exclusion) -> str:
        return ComesOff(row.comes_off).label

    @admin.display(description="Waiting time of a return")
    def waits(self, row: Exclusion) -> str:
        return f"{row.cooling_off_hours} hours" if row.comes_off == ComesOff.ON_REQUEST else NOTHING

    @admin.display(description="Placed by")
    def placed(self, row: Exclusion) -> str:
        return actor_link(row.placed_by)

    @admin.display(description="Follows")
    def follows(self, row: Exclusion) -> str:
        return record_link("exclusions.exclusion", row.origin_id, f"no. {row.origin_id}") if row.origin_id else NOTHING

    @admin.display(description="Reason")
    def reason_words(self, row: Exclusion) -> str:
        return row.reason or NOTHING

    @admin.display(description="Contact")
    def contact_words(self, row: Exclusion) -> str:
        return row.contact_note or NOTHING

    def sections(self, request: HttpRequest, row: Exclusion) -> Sequence[Section]:
        first = row.origin_id or row.pk
        others = self.get_queryset(request).filter(Q(pk=first) | Q(origin_id=first)).exclude(pk=row.pk).order_by("pk")
        accounts = [(self.whom(one), self.brand_link(one), self.state(one)) for one in others[:50]]
        asked_for = ReturnRequest.objects.filter(exclusion_id=first).order_by("-pk")[:20]
        returns = [
            (record_link("exclusions.returnrequest", one.pk, f"no. {one.pk}"), instant(one.asked_at), state_tag(one))
            for one in asked_for
        ]
        return (
            Section("Other accounts of the person", ("Player", "Brand", "State"), accounts, empty="None within reach."),
            Section(
                "Requests to return", ("Request", "Asked", "State"), returns, empty="None.",
                permission="exclusions.view_returnrequest",
            ),
        )  # fmt: skip

    @action(description="Revoked in writing", url_path="revoked", icon="undo", permissions=["handle"])
    def revoked(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Exclusion, form: ContactForm) -> str:
            wish = return_of_person(
                exclusion_id=row.pk, note=form.cleaned_data["note"], actor=staff_actor(request), now=utc_now()
            )
            return f"Request no. {wish.pk} waits until {wish.cooling_off_until:%Y-%m-%d %H:%M} UTC for a decision."

        words = "The person wrote that an account may be opened after all. It waits its time, then somebody decides."
        question = Question("Record the letter", words, "Record")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ContactForm, perform=perform
        )

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only for somebody without an account: players ask by themselves."""
        row = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        return found if row is not None and row.player_id is None and row.over_at is None else []

    def has_handle_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who handles ways back."""
        return self.may(request, "exclusions.handle_return", object_id)

    def has_place_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may exclude."""
        return self.may(request, PLACE, obj)

    @action(description="Exclude a player", url_path="place", icon="front_hand", permissions=["place"])
    def exclude_player(self, request: HttpRequest) -> HttpResponse:
        """For the operator, or on a player's behalf: at once, and not to be taken back."""
        words = (
            "From this moment on the player can only withdraw: games and sign-ins end, in every account of the person"
            " that it reaches. Nobody shortens it afterwards."
        )

        def perform(form: ExcludeForm) -> str:
            data = form.cleaned_data
            placed = player_exclude(
                player_id=data["player"].pk, kind=ExclusionKind(data["kind"]), length=data["length"],
                all_brands=not data["one_brand"], reason=data["reason"], contact_note=data["contact_note"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{data['player']} is excluded (no. {placed.exclusion.pk}; accounts: {len(placed.player_ids)})."

        form_class = type("ExcludeForm", (ExcludeForm,), {"reach": reach(request, PLACE)})
        question = Question("Exclude a player?", words, "Exclude", dangerous=True)
        return asked(self, request, question=lambda: question, form_class=form_class, perform=perform, back=_list())

    @action(
        description="Exclude a person without an account",
        url_path="place-person",
        icon="person_off",
        permissions=["place"],
    )
    def exclude_person(self, request: HttpRequest) -> HttpResponse:
        """Somebody who asked never to get an account (MT-06)."""
        words = (
            "Nobody with these details opens an account with the brands of the group. The details themselves are not"
            " kept, only marks by which they are known again."
        )

        def perform(form: PersonForm) -> str:
            data = form.cleaned_data
            row = person_exclude(
                details=form.details(), brand_id=data["brand"].pk, length=data["length"],
                contact_note=data["contact_note"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"The person is excluded (no. {row.pk})."

        form_class = type("PersonForm", (PersonForm,), {"reach": reach(request, PLACE)})
        question = Question("Exclude a person without an account?", words, "Exclude", dangerous=True)
        return asked(self, request, question=lambda: question, form_class=form_class, perform=perform, back=_list())


def _list() -> str:
    return reverse("admin:exclusions_exclusion_changelist")
