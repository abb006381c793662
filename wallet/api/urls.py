from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from wallet.api import inquiry, money, sandbox


class OpaqueConverter(StringConverter):
    """A provider's id as the last segments of a path: any characters, slashes and line breaks included."""

    regex = r"[\s\S]+"


register_converter(OpaqueConverter, "opaque")

urlpatterns = [
    path("auth", inquiry.Auth.as_view(), name="auth"),
    path("balance", inquiry.PlayerBalance.as_view(), name="balance"),
    path("bet", money.Bet.as_view(), name="bet"),
    path("win", money.Win.as_view(), name="win"),
    path("rollback", money.Rollback.as_view(), name="rollback"),
    path("jackpot", money.Jackpot.as_view(), name="jackpot"),
    path("end-round", money.EndRound.as_view(), name="end-round"),
    path("transactions/<opaque:transaction_id>", inquiry.TransactionState.as_view(), name="transaction"),
    path("ping", inquiry.Ping.as_view(), name="ping"),
    path("sandbox/players", sandbox.Players.as_view(), name="sandbox-players"),
    path("sandbox/players/<str:player_id>/launch", sandbox.Launch.as_view(), name="sandbox-launch"),
    path("sandbox/players/<str:player_id>/state", sandbox.State.as_view(), name="sandbox-state"),
    re_path(r"^[\s\S]*$", inquiry.NoSuchCall.as_view(), name="no-such-call"),
]
