"""/api/player/v1/: each group of calls adds its line."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("players.api.accounts.urls")),
    path("", include("players.api.cashier")),
    path("", include("players.api.exclusions")),
    path("", include("players.api.harm")),
    path("", include("players.api.kyc")),
    path("", include("players.api.limits")),
    path("", include("players.api.play")),
    path("", include("players.api.play_transfers")),
    path("", include("players.api.why")),
    path("", include("players.api.withdrawals")),
]
