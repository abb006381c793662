"""The banner that stands on every page of the back office while anything is stopped."""

from __future__ import annotations

from typing import Any

from django import template

from casino.games.enums import StopScope
from casino.games.selectors.stops import MOST_SHOWN, stops_in_force

register = template.Library()
_NAMED = 3


@register.inclusion_tag("admin/games/stops_banner.html", takes_context=True)
def stops_banner(context: dict[str, Any]) -> dict[str, Any]:
    """What is stopped now, widest first; players are only counted: the banner is read over shoulders."""
    request = context.get("request")
    if request is None or not request.user.is_staff:
        return {"stops": [], "players": 0}
    live = list(stops_in_force().order_by("-pk")[:MOST_SHOWN])
    wide = [stop for scope in StopScope for stop in live if stop.scope == scope and scope is not StopScope.PLAYER]
    return {
        "stops": [(stop, stop.game or stop.provider) for stop in wide[:_NAMED]],
        "others": len(wide[_NAMED:]),
        "players": sum(stop.scope == StopScope.PLAYER for stop in live),
        "many": len(live) == MOST_SHOWN,
        "may_look": request.user.has_perm("games.view_stop"),
    }
