"""The rights that roles are made of, grouped as the role matrix shows them. Pure."""

from __future__ import annotations

from typing import Final

from compliance.staff.roles import REASONS, ROLES

# What a role may be given: whatever a seeded role has, and the reasons of adjustments that none has yet.
OFFERED: Final = tuple(sorted({name for seed in ROLES for name in seed.permissions} | set(REASONS)))

# (title, beginnings of names); the first that fits.
_GROUPS: Final = (
    ("Personal data", ("personal.", "players.reveal_", "players.find_by_", "players.export_")),
    ("Players", ("players.", "compliance.", "accounts.", "gate.", "geo.")),
    ("Breaks & exclusions", ("exclusions.", "register.")),
    ("Jurisdiction policy", ("policy.",)),
    ("Safer gambling", ("harm.",)),
    ("Notes & tags", ("notes.",)),
    ("Stops of play", ("games.stop", "games.resume", "games.review", "games.view_stop")),
    ("Play & evidence", ("play.", "calls.", "jackpots.")),
    ("Providers & games", ("games.", "lobby.")),
    ("Adjustments & reversals", ("wallet.propose_", "wallet.approve_", "wallet.adjust_")),
    ("Money", ("wallet.view_", "wallet.export_transaction")),
    ("Withdrawals", ("withdrawals.",)),
    ("Approvals", ("approvals.",)),
    ("Audit trail & reports", ("audit.", "reporting.", "overview.", "access.", "catalogue.", "definitions.", "facts.")),
    ("People & roles", ("staff.", "signin.", "usersessions.", "mfa.", "account.")),
)
GROUPS: Final = (*(title for title, _beginnings in _GROUPS), "Other")


def group_of(permission: str) -> str:
    """The group of a right in the matrix."""
    return next((title for title, beginnings in _GROUPS if permission.startswith(beginnings)), "Other")
