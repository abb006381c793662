"""/api/player/v1/: each group of calls adds its line."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from players.api.accounts import ping

urlpatterns: list[URLPattern | URLResolver] = [
    path("ping", ping.Ping.as_view(), name="player-ping"),
]
