"""How allauth's second-factor pages behave in this house."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from common.field_secrets import secret_close, secret_open

ISSUER = "Casino back office"


class StaffFactorAdapter(DefaultMFAAdapter):
    """Secrets at rest are encrypted with FIELD_KEY; the last factor stays."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or it was used already. Wait for the next one.",
        "cannot_delete_authenticator": "This is your only second factor: add another one first.",
    }

    def get_totp_issuer(self) -> str:
        """What authenticator apps show above the code."""
        return ISSUER

    def get_totp_label(self, user: Any) -> str:
        """The sign-in name: people may have no e-mail address."""
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        """A TOTP secret for the database."""
        return secret_close(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A TOTP secret out of the database."""
        return secret_open(encrypted_text.encode())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A person keeps at least one factor; only a reset under four eyes takes the last."""
        return Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name
        """A first name for a passkey; people write their own."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if count == 0 else f"Passkey {count + 1}"

    def _get_site_name(self) -> str:
        return ISSUER
