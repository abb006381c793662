"""OAuth 2.0 as this API takes it: client credentials alone, secrets of `reporting.access`, the client's own scopes."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final
from urllib.parse import unquote_plus

from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes

from reporting.access.enums import SCOPE_TITLES
from reporting.access.models import Client
from reporting.access.selectors.clients import address_fits, secret_fits

# Where the token endpoint tells from where it is asked; no header that is sent can have this name.
ADDRESS: Final = "backoffice.client_address"


class ClientScopes(BaseScopes):  # type: ignore[misc]  # the library has no types
    """What may be asked for: nothing beyond what two people agreed to for the client."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope with its words."""
        return {scope.value: title for scope, title in SCOPE_TITLES.items()}

    def get_available_scopes(self, application: Client | None = None, **_: Any) -> list[str]:
        """Those of the client."""
        return list(application.scopes) if application is not None else []

    def get_default_scopes(self, application: Client | None = None, **_: Any) -> list[str]:
        """All of the client's, where it asks for none by name."""
        return self.get_available_scopes(application)


class ClientValidator(OAuth2Validator):  # type: ignore[misc]  # the library has no types
    """The library's, with two active secrets per client instead of one."""

    def authenticate_client(self, request: Any, *_args: Any, **_kwargs: Any) -> bool:
        """By HTTP Basic, or by client_id and client_secret in the body (RFC 6749 §2.3.1)."""
        client_id, secret = self._given(request)
        if not client_id or not secret or "\0" in client_id + secret:
            return False
        client = self._load_application(client_id, request)
        if client is None or not secret_fits(client, secret):
            return False
        return address_fits(client, request.headers.get(ADDRESS))

    def validate_grant_type(self, _client_id: str, grant_type: str, *_: Any, **__: Any) -> bool:
        """Client credentials, and nothing else."""
        return bool(grant_type == "client_credentials")

    def _given(self, request: Any) -> tuple[str, str]:
        basic = self._extract_basic_auth(request)
        if not basic:
            return str(getattr(request, "client_id", "") or ""), str(getattr(request, "client_secret", "") or "")
        try:
            words = base64.b64decode(basic, validate=True).decode()
        except (binascii.Error, ValueError):
            return "", ""
        client_id, _, secret = words.partition(":")
        return unquote_plus(client_id), unquote_plus(secret)
