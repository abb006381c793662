"""Which permissions only look, which change something, and which move money. Pure."""

from __future__ import annotations

from typing import Final

LOOKING: Final = ("view_", "export_")
# A report as a file is looked at too: asked for, waited for, fetched.
FETCHING: Final = frozenset({"request_export", "download_export"})
# Look at more than the screen shows; they change nothing, but they open what is masked.
OPENING: Final = frozenset({"players.reveal_identity", "players.reveal_contact", "players.find_by_personal_data"})
MONEY_STEMS: Final = ("adjustment", "adjust_for", "reversal", "withdrawal")


def changes_something(permission: str) -> bool:
    """Whether the permission lets somebody change, propose, approve, stop or reveal: all but looking and exporting."""
    codename = permission.partition(".")[2]
    return not codename.startswith(LOOKING) and codename not in FETCHING


def moves_money(permission: str) -> bool:
    """Whether the permission has a part in moving a player's money."""
    label, _, codename = permission.partition(".")
    return (
        label in {"wallet", "cashier"}
        and changes_something(permission)
        and any(stem in codename for stem in MONEY_STEMS)
    )


def maker_and_checker(codename: str) -> tuple[str, str] | None:
    """("maker", "reversal") of `propose_reversal`; the kind that a permission proposes or approves."""
    for word, part in (("propose_", "maker"), ("approve_", "checker")):
        if codename.startswith(word):
            kind = codename.removeprefix(word).removesuffix("_credit").removesuffix("_debit")
            return part, kind
    return None
