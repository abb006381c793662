"""The environment, read with types: a wrong value is one line that says what to do, never a traceback."""

import contextlib
import os
import secrets
import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
NEW_PRIVATE_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}
DATABASE_FORM = "postgres://user:password@host:5432/name"
APPLICATION_ROLE = "casino_app"
REDIS_FORM = "redis://:password@host:6379/0"


def stop(message: str) -> NoReturn:
    """Print one line on stderr and end with code 2; `SystemExit` passes through Django, Celery and granian alike."""
    sys.stderr.write(" ".join(message.split()) + "\n")
    raise SystemExit(2)


def env_str(name: str, default: str | None = None) -> str:
    """Text of `name`, stripped; an empty value counts as unset. Stops when unset and without default."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        stop(f"{name} is not set and has no default: set it in the environment.")
    return default


def env_bool(name: str, *, default: bool = False) -> bool:
    """Truth of `name`: 1/0, true/false, yes/no, on/off."""
    word = os.environ.get(name, "").strip().lower()
    if not word:
        return default
    if word not in TRUE_WORDS | FALSE_WORDS:
        stop(f"{name}={word!r} is neither true nor false: write 1 or 0.")
    return word in TRUE_WORDS


def env_int(name: str, default: int | None = None, *, least: int | None = None, most: int | None = None) -> int:
    """Whole number of `name`, within `least` and `most` (both inclusive) when they are given."""
    text = env_str(name, None if default is None else str(default))
    try:
        number = int(text)
    except ValueError:
        stop(f"{name}={text!r} is not a whole number: write digits only, like {name}={default or 1}.")
    if (least is not None and number < least) or (most is not None and number > most):
        bounds = f"at least {least}" if most is None else f"between {least or 0} and {most}"
        stop(f"{name}={number} is out of range: it must be {bounds}.")
    return number


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Comma-separated words of `name`, without blanks."""
    words = [word.strip() for word in os.environ.get(name, "").split(",")]
    return [word for word in words if word] or list(default)


def env_levels(name: str, default: str) -> dict[str, int]:
    """`word=number` pairs of `name`, numbers from 1 to 3."""
    found: dict[str, int] = {}
    for pair in env_str(name, default).split(","):
        word, _, number = pair.strip().partition("=")
        if not word or number not in {"1", "2", "3"}:
            stop(f"{name} holds {pair.strip()!r}: write it like identity=1,identity-and-address=2.")
        found[word] = int(number)
    return found


def env_networks(name: str) -> list[str]:
    """Comma-separated networks of `name` in CIDR form; an address alone is a network of one."""
    words = env_list(name)
    for word in words:
        try:
            ip_network(word)
        except ValueError:
            stop(f"{name} holds {word!r}, which is no network: write it like 10.0.0.0/8, host bits zero.")
    return words


def var_dir() -> Path:
    """The folder of everything a running platform keeps on this machine: `VAR_DIR`, else `var/` in the checkout."""
    return Path(env_str("VAR_DIR", str(BASE_DIR / "var"))).resolve()


def secret_key() -> str:
    """SECRET_KEY; only without DATABASE_URL (development, demonstration) the one that is kept in `var/`."""
    if os.environ.get("SECRET_KEY", "").strip() or os.environ.get("DATABASE_URL", "").strip():
        return env_str("SECRET_KEY")
    return kept_secret_key()


def kept_secret_key() -> str:
    """SECRET_KEY, else one that is made once and kept in `var/`, readable by us alone."""
    if chosen := os.environ.get("SECRET_KEY", "").strip():
        return chosen
    kept = var_dir() / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), os.fdopen(os.open(kept, NEW_PRIVATE_FILE, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text(encoding="utf-8").strip()


def services_file() -> dict[str, str]:
    """What the running development services wrote about themselves; empty when none run."""
    # Imported here, so that a server with DATABASE_URL and REDIS_URL never loads the launcher.
    from common.services.stack import running_services

    return running_services(var_dir())


def database_url() -> str:
    """URL of the login to use: the owner's when DB_AS_OWNER=1 and one is named, else the application's; empty when
    neither the environment nor running services name one."""
    names = ["DATABASE_OWNER_URL", "DATABASE_URL"] if env_bool("DB_AS_OWNER") else ["DATABASE_URL"]
    for name in names:
        if value := os.environ.get(name, "").strip():
            return value
    if os.environ.get("DATABASE_URL", "").strip():
        return os.environ["DATABASE_URL"].strip()
    known = services_file()
    return next((known[name] for name in names if name in known), "")


def database_config() -> dict[str, dict[str, Any]]:
    """Django's DATABASES: one alias, which logs in as the owner when DB_AS_OWNER=1 and as the application otherwise."""
    url = database_url()
    settings = _parsed_database(url) if url else _no_database()
    settings["ENGINE"] = "common.database.backend"
    settings["APPLICATION_ROLE"] = "" if env_bool("DB_AS_OWNER") else APPLICATION_ROLE
    settings["CONN_MAX_AGE"] = env_int("DB_CONN_MAX_AGE", 600, least=0)
    settings.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    if test_name := os.environ.get("TEST_DATABASE_NAME", "").strip():
        settings["TEST"] = {"NAME": test_name}
    return {"default": settings}


def _parsed_database(url: str) -> dict[str, Any]:
    scheme = url.partition("://")[0]
    if scheme not in {"postgres", "postgresql"}:
        stop(f"DATABASE_URL must name a PostgreSQL database, like {DATABASE_FORM}.")
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError):
        stop(f"DATABASE_URL cannot be read: write it like {DATABASE_FORM}, special characters percent-encoded.")
    if not settings.get("NAME"):
        stop(f"DATABASE_URL names no database: write it like {DATABASE_FORM}.")
    return settings


def _no_database() -> dict[str, Any]:
    """Settings load without a database (linters, OpenAPI, static files); the first query says what is missing."""
    return {"NAME": "casino", "USER": "", "PASSWORD": "", "HOST": str(var_dir() / "no-services"), "PORT": ""}


def redis_url() -> str:
    """URL of Redis or Valkey: `REDIS_URL`, else the running development services', else the local default."""
    url = os.environ.get("REDIS_URL", "").strip() or services_file().get("REDIS_URL", "redis://127.0.0.1:6379/0")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        stop(f"REDIS_URL cannot be read: write it like {REDIS_FORM}.")
    if (database := parts.path.strip("/")) and not database.isdigit():
        stop(f"REDIS_URL names database {database!r}, which is not a number: write it like {REDIS_FORM}.")
    return url
