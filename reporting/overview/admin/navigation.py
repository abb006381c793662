"""The side bar: by job, only what the person may open, with how much waits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from redis.exceptions import RedisError

from casino.play.enums import RoundState
from common.clock import utc_now
from compliance.approvals.selectors.queue import approvals_waiting_count
from compliance.staff.models import StaffUser
from config.back_office import JOBS, Link
from reporting.overview.admin.screens import rows_open_to, screen_named

BADGE_SECONDS: Final = 15
REPORTS: Final = tuple(
    f"catalogue.view_{family}_reports" for family in ("finance", "games", "players", "compliance", "staff")
)
COUNT_UP_TO: Final = 100


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """unfold's SIDEBAR navigation for whoever is signed in; jobs of which nothing may be opened are left out."""
    counts = badges(request)
    groups = []
    for job, links in JOBS:
        items = [_item(request, link, counts.get(link.name, 0)) for link in links if may_open(request, link)]
        if items:
            groups.append({"title": job, "separator": bool(job), "items": items})
    return groups


def screens_open_to(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Title, icon and address of every screen of the side bar that the person may open."""
    return [
        (link.title, link.icon, _address(link)) for _job, links in JOBS for link in links if may_open(request, link)
    ]


def may_open(request: HttpRequest, link: Link) -> bool:
    """Whether the page behind a link is there, and lets the person in."""
    if not _address(link):
        return False
    if link.permission:
        return bool(request.user.has_perm(link.permission))
    if link.name == "index":
        return True
    if link.name == "catalogue:reports":
        return any(request.user.has_perm(right) for right in REPORTS)
    screen = screen_named(link.name.rsplit("_", 1)[0])
    return screen is not None and bool(screen.has_view_permission(request))


def badges(request: HttpRequest) -> dict[str, int]:
    """How much waits behind a link, up to 100, within the person's reach; 15 seconds old at most."""
    key = f"overview:badges:{request.user.pk}"
    try:
        found: dict[str, int] | None = cache.get(key)
    except RedisError:
        found = None
    if found is None:
        found = {name: count(request) for name, count in _COUNTED.items()}
        with suppress(RedisError):  # slower, not wrong
            cache.set(key, found, BADGE_SECONDS)
    return found


def _waiting_approvals(request: HttpRequest) -> int:
    return approvals_waiting_count(request.user, now=utc_now()) if isinstance(request.user, StaffUser) else 0


def _old_open_rounds(request: HttpRequest) -> int:
    return _count(
        request,
        "play_round",
        state=RoundState.OPEN,
        opened_at__lte=utc_now() - timedelta(hours=1),
        player__is_test=False,
    )


def _significant_today(request: HttpRequest) -> int:
    midnight = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    return _count(request, "audit_auditevent", significant=True, occurred_at__gte=midnight)


_COUNTED: Final[dict[str, Callable[[HttpRequest], int]]] = {
    "approvals_approval_changelist": _waiting_approvals,
    "play_round_open": _old_open_rounds,
    "audit_auditevent_changelist": _significant_today,
}
_MEANS: Final = {
    "approvals_approval_changelist": "waiting for you",
    "play_round_open": "open for over an hour",
    "audit_auditevent_changelist": "significant today",
}


def _count(request: HttpRequest, name: str, **wanted: Any) -> int:
    rows = rows_open_to(request, name)
    return 0 if rows is None else len(rows.filter(**wanted).order_by().values_list("pk", flat=True)[:COUNT_UP_TO])


def _item(request: HttpRequest, link: Link, count: int) -> dict[str, Any]:
    item = {"title": link.title, "icon": link.icon, "link": _address(link), "active": _is_active(request, link)}
    if count:
        item["badge"] = f"{COUNT_UP_TO - 1}+" if count >= COUNT_UP_TO else f"{count}"
        item["badge_variant"] = "warning"
        item["badge_means"] = _MEANS[link.name]
    return item


def _is_active(request: HttpRequest, link: Link) -> bool:
    """Whether the page belongs to this link and to no longer one: "Open rounds" stands below "Rounds"."""
    path, own = request.path, _address(link)
    if link.name == "index" or not path.startswith(own):
        return path == own
    others = (_address(other) for _job, links in JOBS for other in links)
    return not any(path.startswith(other) and len(other) > len(own) for other in others)


def _address(link: Link) -> str:
    try:
        return reverse(link.name if ":" in link.name else f"admin:{link.name}")
    except NoReverseMatch:
        return ""
