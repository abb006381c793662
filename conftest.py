"""Before Django loads: real PostgreSQL and Valkey for the tests, and a database per run, so that runs do not meet."""

import importlib
import os
import sys
import tempfile
from pathlib import Path

import django
import psycopg
import redis
from django.conf import settings

from common.services.errors import ServicesError
from common.services.stack import provide_services
from config.env import var_dir

pytest_plugins = ["tests.database_roles", "tests.servers", "tests.wallet.api.house", "tests.browser.harness"]

VALKEY_DATABASES = 480
# Calls that tests record stay out of var/, and no thread holds the test database open: tests ship for themselves.
CALL_LOG = tempfile.TemporaryDirectory(prefix="casino-call-log-")
DOCUMENTS = tempfile.TemporaryDirectory(prefix="casino-kyc-")


def drop_databases_of_dead_runs(owner_url: str) -> None:
    """A run that was killed leaves its database behind; its name tells the process that made it."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_casino\\_%'").fetchall()
        for (name,) in rows:
            process = name.removeprefix("test_casino_").partition("_")[0]
            if not process.isdigit() or not Path(f"/proc/{process}").exists():
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def prepare_environment() -> None:
    """URLs of the servers to use, and settings that tests rely on."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ |= {"DEBUG": "1", "REQUIRE_HTTPS": "0", "SANDBOX": "1", "SECRET_KEY": "only-for-tests"}
    os.environ |= {"CALL_LOG_SPOOL": CALL_LOG.name, "CALL_LOG_SHIP_MS": "0"}
    os.environ |= {"KYC_FILES": DOCUMENTS.name}
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if "-n" in sys.argv and not worker:
        return  # it runs no test itself
    if "--reuse-db" not in sys.argv:
        os.environ.setdefault("TEST_DATABASE_NAME", f"test_casino_{os.getpid()}")
    try:
        # Each worker has servers of its own: who waits until all transactions have ended waits for no other worker's.
        services = provide_services(var_dir() / worker)
    except ServicesError as problem:
        sys.exit(str(problem))
    if os.environ.get("DATABASE_OWNER_URL") == services.get("DATABASE_OWNER_URL", "-") and sys.platform == "linux":
        drop_databases_of_dead_runs(os.environ["DATABASE_OWNER_URL"])
    if os.environ["REDIS_URL"] == services.get("REDIS_URL"):
        server = os.environ["REDIS_URL"].rpartition("/")[0]
        os.environ["REDIS_URL"] = f"{server}/{1 + os.getpid() % VALKEY_DATABASES}"
        redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()


prepare_environment()
# pytest-django looks for settings before this file is read, so it leaves this to us.
django.setup()
if "-n" in sys.argv and "PYTEST_XDIST_WORKER" not in os.environ:
    # A worker that inherits this reads the settings before it has a Valkey database of its own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
# People are made for most tests; the real hash alone would take minutes of the run.
settings.PASSWORD_HASHERS = ["tests.hasher.QuickArgon2", *settings.PASSWORD_HASHERS[1:]]
# A machine that runs tests may be slow to answer; what is not counted would not be limited.
importlib.import_module("players.api.kit.throttle").__dict__["SECONDS"] = 5.0
