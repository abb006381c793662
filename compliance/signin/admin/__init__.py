"""Sessions of colleagues. The libraries' own screens are taken away: one shows what factors are made of."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin

for _model in (EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)

from compliance.signin.admin.staff_session import StaffSessionAdmin  # noqa: E402 - registers in the free place

__all__ = ["StaffSessionAdmin"]
