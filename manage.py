#!/usr/bin/env python3
"""Every command of the platform: `manage.py help`. Without DATABASE_URL it starts PostgreSQL and Valkey by itself."""

import os
import shutil
import sys

# These change tables or roles, so they log in as the owner; everything else works as the application's own role.
OWNER_COMMANDS = {
    "migrate",
    "rebase_commit_order",
    "makemigrations",
    "showmigrations",
    "flush",
    "sqlflush",
    "test",
    "dbshell",
}
# These need no database, or (demo, services) bring up the services themselves.
COMMANDS_WITHOUT_SERVICES = {
    "help", "--help", "-h", "version", "--version", "check", "spectacular", "collectstatic", "findstatic", "demo",
    "demo_code", "services", "diffsettings", "makemessages", "compilemessages", "startapp", "startproject",
}  # fmt: skip


def main(arguments: list[str]) -> None:
    """Run one command; what is wrong outside of us (environment, servers) is one line and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in OWNER_COMMANDS:
        os.environ.setdefault("DB_AS_OWNER", "1")
    try:
        from config import env
    except ImportError as problem:
        sys.exit(f"{problem}: the environment is not complete. Run `make env`, then .venv/bin/python manage.py.")
    if command in {"demo", "demo_code"}:
        # Also with a database of one's own: the demonstration runs without any setting.
        os.environ["SECRET_KEY"] = env.kept_secret_key()
    if command not in COMMANDS_WITHOUT_SERVICES:
        _provide_services()
    if command == "dbshell":
        _provide_psql()
    from django.core.management import execute_from_command_line

    from compliance.audit.context import command as surrounded_by_command
    from config.refusals import explanation

    try:
        with surrounded_by_command(command.strip("-") or "help"):
            execute_from_command_line(arguments)
    except Exception as problem:
        if os.environ.get("TRACEBACK") or (line := explanation(problem)) is None:
            raise
        env.stop(line)
    except KeyboardInterrupt:
        sys.exit(130)


def _provide_services() -> None:
    if os.environ.get("DATABASE_URL", "").strip() and os.environ.get("REDIS_URL", "").strip():
        return
    from common.services.errors import ServicesError
    from common.services.stack import provide_services
    from config import env

    if not os.environ.get("DATABASE_URL", "").strip():
        # Before DATABASE_URL is filled in: with a database of one's own the key is one's own, too.
        os.environ["SECRET_KEY"] = env.secret_key()
    try:
        provide_services(env.var_dir())
    except ServicesError as problem:
        env.stop(str(problem))


def _provide_psql() -> None:
    from common.services.binaries import bundled_postgres_bin

    if shutil.which("psql") is None and (bundled := bundled_postgres_bin()):
        os.environ["PATH"] = f"{os.environ.get('PATH', '')}{os.pathsep}{bundled}"


if __name__ == "__main__":
    main(sys.argv)
