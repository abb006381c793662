"""The guards that the database really has: constraints and unique indexes that we named, triggers, what they raise."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps
from django.db import connection

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "guards.md"
OURS = (
    "accounts", "approvals", "audit", "players", "wallet", "compliance", "games", "play", "jackpots", "calls",
    "staff", "notes", "overview", "personal", "policy", "harm", "signin", "limits", "gate", "geo", "lobby",
    "exclusions", "register",
    "cashier", "kyc", "gateways", "outbox", "routing", "settlements", "transfers", "withdrawals", "reconciliation",
    "facts", "definitions", "catalogue", "exports", "dashboards", "monitoring", "access",
)  # fmt: skip
# Keys, foreign keys and single-column uniques that Django or PostgreSQL name by themselves.
NAMED_BY_MACHINES = re.compile(r"pgtrigger_.*|.*(_pkey|_key|_pk|_not_null|_check|_[0-9a-f]{8}(_uniq|_fk(_.*)?|_like)?)")
CONSTRAINTS = """
    SELECT c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE t.relname = ANY(%s) AND c.contype IN ('c', 'u', 'x')
"""
UNIQUE_INDEXES = """
    SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.relname = ANY(%s) AND x.indisunique
"""
TRIGGERS = """
    SELECT g.tgname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
    WHERE t.relname = ANY(%s) AND NOT g.tgisinternal
    -- They refuse nothing: docs/gate.md and tests/gate have them.
    AND g.tgname NOT LIKE '%%_spoils_the_standing'
"""
RAISED = """
    SELECT DISTINCT found[1] FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
    LATERAL regexp_matches(p.prosrc, 'CONSTRAINT = ''([a-z0-9_]+)''', 'g') found WHERE n.nspname = 'public'
"""


def our_tables() -> list[str]:
    """The tables of our own apps."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    # A model without a table only carries rights.
    there = set(connection.introspection.table_names())
    return sorted({one._meta.db_table for one in models if one._meta.managed or one._meta.db_table in there})


def guards_in_database() -> set[str]:
    """Every guard by the name under which it refuses."""
    tables = our_tables()
    names: set[str] = set()
    with connection.cursor() as cursor:
        for query in (CONSTRAINTS, UNIQUE_INDEXES, TRIGGERS):
            cursor.execute(query, [tables])
            names |= {row[0] for row in cursor.fetchall()}
        cursor.execute(RAISED)
        names |= {row[0] for row in cursor.fetchall()}
    return {name for name in names if not NAMED_BY_MACHINES.fullmatch(name)}


def guards_in_document() -> list[str]:
    """The names in the first column of the tables of docs/guards.md."""
    return re.findall(r"^\| `([a-z0-9_]+)` \|", DOCUMENT.read_text(), re.MULTILINE)
