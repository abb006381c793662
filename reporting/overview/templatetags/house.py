"""What every page and list of the back office carries: the keys, and the filters that a person saved."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from config.back_office import JOBS
from reporting.overview.admin.help_page import KEYS
from reporting.overview.selectors.saved_filters import filters_of
from reporting.overview.services.saved_filters import query_kept

register = template.Library()


@register.inclusion_tag("admin/overview/keys_table.html")
def keys_table() -> dict[str, Any]:
    """The keys and what they do."""
    return {"keys": KEYS}


@register.inclusion_tag("admin/overview/saved_filters.html", takes_context=True)
def saved_filters(context: dict[str, Any]) -> dict[str, Any]:
    """The filters that the person saved for this list, and a way to save what it is narrowed by now."""
    request: HttpRequest = context["request"]
    options = context["cl"].opts
    screen = f"{options.app_label}_{options.model_name}"
    try:
        present = query_kept(request.META.get("QUERY_STRING", "")[:4000])
    except ValueError:  # more parameters than any list has
        present = ""
    address = reverse(f"admin:{screen}_changelist")
    rows = filters_of(staff_id=int(request.user.pk or 0), screen=screen)
    kept = [
        {"id": row.pk, "name": row.name, "address": f"{address}?{row.query}", "chosen": row.query == present}
        for row in rows
    ]
    return {
        "screen": screen,
        "kept": kept,
        "present": "" if any(one["chosen"] for one in kept) else present,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.filter
def shortcut_of(address: str) -> str:
    """The name by which keys.js finds a link of the side bar, after the key g."""
    names = {
        "dashboard": "admin:index",
        "players": "admin:players_player_changelist",
        "rounds": "admin:play_round_changelist",
        "approvals": "admin:approvals_approval_changelist",
    }
    return next((word for word, name in names.items() if str(address) == reverse(name)), "")


@register.filter
def house_title(part: dict[str, Any]) -> str:
    """What a step of a page's heading is called: a list as in the side bar."""
    return _titles().get(str(part.get("link", "")), str(part["title"]))


@register.filter
def list_title(changelist: Any) -> str:
    """What a list is called in the browser's title, the same."""
    options = changelist.opts
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return _titles().get(address, str(changelist.title))


@cache
def _titles() -> dict[str, str]:
    lists = [link for _job, links in JOBS for link in links if link.name.endswith("_changelist")]
    return {reverse(f"admin:{link.name}"): link.title for link in lists}
