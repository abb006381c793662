"""Calls of accounts."""

from __future__ import annotations

from django.urls import path

from players.api.accounts import entrance, money, own, ping, proofs, rights

urlpatterns = [
    path("ping", ping.Ping.as_view(), name="player-ping"),
    path("brands/<slug:brand>/terms", entrance.Terms.as_view(), name="player-terms"),
    path("register", entrance.Register.as_view(), name="player-register"),
    path("sign-in", entrance.SignIn.as_view(), name="player-sign-in"),
    path("reauthenticate", entrance.Reauthenticate.as_view(), name="player-reauthenticate"),
    path("sign-out", entrance.SignOut.as_view(), name="player-sign-out"),
    path("email/verify", proofs.EmailVerified.as_view(), name="player-email-verify"),
    path("email/send-again", proofs.EmailAskedAgain.as_view(), name="player-email-again"),
    path("password/forgotten", proofs.ResetAsked.as_view(), name="player-password-forgotten"),
    path("password/reset", proofs.ResetDone.as_view(), name="player-password-reset"),
    path("password/change", proofs.PasswordChanged.as_view(), name="player-password-change"),
    path("second-factor", proofs.Factor.as_view(), name="player-factor"),
    path("second-factor/remove", proofs.FactorRemoved.as_view(), name="player-factor-remove"),
    path("account", own.Account.as_view(), name="player-account"),
    path("sessions", own.Sessions.as_view(), name="player-sessions"),
    path("sessions/<str:session_id>", own.SessionEnded.as_view(), name="player-session"),
    path("devices", own.Devices.as_view(), name="player-devices"),
    path("consents", own.Consents.as_view(), name="player-consents"),
    path("terms", own.TermsDue.as_view(), name="player-terms-due"),
    path("details", rights.Details.as_view(), name="player-details"),
    path("account/close", rights.Close.as_view(), name="player-close"),
    path("account/export", rights.Export.as_view(), name="player-export"),
    path("account/erase", rights.Erase.as_view(), name="player-erase"),
    path("statement", money.Statement.as_view(), name="player-statement"),
    path("statement/<int:account_id>/lines", money.StatementLines.as_view(), name="player-statement-lines"),
    path("rounds", money.Rounds.as_view(), name="player-rounds"),
    path("net-deposits", money.NetDeposits.as_view(), name="player-net-deposits"),
    path("session/position", money.Position.as_view(), name="player-position"),
]
