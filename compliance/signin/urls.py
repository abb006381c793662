"""The account pages that people of the back office have; allauth's others (sign-up, mail, phone) do not exist here.

The names are allauth's, which its own pages use.
"""

from allauth.account.views import login, reauthenticate
from allauth.mfa.base.views import authenticate
from allauth.mfa.base.views import reauthenticate as reauthenticate_by_code
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView

from compliance.signin.step_up import step_up_required
from compliance.signin.views import entrance, factors, invitation, password, recovery, sessions

urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("invitation/<str:token>/", invitation.invitation, name="staff_invitation"),
    path("sign-out/", entrance.SignOut.as_view(extra_context={"title": "Sign out"}), name="account_logout"),
    path("confirm/password/", reauthenticate, name="account_reauthenticate"),
    path(
        "password/",
        login_required(step_up_required(password.PasswordChange.as_view(extra_context={"title": "Password"}))),
        name="account_change_password",
    ),
    path("sessions/", login_required(sessions.own_sessions), name="usersessions_list"),
    path("second-factor/", factors.Factors.as_view(extra_context={"title": "Second factor"}), name="mfa_index"),
    path("second-factor/code/", authenticate, name="mfa_authenticate"),
    path("confirm/code/", reauthenticate_by_code, name="mfa_reauthenticate"),
    path(
        "second-factor/app/add/",
        login_required(factors.TotpAdd.as_view(extra_context={"title": "Add an authenticator app"})),
        name="mfa_activate_totp",
    ),
    path(
        "second-factor/app/remove/",
        factors.TotpRemove.as_view(extra_context={"title": "Remove the authenticator app"}),
        name="mfa_deactivate_totp",
    ),
    path("second-factor/recovery-codes/", login_required(recovery.recovery_codes), name="mfa_view_recovery_codes"),
    path("second-factor/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path(
        "second-factor/passkeys/add/",
        login_required(factors.PasskeyAdd.as_view(extra_context={"title": "Add a passkey"})),
        name="mfa_add_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/rename/",
        login_required(factors.PasskeyRename.as_view(extra_context={"title": "Rename a passkey"})),
        name="mfa_edit_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        login_required(factors.PasskeyRemove.as_view(extra_context={"title": "Remove a passkey"})),
        name="mfa_remove_webauthn",
    ),
    path("confirm/passkey/", factors.PasskeyStepUp.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sign-in/passkey/", factors.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
]
