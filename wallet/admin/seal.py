from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from common.backoffice.books import BookScreen
from common.backoffice.display import age, code, instant
from common.clock import utc_now
from common.scope import HouseWide
from wallet.models import Seal


@admin.register(Seal)
class SealAdmin(BookScreen[Seal]):
    """Signed blocks over the books. `manage.py verify_ledger` and the stand-alone verifier prove them."""

    scope = HouseWide("A seal signs the books of all brands and tells nothing of any.")
    list_display = ("block", "rows", "range", "short_hash", "key_id", "sealed", "how_old")
    search_fields = ("number",)
    search_help_text = "Number of the block."
    when_empty = "Nothing is sealed yet: run `manage.py seal_ledger`, or start the scheduler, which does it regularly."
    facts = (
        (None, (("block", "rows"), ("range", "key_id"), ("sealed", "how_old"))),
        ("Chain", ("previous", "content", "own", "signed")),
    )

    @admin.display(description="Block")
    def block(self, seal: Seal) -> str:
        return f"{seal.pk}"

    @admin.display(description="Rows")
    def rows(self, seal: Seal) -> str:
        return f"{seal.row_count:,}"

    @admin.display(description="Commit order")
    def range(self, seal: Seal) -> str:
        return f"{seal.from_order:,} up to, not with, {seal.to_order:,}"

    @admin.display(description="Hash")
    def short_hash(self, seal: Seal) -> str:
        return code(bytes(seal.block_hash).hex()[:16])

    @admin.display(description="Sealed")
    def sealed(self, seal: Seal) -> str:
        return instant(seal.sealed_at)

    @admin.display(description="Age")
    def how_old(self, seal: Seal) -> str:
        return age(seal.sealed_at, utc_now())

    @admin.display(description="Previous block")
    def previous(self, seal: Seal) -> str:
        return code(bytes(seal.previous_hash).hex())

    @admin.display(description="Content")
    def content(self, seal: Seal) -> str:
        return code(bytes(seal.content_hash).hex())

    @admin.display(description="This block")
    def own(self, seal: Seal) -> str:
        return code(bytes(seal.block_hash).hex())

    @admin.display(description="Ed25519 signature")
    def signed(self, seal: Seal) -> str:
        return code(bytes(seal.signature).hex())

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return (
            queryset.filter(pk=int(term)) if term.isascii() and term.isdigit() and len(term) < 18 else queryset.none()
        )
