"""E-mails to players and the addresses in them (docs/player-api.md)."""

from __future__ import annotations

from config.env import env_bool, env_int, env_str, var_dir

# Without a mail server e-mails are files in var/mail, so that a newcomer can read them.
EMAIL_HOST = env_str("EMAIL_HOST", "")
EMAIL_PORT = env_int("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=bool(EMAIL_HOST))
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(var_dir() / "mail")
DEFAULT_FROM_EMAIL = env_str("MAIL_FROM", "no-reply@localhost")

# Where players meet the house: links in e-mails lead there.
PLAYER_SITE_URL = env_str("PLAYER_SITE_URL", "http://127.0.0.1:8000/play").rstrip("/")
DISPOSABLE_DOMAINS_FILE = env_str("DISPOSABLE_DOMAINS_FILE", "")
