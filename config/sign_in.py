"""How people of the back office sign in: allauth, django-axes, sessions, passwords (docs/sign-in.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from config.env import env_int, env_str

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    # Rights come from role grants alone: no backend that reads groups or superusers may stand here.
    "compliance.signin.backends.SignInBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_DJANGO: Final = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": "compliance.signin.validators.LettersAndDigits"},
    {"NAME": "compliance.signin.validators.NotKnownToAttackers"},
    {"NAME": "compliance.signin.validators.NotAFormerPassword"},
]
BREACHED_PASSWORDS_FILE = env_str("BREACHED_PASSWORDS_FILE", "")

# Sessions of staff: both may be made shorter, never longer (SEC-07, SEC-13).
STAFF_SESSION_IDLE = timedelta(minutes=env_int("STAFF_IDLE_MINUTES", 15, least=1, most=15))
STAFF_SESSION_LIFE = timedelta(hours=env_int("STAFF_SESSION_HOURS", 12, least=1, most=12))
STEP_UP_LIFE = timedelta(minutes=5)
STEP_UP_GATE = "compliance.signin.step_up.step_up_demand"
SESSION_COOKIE_NAME = "staff_session"
SESSION_COOKIE_AGE = int(STAFF_SESSION_LIFE.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SERIALIZER = "compliance.signin.closed_sessions.ClosedSerializer"

ACCOUNT_ADAPTER = "compliance.signin.account_adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(STEP_UP_LIFE.total_seconds())
ACCOUNT_LOGIN_TIMEOUT = 300
# Each address, whatever names it tries; a name is locked by django-axes below.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip", "reauthenticate": "20/m/user"}
MFA_ADAPTER = "compliance.signin.factor_adapter.StaffFactorAdapter"
# Recovery codes are ours (hashed); allauth would keep what they are made of.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "compliance.signin.forms.CodeForm",
    "reauthenticate": "compliance.signin.forms.StepUpForm",
}
MFA_TOTP_TOLERANCE = 1

AXES_HANDLER = "compliance.signin.lock.LockHandler"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "compliance.signin.lock.locked_name"
AXES_CLIENT_IP_CALLABLE = "compliance.signin.lock.caller_address"
AXES_LOCKOUT_CALLABLE = "compliance.signin.lock.locked_page"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "credential", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # a name is locked whatever the address (SEC-07); addresses are limited by ACCOUNT_RATE_LIMITS
]
