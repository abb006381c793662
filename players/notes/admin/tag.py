from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import tag as label
from common.cards import card_found
from common.clock import utc_now
from common.scope import HouseWide
from players.notes.enums import TagColour
from players.notes.models import Tag
from players.notes.services.tags import tag_change, tag_define


class TagAdminForm(forms.ModelForm[Tag]):
    """A tag; the services refuse the same, and say it here where it can be put right."""

    class Meta:
        model = Tag
        fields = ("name", "colour", "meaning", "retired")

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if card_found(name):
            raise forms.ValidationError("This contains a payment card number.")
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("A tag of this name exists already.")
        return name

    def clean_meaning(self) -> str:
        meaning = str(self.cleaned_data["meaning"])
        if card_found(meaning):
            raise forms.ValidationError("This contains a payment card number.")
        return meaning


@admin.register(Tag)
class TagAdmin(ListScreen[Tag]):
    """The words that staff put on players."""

    scope = HouseWide("A tag is a word of the whole house; whom it is on is told on the player's own page.")
    form = TagAdminForm
    list_display = ("shown", "meaning", "state")
    list_filter = (("colour", ChoicesDropdownFilter),)
    search_fields = ("name",)
    search_help_text = "The beginning of the tag's name."
    ordering = ("name",)
    fields = ("name", "colour", "meaning", "retired")
    when_empty = "No tag yet: add one, then it can be put on players."

    @admin.display(description="Tag")
    def shown(self, row: Tag) -> str:
        return label(row.name, "" if row.colour == TagColour.GREY else row.colour)

    @admin.display(description="State")
    def state(self, row: Tag) -> str:
        return label("Retired") if row.retired else label("In use", "success")

    def find(self, queryset: Any, term: str) -> Any:
        return queryset.filter(name__istartswith=term)

    def get_fields(self, request: HttpRequest, obj: Tag | None = None) -> tuple[str, ...]:
        return ("name", "colour", "meaning") if obj is None else ("name", "colour", "meaning", "retired")

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        data = form.cleaned_data
        facts = {"name": data["name"], "colour": TagColour(data["colour"]), "meaning": data["meaning"]}
        if change:
            retired = bool(data.get("retired", obj.retired))
            saved = tag_change(tag_id=obj.pk, **facts, retired=retired, actor=staff_actor(request), now=utc_now())
        else:
            saved = tag_define(**facts, actor=staff_actor(request), now=utc_now())
        obj.pk = saved.pk
        obj.refresh_from_db()
