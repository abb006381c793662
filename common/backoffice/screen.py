"""unfold's ModelAdmin with the types of Django's: unfold itself carries none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Screen
    from django.contrib.admin.views.main import ChangeList as UnfoldChangeList
else:
    from unfold.admin import ModelAdmin as Screen
    from unfold.views import ChangeList as UnfoldChangeList

__all__ = ["Row", "Screen", "UnfoldChangeList"]
