"""What a player's page shows of the account: how they sign in, by which devices, what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from common.backoffice.display import instant, record_link, tag
from common.backoffice.sections import Section
from players.accounts.models import Consent, Credential, TermsAcceptance
from players.accounts.selectors.devices import devices_of
from players.accounts.selectors.sessions import sessions_of
from players.models import Player

SHOWN = 10


def account_sections(player: Player) -> Sequence[Section]:
    """Four tables; each needs its own right to be seen."""
    return (_credential(player), _sessions(player), _devices(player), _agreed(player))


def _credential(player: Player) -> Section:
    rows = [
        (
            tag("Confirmed", "success") if kept.email_verified_at else tag("Not confirmed", "warning"),
            instant(kept.password_changed_at),
            f"since {instant(kept.totp_confirmed_at)}" if kept.totp_confirmed_at else "none",
        )
        for kept in Credential.objects.filter(player=player)
    ]
    return Section(
        "Sign-in", ("E-mail address", "Password chosen", "Authenticator app"), rows,
        empty="This player was not opened by the registration flow.", permission="accounts.view_credential",
    )  # fmt: skip


def _sessions(player: Player) -> Section:
    rows = [
        (
            record_link("accounts.playersession", session.pk, session.public_id),
            session.get_end_reason_display() if session.ended_at else tag("Goes on", "success"),
            instant(session.created_at),
            instant(session.last_seen_at),
            session.device.kind,
            session.ip or "–",
        )
        for session in sessions_of(player.pk).order_by("-pk")[:SHOWN]
    ]
    everything = reverse("admin:accounts_playersession_changelist") + "?" + urlencode({"q": player.public_id})
    return Section(
        "Sign-ins of the player", ("Sign-in", "State", "Began", "Last seen", "Device", "Address"), rows,
        empty="Never signed in.", links=[("All of them", everything)], permission="accounts.view_playersession",
    )  # fmt: skip


def _devices(player: Player) -> Section:
    rows = [
        (device.kind, instant(device.first_seen_at), instant(device.last_seen_at), device.last_ip or "–")
        for device in devices_of(player.pk)[:SHOWN]
    ]
    return Section(
        "Devices", ("Device", "First seen", "Last seen", "Address"), rows, empty="None yet.",
        permission="accounts.view_device",
    )  # fmt: skip


def _agreed(player: Player) -> Section:
    terms = TermsAcceptance.objects.filter(player=player).select_related("terms").order_by("-pk")[:SHOWN]
    rows = [
        (f"{row.terms.get_kind_display()} {row.terms.version}", "accepted", instant(row.accepted_at)) for row in terms
    ]
    newest = Consent.objects.filter(player=player).order_by("product", "channel", "-pk").distinct("product", "channel")
    rows += [
        (
            f"Marketing of {row.get_product_display().lower()} by {row.get_channel_display()}",
            "allowed" if row.granted else "not allowed",
            instant(row.given_at),
        )
        for row in newest
    ]
    return Section(
        "Terms and consents", ("What", "Answer", "At"), rows, empty="Nothing was accepted: nothing may be sent.",
        permission="accounts.view_consent",
    )  # fmt: skip
