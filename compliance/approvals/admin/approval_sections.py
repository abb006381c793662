"""The tables of an approval's page: what is to be done, what it changes, on what it was computed, who decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from common.backoffice.display import NOTHING, code, instant, tag
from common.backoffice.sections import Section
from common.errors import Refusal
from compliance.approvals.enums import Verdict
from compliance.approvals.fingerprint import payload_read
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kind_get
from compliance.approvals.selectors.standing import state_standing
from compliance.approvals.types import Consequence, State

VERDICT_VARIANT = {
    Verdict.APPROVE: "success", Verdict.REJECT: "danger", Verdict.WITHDRAW: "", Verdict.EXPIRE: "",
    Verdict.REFUSE: "warning",
}  # fmt: skip


def consequence_rows(lines: Iterable[Consequence]) -> list[tuple[object, ...]]:
    """What, now, afterwards, and whether to look twice."""
    return [(line.name, line.before, line.after, tag("Look twice", "warning") if line.alarm else "") for line in lines]


def payload_section(approval: Approval) -> Section:
    """The payload as facts, with its bytes and their hash."""
    payload = payload_read(approval.payload)
    try:
        facts: list[tuple[object, ...]] = list(approval_kind_get(approval.kind).facts(payload))
    except Refusal as refusal:  # the kind, or what it speaks of, is no more: the bytes remain
        facts = [("Not readable any more", refusal.message)]
    return Section(
        "What is to be done",
        ("Fact", "Value"),
        [*facts, ("As it is carried out", code(approval.payload)), ("SHA-256 of that", code(approval.payload_sha256))],
        empty="",
    )


def consequences_section(approval: Approval) -> Section:
    """What the maker was shown."""
    lines = [Consequence(**line) for line in approval.consequences]
    return Section(
        "What it changes, as computed when it was proposed",
        ("What", "Before", "Afterwards", ""),
        consequence_rows(lines),
        empty="Nothing was computed.",
    )


def state_now(approval: Approval, now: datetime) -> State | None:
    """The facts as they stand now, or None when they can not be read any more."""
    try:
        return state_standing(approval_kind_get(approval.kind), payload_read(approval.payload), now)
    except Refusal:
        return None


def state_section(approval: Approval, standing: State) -> Section:
    """The facts it was computed on, then and now."""
    names = [*standing, *(name for name in approval.state_facts if name not in standing)]
    rows = []
    for name in names:
        before, after = approval.state_facts.get(name, NOTHING), standing.get(name, NOTHING)
        rows.append((name, before, after, "" if before == after else tag("Changed", "danger")))
    return Section("The state it was computed on", ("What", "Then", "Now", ""), rows, empty="")


def decisions_section(approval: Approval) -> Section:
    """Every decision, the first one first."""
    rows = [
        (
            instant(decision.at),
            str(decision.staff) if decision.staff else "the clock",
            decision.roles or NOTHING,
            tag(decision.get_verdict_display(), VERDICT_VARIANT[Verdict(decision.verdict)]),
            decision.reason,
        )
        for decision in approval.decisions.select_related("staff").order_by("pk")
    ]
    needed = "one other person" if approval.approvals_needed == 1 else "two other people"
    return Section(
        "Decisions",
        ("Time", "Who", "Roles then", "Verdict", "Why"),
        rows,
        empty=f"Nobody has decided yet. It needs {needed} with the right to approve.",
    )
