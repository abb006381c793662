from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest

from common.backoffice.books import BookScreen
from common.backoffice.display import instant, tag
from common.scope import HouseWide
from compliance.staff.models import StaffUser

if admin.site.is_registered(Group):
    admin.site.unregister(Group)  # rights come from roles alone


@admin.register(StaffUser)
class StaffUserAdmin(BookScreen[StaffUser]):
    """People of the back office. They are switched off, not deleted: their names stand in histories."""

    scope = HouseWide("People work for the house; what they see of it is told by their grants.")
    list_display = ("username", "full_name", "state", "seen")
    facts = ((None, (("username", "full_name"), ("state", "seen"))),)
    when_empty = "Nobody works here yet: `manage.py staff_first <username>` makes the first administrator."

    @admin.display(description="Name")
    def full_name(self, person: StaffUser) -> str:
        return person.get_full_name() or "–"

    @admin.display(description="State")
    def state(self, person: StaffUser) -> str:
        return tag("Active", "success") if person.is_active else tag("Switched off", "danger")

    @admin.display(description="Last sign-in")
    def seen(self, person: StaffUser) -> str:
        return instant(person.last_login) if person.last_login else "never"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
