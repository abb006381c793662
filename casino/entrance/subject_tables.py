"""What a subject-access export holds, table by table and field by field (GDPR-01).

A list of what goes in, so that nothing else can: reports of suspicion and cases of anti-money-laundering are in none of
these tables (tipping-off), nor is what would show another person: no staff, no other player.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, QuerySet

CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Table:
    """One part of the export: rows of `model` of the player, oldest first, with these fields."""

    name: str
    model: str
    fields: tuple[str, ...]
    owner: str = "player_id"

    def rows(self, player_id: int) -> Iterator[dict[str, Any]]:
        """The rows, read in parts of bounded size whatever their number."""
        model: type[Model] = apps.get_model(self.model)
        found: QuerySet[Model] = model._default_manager.filter(**{self.owner: player_id}).order_by("pk")
        yield from found.values(*self.fields).iterator(chunk_size=CHUNK)


TABLES: Final = (
    Table(
        "deposits", "cashier.Deposit",
        ("reference", "method", "amount", "currency", "fee", "credit", "credit_currency", "state", "created_at",
         "credited_at"),
    ),
    Table(
        "means_of_payment", "cashier.Instrument",
        ("kind", "scheme", "last_four", "expires", "country", "added_at", "last_used_at", "removed_at"),
    ),
    Table("registration", "accounts.Registration", ("outcome", "country", "ip", "attempted_at")),
    Table(
        "consents", "accounts.Consent",
        ("product", "channel", "granted", "text_version", "given_at", "ip", "source"),
    ),
    Table("accepted_terms", "accounts.TermsAcceptance", ("terms__kind", "terms__version", "accepted_at", "ip")),
    Table("devices", "accounts.Device", ("kind", "first_seen_at", "last_seen_at", "last_ip")),
    Table(
        "sign_ins", "accounts.PlayerSession",
        ("public_id", "created_at", "last_seen_at", "ended_at", "end_reason", "ip", "user_agent", "device__kind"),
    ),
    Table("messages", "accounts.Letter", ("kind", "created_at", "sent_at")),
    Table("erasure", "accounts.Erasure", ("state", "requested_at", "delete_after")),
    Table(
        "game_sessions", "play.GameSession",
        ("public_id", "provider__name", "game__name", "mode", "launched_at", "last_seen_at", "ended_at", "end_reason"),
    ),
    Table(
        "rounds", "play.Round",
        ("reference", "provider__name", "game__name", "state", "currency", "staked", "won", "balance_before",
         "balance_after", "opened_at", "closed_at"),
    ),
    Table("restrictions", "compliance.Restriction", ("kind", "starts_at", "ends_at", "reason")),
    Table(
        "limits", "limits.Limit",
        ("owner", "kind", "period", "amount", "currency", "starts_at", "ended_at"),
    ),
    Table(
        "changes_of_limits", "limits.LimitChange",
        ("limit_id", "amount", "state", "asked_at", "effective_from", "confirm_by", "ended_at"),
    ),
    Table(
        "breaks_and_exclusions", "exclusions.Exclusion",
        ("kind", "scope", "length", "starts_at", "ends_at", "over_at", "reason"),
    ),
    Table("register_lookups", "register.RegisterLookup", ("register", "occasion", "outcome", "asked_at")),
    Table("safer_gambling_scores", "harm.Assessment", ("at", "score", "tier", "strong", "findings")),
    Table("safer_gambling_contacts", "harm.Interaction", ("at", "channel", "seen", "done", "answer", "score")),
    Table(
        "identity_checks", "kyc.KycState",
        ("level", "status", "required", "due", "due_since", "deadline", "provider", "changed_at"),
    ),
    Table(
        "documents", "kyc.Document",
        ("kind", "state", "file_name", "file_type", "size", "country", "expires_on", "sent_at", "decided_at",
         "reject_reason"),
    ),
)  # fmt: skip
