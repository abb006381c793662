"""What to tell a person when a server cannot be reached or is not ready: the variable's name and what to do."""

import os

import psycopg
from django.db import DatabaseError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import AuthenticationError, RedisError

NOT_MIGRATED = {"42P01", "42703", "22023"}  # no such table, no such column, no such role


def explanation(problem: BaseException) -> str | None:
    """One line for trouble that lies outside the program; None for anything that deserves its traceback."""
    if isinstance(problem, DatabaseError) and isinstance(problem.__cause__, psycopg.Error):
        problem = problem.__cause__
    if isinstance(problem, psycopg.OperationalError) and problem.sqlstate is None:
        return _unreachable_database(problem)
    if isinstance(problem, psycopg.Error) and problem.sqlstate in NOT_MIGRATED:
        return f"The database is not up to date ({_first_line(problem)}): run `manage.py migrate`, then try again."
    if isinstance(problem, psycopg.errors.InsufficientPrivilege):
        return (
            f"DATABASE_URL's login may not do this ({_first_line(problem)}): "
            "set DATABASE_OWNER_URL to the login that owns the tables."
        )
    if isinstance(problem, AuthenticationError):
        return f"REDIS_URL: the server refuses the password ({_first_line(problem)}). Correct REDIS_URL."
    if isinstance(problem, RedisError | BrokerError):
        return (
            f"REDIS_URL: no Redis or Valkey answers ({_first_line(problem)}). "
            "Start it, correct REDIS_URL, or unset it to use the bundled Valkey."
        )
    return None


def _unreachable_database(problem: psycopg.OperationalError) -> str:
    if not os.environ.get("DATABASE_URL", "").strip():
        return (
            "DATABASE_URL is not set and no development services run: "
            "start them with `manage.py services`, or set DATABASE_URL."
        )
    name = "DATABASE_OWNER_URL" if _logs_in_as_owner() else "DATABASE_URL"
    return (
        f"{name}: PostgreSQL cannot be used ({_first_line(problem)}). "
        f"Start it, correct {name}, or unset it to use the bundled PostgreSQL."
    )


def _logs_in_as_owner() -> bool:
    return os.environ.get("DB_AS_OWNER") == "1" and bool(os.environ.get("DATABASE_OWNER_URL", "").strip())


def _first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0].rstrip(". ")
