"""Who may sign in by name and password."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from compliance.staff.backends import RoleBackend


class SignInBackend(AuthenticationBackend, RoleBackend):
    """Proves names and passwords as allauth does; what people may do is answered by their roles.

    A service account (`is_staff` off) and somebody switched off get the answer of a wrong password.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """People who work here; also asked for every request of a running session."""
        return bool(user is not None and user.is_active and user.is_staff)

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        """allauth would lead somebody switched off to a page that says so, and so that the password is right."""
        return None
