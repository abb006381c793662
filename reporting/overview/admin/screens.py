"""Screens by the name that addresses carry ("players_player"), and the rows of them that somebody may see."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


def screen_named(name: str) -> Any:
    """The registered screen of a name such as players_player, or None."""
    for model, screen in admin.site._registry.items():
        if f"{model._meta.app_label}_{model._meta.model_name}" == name:
            return screen
    return None


def rows_open_to(request: HttpRequest, name: str) -> QuerySet[Any] | None:
    """The rows of a screen that whoever is signed in may see; None without the right to the screen."""
    screen = screen_named(name)
    return screen.get_queryset(request) if screen is not None and screen.has_view_permission(request) else None
