from django.urls import path, re_path

from wallet.api import inquiry, money, sandbox

urlpatterns = [
    path("auth", inquiry.Auth.as_view(), name="auth"),
    path("balance", inquiry.PlayerBalance.as_view(), name="balance"),
    path("bet", money.Bet.as_view(), name="bet"),
    path("win", money.Win.as_view(), name="win"),
    path("rollback", money.Rollback.as_view(), name="rollback"),
    path("jackpot", money.Jackpot.as_view(), name="jackpot"),
    path("end-round", money.EndRound.as_view(), name="end-round"),
    path("transactions/<path:transaction_id>", inquiry.TransactionState.as_view(), name="transaction"),
    path("ping", inquiry.Ping.as_view(), name="ping"),
    path("sandbox/players", sandbox.Players.as_view(), name="sandbox-players"),
    path("sandbox/players/<str:player_id>/launch", sandbox.Launch.as_view(), name="sandbox-launch"),
    path("sandbox/players/<str:player_id>/state", sandbox.State.as_view(), name="sandbox-state"),
    re_path(r"^.*$", inquiry.NoSuchCall.as_view(), name="no-such-call"),
]
