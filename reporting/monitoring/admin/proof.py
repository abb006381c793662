from __future__ import annotations

import json
from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest

from common.backoffice.books import BookScreen
from common.backoffice.display import code, instant, span, tag
from common.backoffice.sections import Section
from common.scope import HouseWide
from reporting.monitoring.models import HouseProof, SoftwareCheck
from reporting.monitoring.selectors.verification import verification_of


@admin.register(HouseProof)
class HouseProofAdmin(BookScreen[HouseProof]):
    """Verifications of the whole house, each with its signature (AUD-07)."""

    scope = HouseWide("The whole house is verified.")
    has_time_line = False
    list_display = ("proved", "kind", "sound_tag", "took", "broken")
    when_empty = "The house was never verified: the schedule does so at night, `manage.py prove_house` at once."
    facts = (
        (None, (("proved", "sound_tag"), ("kind", "took"), ("broken",))),
        ("Signature", (("signed_tag", "key_code"), ("signature_code",), ("document_code",))),
    )

    @admin.display(description="Proved")
    def proved(self, proof: HouseProof) -> str:
        return instant(proof.proved_at)

    @admin.display(description="Result")
    def sound_tag(self, proof: HouseProof) -> str:
        return tag("Sound", "success") if proof.sound else tag("BROKEN", "danger")

    @admin.display(description="Took")
    def took(self, proof: HouseProof) -> str:
        return span(proof.took_ms / 1000)

    @admin.display(description="Signature")
    def signed_tag(self, proof: HouseProof) -> str:
        return tag("Holds", "success") if verification_of(proof).signed else tag("DOES NOT HOLD", "danger")

    @admin.display(description="Key")
    def key_code(self, proof: HouseProof) -> str:
        return code(proof.key_id)

    @admin.display(description="Signature, hex")
    def signature_code(self, proof: HouseProof) -> str:
        return code(bytes(proof.signature).hex())

    @admin.display(description="Signed document")
    def document_code(self, proof: HouseProof) -> str:
        return code(proof.document)

    def sections(self, request: HttpRequest, row: HouseProof) -> Sequence[Section]:
        parts = json.loads(row.document)["parts"]
        rows = [
            (
                code(part["name"]), f"{part['rows']:,}",
                tag("BROKEN", "danger") if part["broken"] else tag("kept", "success"), "; ".join(part["broken"]),
            )
            for part in parts
        ]  # fmt: skip
        return (Section("Promises", ("Promise", "Rows", "Result", "Broken"), rows, "Nothing was verified."),)


@admin.register(SoftwareCheck)
class SoftwareCheckAdmin(BookScreen[SoftwareCheck]):
    """What software ran, and what changed (R-22)."""

    scope = HouseWide("The house runs one software.")
    has_time_line = False
    list_display = ("checked", "same_tag", "whole_tag", "digest_code")
    when_empty = "The software was never checked: a worker does so when it starts."
    facts = ((None, (("checked", "digest_code"), ("same_tag", "whole_tag"))),)

    @admin.display(description="Checked")
    def checked(self, check: SoftwareCheck) -> str:
        return instant(check.checked_at)

    @admin.display(description="Digest of everything")
    def digest_code(self, check: SoftwareCheck) -> str:
        return code(check.digest)

    @admin.display(description="Since the check before")
    def same_tag(self, check: SoftwareCheck) -> str:
        return tag("the same", "success") if check.same else tag("changed", "warning")

    @admin.display(description="Installed files")
    def whole_tag(self, check: SoftwareCheck) -> str:
        return tag("as their packages say", "success") if check.whole else tag("ALTERED", "danger")

    def sections(self, request: HttpRequest, row: SoftwareCheck) -> Sequence[Section]:
        changed = [
            (change["component"], code(change["expected"]), code(change["found"]), change["result"])
            for change in row.changes
        ]
        parts = [(name, code(digest)) for name, digest in sorted(row.parts.items())]
        return (
            Section("Changes", ("Component", "Expected", "Found", "Result"), changed, "Nothing changed."),
            Section("Components", ("Component", "Digest"), parts, ""),
        )
