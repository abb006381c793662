"""Every screen of ours, by its model, for tests that walk them all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse

from common.backoffice.books import BookScreen, ListScreen

OURS = ("players", "wallet", "compliance", "games", "play", "jackpots", "staff")


def screens() -> list[Any]:
    """All registered screens of our apps."""
    return [screen for model, screen in admin.site._registry.items() if model._meta.app_label in OURS]


def books() -> list[Any]:
    """Those that nobody edits."""
    return [screen for screen in screens() if isinstance(screen, BookScreen)]


def lists() -> list[Any]:
    """Those with bounded lists."""
    return [screen for screen in screens() if isinstance(screen, ListScreen)]


def name_of(screen: Any) -> str:
    """`wallet_account`, as in addresses and test ids."""
    return f"{screen.opts.app_label}_{screen.opts.model_name}"


def address(screen: Any, page: str, *args: object) -> str:
    """The address of a screen's page: changelist, add, change, delete, or an action's name."""
    return reverse(f"admin:{name_of(screen)}_{page}", args=args)
