from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from common.backoffice.display import instant, tag
from compliance.staff.models import StaffUser

if TYPE_CHECKING:
    _UserScreen = DjangoUserAdmin[StaffUser]
    _GroupScreen = DjangoGroupAdmin
else:
    from unfold.admin import ModelAdmin

    class _UserScreen(DjangoUserAdmin, ModelAdmin):
        """Django's user screen in unfold's look."""

    class _GroupScreen(DjangoGroupAdmin, ModelAdmin):
        """Django's group screen in unfold's look."""


admin.site.unregister(Group)


@admin.register(StaffUser)
class StaffUserAdmin(_UserScreen):
    """People of the back office. They are switched off, not deleted: their names stand in histories."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "state", "rights", "seen")
    list_filter = ()
    list_fullwidth = True

    @admin.display(description="Name")
    def full_name(self, person: StaffUser) -> str:
        return person.get_full_name() or "–"

    @admin.display(description="State")
    def state(self, person: StaffUser) -> str:
        return tag("Active", "success") if person.is_active else tag("Switched off", "danger")

    @admin.display(description="Rights")
    def rights(self, person: StaffUser) -> str:
        return tag("Everything", "warning") if person.is_superuser else tag("By group")

    @admin.display(description="Last sign-in")
    def seen(self, person: StaffUser) -> str:
        return instant(person.last_login) if person.last_login else "never"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(_GroupScreen):
    """Sets of permissions."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
