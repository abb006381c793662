"""All settings in one file, driven by the environment (README lists every variable)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_stubs_ext

from compliance.audit.history_fields import HISTORY_FIELD, HISTORY_FOREIGN_KEY
from config.back_office import UNFOLD as UNFOLD
from config.env import (
    BASE_DIR,
    database_config,
    env_bool,
    env_int,
    env_levels,
    env_list,
    env_networks,
    env_str,
    redis_url,
    secret_key,
    stop,
    var_dir,
)
from config.exports import *  # noqa: F403 - its names are settings
from config.gateways import gateway_settings
from config.monitoring import *  # noqa: F403 - its names are settings
from config.players import *  # noqa: F403 - its names are settings
from config.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE
from config.sign_in import *  # noqa: F403 - its names are settings
from config.transfers import *  # noqa: F403 - its names are settings

# Django's generic classes take type parameters at run time only after this.
django_stubs_ext.monkeypatch()

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
DEBUG = env_bool("DEBUG", default=False)
SANDBOX = env_bool("SANDBOX", default=False)
if SANDBOX and not DEBUG and not env_bool("SANDBOX_ACKNOWLEDGED", default=False):
    stop("SANDBOX=1 together with DEBUG=0 needs SANDBOX_ACKNOWLEDGED=1: test players must never meet real money.")

DEMO = env_bool("DEMO", default=False)

SECRET_KEY = secret_key()
# Keys at rest (provider secrets) are encrypted with this; rotating SECRET_KEY alone leaves them readable.
FIELD_KEY = env_str("FIELD_KEY", SECRET_KEY)
SEAL_KEY_FILE = env_str("SEAL_KEY_FILE", str(var_dir() / "seal.key"))

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env_networks("TRUSTED_PROXIES")
REQUIRE_HTTPS = env_bool("REQUIRE_HTTPS", default=not DEBUG)
if DEMO and (not SANDBOX or REQUIRE_HTTPS or not set(ALLOWED_HOSTS) <= LOOPBACK):
    stop("DEMO=1 publishes sign-ins: it needs SANDBOX=1 and REQUIRE_HTTPS=0, and ALLOWED_HOSTS of this machine alone.")

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "oauth2_provider",
    "django_filters",
    "django_celery_beat",
    "pgtrigger",
    "pghistory",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "common",
    "compliance.audit",
    "players",
    "players.personal",
    "players.notes",
    "players.accounts",
    "wallet",
    "compliance",
    "compliance.staff",
    "compliance.signin",
    "compliance.approvals",
    "compliance.policy",
    "compliance.harm",
    "compliance.geo",
    "compliance.gate",
    "compliance.limits",
    "compliance.register",
    "compliance.exclusions",
    "casino.entrance",
    "compliance.kyc",
    "casino.games",
    "casino.play",
    "casino.jackpots",
    "casino.lobby",
    "casino.calls",
    "casino.outbox",
    "casino.gateways",
    "casino.routing",
    "casino.cashier",
    "casino.withdrawals",
    "casino.settlements",
    "casino.transfers",
    "casino.reconciliation",
    "affiliates",
    "reporting",
    "reporting.overview",
    "reporting.facts",
    "reporting.definitions",
    "reporting.catalogue",
    "reporting.exports",
    "reporting.dashboards",
    "reporting.monitoring",
    "reporting.access",
]

MIDDLEWARE = [
    "common.http.security_headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compliance.audit.middleware.AuditMiddleware",
    "players.api.kit.lane.PlayerLaneMiddleware",
    "reporting.api.lane.BackOfficeLaneMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "compliance.signin.middleware.availability.AvailabilityMiddleware",
    "compliance.signin.middleware.session_life.SessionLifeMiddleware",
    "compliance.signin.middleware.second_factor.SecondFactorMiddleware",
    "compliance.signin.middleware.networks.NetworksMiddleware",
    "compliance.staff.middleware.RefusedAccessMiddleware",
    "axes.middleware.AxesMiddleware",
    "compliance.signin.middleware.cards.CardNumbersMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "compliance.signin.pages.account_page",
            ]
        },
    }
]

DATABASES = database_config()
# A bet waits this long for its player's row before it answers `busy`.
LOCK_TIMEOUT_MS = env_int("LOCK_TIMEOUT_MS", 2000, least=50)
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = _options.get("options", "") + (
    " -c timezone=UTC"
    if env_bool("DB_AS_OWNER")
    else f" -c timezone=UTC -c lock_timeout={LOCK_TIMEOUT_MS} -c idle_in_transaction_session_timeout=15000"
)
# A database host that vanishes without a word is given up within seconds, not the kernel's quarter of an hour.
_options.setdefault("tcp_user_timeout", 5000)
_options.setdefault("keepalives_idle", 5)
_options.setdefault("keepalives_interval", 2)
_options.setdefault("keepalives_count", 3)
DATABASES["default"]["APPLICATION_ROLE"] = "" if env_bool("DB_AS_OWNER") else "casino_app"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = redis_url()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "staff.StaffUser"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = var_dir() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_COOKIE_SECURE = REQUIRE_HTTPS
CSRF_COOKIE_SECURE = REQUIRE_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# The reporting API's clients (docs/reporting-api.md): one grant, short tokens of which only a hash is kept.
OAUTH2_PROVIDER_APPLICATION_MODEL = "access.Client"
API_TOKEN_SECONDS = env_int("API_TOKEN_SECONDS", 600, least=30, most=3600)
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": API_TOKEN_SECONDS,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "OAUTH2_VALIDATOR_CLASS": "reporting.api.oauth.ClientValidator",
    "SCOPES_BACKEND_CLASS": "reporting.api.oauth.ClientScopes",
    "REQUEST_APPROVAL_PROMPT": "force",
}

# The house
BASE_CURRENCY = env_str("BASE_CURRENCY", "EUR")
FX_MAX_AGE_DAYS = env_int("FX_MAX_AGE_DAYS", 5, least=1)
FX_SOURCE_URL = env_str("FX_SOURCE_URL", "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml")
SESSION_IDLE = timedelta(minutes=env_int("SESSION_IDLE_MINUTES", 30, least=1))
# MaxMind's databases of places and of anonymous addresses; where they are missing, no location is known (docs/gate.md).
LOCATION_CITY_DATABASE = env_str("LOCATION_CITY_DATABASE", "")
LOCATION_ANONYMOUS_DATABASE = env_str("LOCATION_ANONYMOUS_DATABASE", "")
LOCATION_BORDERS = env_str("LOCATION_BORDERS", str(BASE_DIR / "compliance/geo/data/borders.json"))
LAUNCH_TOKEN_LIFE = timedelta(minutes=env_int("LAUNCH_TOKEN_MINUTES", 5, least=1))
# More reveals of personal data by one colleague on one day than this stand out in the report.
REVEALS_PER_DAY_ALARM = env_int("REVEALS_PER_DAY_ALARM", 20, least=1)
# National registers of excluded people: dialect, address and key of each; one without an address is not connected.
REGISTERS = {
    name: ("gamstop", env_str(f"REGISTER_{name.upper()}_URL", ""), env_str(f"REGISTER_{name.upper()}_KEY", ""))
    for name in ("gamstop", "spelpaus", "rofus", "cruks", "oasis", "nj_dge", "simulated")
}
REGISTER_TIMEOUT_MS = env_int("REGISTER_TIMEOUT_MS", 3000, least=50, most=10000)
# Payment gateways: address, time-out and secrets of each; one without an address is not connected.
GATEWAYS = gateway_settings()
# A gateway that did not answer so often in a row is left alone for so long; then one call tries.
GATEWAY_BREAKER_FAILURES = env_int("GATEWAY_BREAKER_FAILURES", 5, least=1, most=100)
GATEWAY_BREAKER_SECONDS = env_int("GATEWAY_BREAKER_SECONDS", 30, least=1, most=3600)

# Documents that players send, encrypted, outside every web root; who scans them (clamd://host:port; empty: nobody).
# Payments (docs/cashier.md): where gateways send their messages, how long a deposit may take, days to answer a dispute.
PAYMENTS_PUBLIC_URL = env_str("PAYMENTS_PUBLIC_URL", "")
DEPOSIT_EXPIRES_MINUTES = env_int("DEPOSIT_EXPIRES_MINUTES", 1440)
CHARGEBACK_EVIDENCE_DAYS = env_int("CHARGEBACK_EVIDENCE_DAYS", 10)
KYC_FILES = env_str("KYC_FILES", str(var_dir() / "kyc"))
# Providers' statements that are put there, a folder per provider; empty: none are looked for (docs/reconciliation.md).
RECONCILIATION_FOLDER = env_str("RECONCILIATION_FOLDER", "")
KYC_SCANNER = env_str("KYC_SCANNER", "")
SUMSUB_URL = env_str("SUMSUB_URL", "https://api.sumsub.com")
SUMSUB_APP_TOKEN = env_str("SUMSUB_APP_TOKEN", "")
SUMSUB_SECRET = env_str("SUMSUB_SECRET", "")
SUMSUB_WEBHOOK_SECRET = env_str("SUMSUB_WEBHOOK_SECRET", "")
# A webhook signed by a weaker algorithm than this is refused.
SUMSUB_WEBHOOK_LEAST = env_str("SUMSUB_WEBHOOK_LEAST", "HMAC_SHA256_HEX")
# Which of our levels (1 identity, 2 and address, 3 and funds) each of Sumsub's proves.
SUMSUB_LEVELS = env_levels("SUMSUB_LEVELS", "identity=1,identity-and-address=2,source-of-funds=3")
CALL_LOG_KEEP_DAYS = env_int("CALL_LOG_KEEP_DAYS", 120, least=30)
CALL_LOG_SPOOL = env_str("CALL_LOG_SPOOL", str(var_dir() / "call-log"))
# Each web process brings its calls to the database this often; 0 leaves it to `manage.py ship_call_log`.
CALL_LOG_SHIP_MS = env_int("CALL_LOG_SHIP_MS", 250, least=0, most=60000)

# Row history (docs/audit.md): its columns are plain and nullable, so that later ones change nothing sealed.
PGHISTORY_FIELD = HISTORY_FIELD
PGHISTORY_FOREIGN_KEY_FIELD = HISTORY_FOREIGN_KEY

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Wallet API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": (
        "The seamless wallet for game providers. Every call but `ping` is signed over the bytes sent, with"
        " four headers; every answer is JSON, errors too. Repeat a money call with the same `transaction_id` until"
        " it is answered: it is carried out once, and the repeat"
        " gets the byte-identical answer with `Idempotent-Replay: true`."
    ),
    "TAGS": [
        {"name": "Wallet", "description": "The calls of the contract."},
        {"name": "Sandbox", "description": "For integrators and certification suites, where SANDBOX=1."},
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/wallet/v1",
    "PREPROCESSING_HOOKS": ["wallet.api.contract.components.wallet_calls_only"],
    "POSTPROCESSING_HOOKS": ["wallet.api.contract.components.components_add"],
}

CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
