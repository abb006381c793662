"""Settings of exports: where packages lie, how long, and from which size on a second person approves."""

import tomllib

from config.env import BASE_DIR, env_int, env_str, var_dir

# Whose reports these are, as every header says (G-72).
OPERATOR_NAME = env_str("OPERATOR_NAME", "Casino operator")
SOFTWARE_VERSION = str(tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
# Web servers and workers both need it: packages are written here and fetched from here.
EXPORT_FILES = env_str("EXPORT_FILES", str(var_dir() / "exports"))
# Where schedules put packages that are not sent by e-mail; empty: no such delivery.
EXPORT_FOLDER = env_str("EXPORT_FOLDER", "")
EXPORT_APPROVAL_ROWS = env_int("EXPORT_APPROVAL_ROWS", 100_000, least=1, most=10**9)
EXPORT_KEEP_DAYS = env_int("EXPORT_KEEP_DAYS", 7, least=1, most=365)
# The address of the back office in e-mails, such as https://backoffice.example.org.
BACK_OFFICE_URL = env_str("BACK_OFFICE_URL", "http://localhost:8000").rstrip("/")
