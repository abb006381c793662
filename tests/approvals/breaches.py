"""SQL that breaks each promise of approvals (tests/wallet/guards), on the rows of `approvals_of_the_story`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from compliance.approvals.models import ApprovalDecision, ApprovalRule
from compliance.staff.models import StaffUser
from players.models import Player
from tests.approvals.conftest import FourEyes
from tests.staff import staff_member

_SHA = "encode(sha256(convert_to('{}', 'UTF8')), 'hex')"
_APPROVAL = {
    "kind": "'x'", "payload": "'{}'", "payload_sha256": _SHA, "consequences": "'[]'", "state_facts": "'{}'",
    "fingerprint": "''", "maker_id": "%(carol)s", "maker_person": "%(carol_person)s", "maker_roles": "''",
    "reason_code": "''", "reason": "'x'", "ticket": "''", "subject": "''", "jurisdiction": "''",
    "approvals_needed": "1", "created_at": "now()", "expires_at": "now() + interval '1 day'", "state": "'proposed'",
    "result": "''",
}  # fmt: skip
_DECISION = {
    "approval_id": "%(open)s", "staff_id": "%(dora)s", "person": "%(dora_person)s", "roles": "''",
    "verdict": "'approve'", "reason": "'x'", "at": "now()",
}  # fmt: skip
_RULE = {
    "kind": "'adjustment_credit'", "third_person_from": "5", "life_hours": "24", "valid_from": "now()",
    "approval_id": "%(done)s",
}  # fmt: skip


def _insert(table: str, columns: dict[str, str]) -> str:
    return f"INSERT INTO approvals_{table} ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


def _approval(**changes: str) -> str:
    return _insert("approval", _APPROVAL | changes)


def _decision(**changes: str) -> str:
    return _insert("approvaldecision", _DECISION | changes)


def _rule(**changes: str) -> str:
    return _insert("approvalrule", _RULE | changes)


def _move(which: str, state: str, **more: str) -> str:
    columns = {"state": f"'{state}'", "ended_at": "now()"} | more
    return f"UPDATE approvals_approval SET {', '.join(f'{k} = {v}' for k, v in columns.items())} WHERE id = %({which})s"


BY_ANYBODY: dict[str, list[str]] = {
    "approval_opens_as_proposed": [
        _approval(state="'executed'", result="'x'", ended_at="now()"),
        _approval(state="'approved_once'"),
        _approval(state="'x'"),
    ],
    "approval_ended_has_a_moment": [_approval(ended_at="now()")],
    "approval_executed_tells_its_result": [_approval(result="'wallet.transaction:1'")],
    "approval_needs_one_or_two_others": [_approval(approvals_needed="0"), _approval(approvals_needed="3")],
    "approval_expires_after_it_was_made": [_approval(expires_at="now()")],
    "approval_made_by_a_person": [_approval(maker_id="%(nameless)s", maker_person="''")],
    "approval_has_a_reason": [_approval(reason="''")],
    "approval_hash_is_its_payloads": [_approval(payload_sha256="''"), _approval(payload="'{\"a\":1}'")],
    "approval_reason_code_is_its_payloads": [_approval(reason_code="'goodwill'")],
    "maker_is_the_accounts_person": [
        _approval(maker_person="'P-OTHER'"),
        _approval(maker_person="%(dora_person)s"),
        _approval(maker_id="%(dora)s"),
    ],
    "transaction_made_by_one_approval": [
        _move("ready", "executed", result="(SELECT result FROM approvals_approval WHERE id = %(done)s)")
    ],
    "approval_state_moves_forward": [
        _move("done", "rejected"),
        _move("done", "proposed", ended_at="NULL", result="''"),
        _move("done", "executed", result="'wallet.transaction:2'"),
        _move("open", "proposed"),
        _move("open", "paid"),
        "UPDATE approvals_approval SET result = 'x' WHERE id = %(open)s",
        "UPDATE approvals_approval SET ended_at = now() WHERE id = %(done)s",
    ],
    "executed_with_all_its_approvals": [
        _move("open", "executed", result="'x'"),
        _move("high", "executed", result="'x'"),
        _move("open", "approved_once", ended_at="NULL"),
    ],
    "approval_ends_by_a_decision": [
        _move("open", "rejected"),
        _move("open", "withdrawn"),
        _move("open", "expired"),
        _move("ready", "refused_state_changed"),
    ],
    "verdict_known": [_decision(verdict="'maybe'")],
    "decision_has_a_reason": [_decision(reason="''")],
    "decision_is_a_persons_or_the_clocks": [
        _decision(staff_id="%(nameless)s", person="''"),
        _decision(approval_id="%(over)s", verdict="'expire'"),
    ],
    "one_decision_per_person": [_decision(approval_id="%(ready)s"), _decision(approval_id="%(high)s")],
    "decided_while_open": [_decision(approval_id="%(done)s", staff_id="%(erik)s", person="%(erik_person)s")],
    "decided_in_its_time": [
        _decision(at="now() + interval '2 days'"),
        _decision(at="now() - interval '2 days'"),
        _decision(approval_id="%(over)s"),
        _decision(verdict="'expire'", staff_id="NULL", person="''"),
    ],
    "decider_is_the_accounts_person": [
        _decision(person="'P-OTHER'"),
        _decision(staff_id="%(carol)s"),
        _decision(staff_id="NULL", person="''"),
    ],
    "only_the_maker_withdraws": [_decision(verdict="'withdraw'")],
    "maker_never_decides": [
        _decision(staff_id="%(carol)s", person="%(carol_person)s"),
        _decision(staff_id="%(carol_too)s", person="%(carol_person)s"),
        _decision(staff_id="%(carol_too)s", person="%(carol_person)s", verdict="'reject'"),
    ],
    "rule_threshold_not_negative": [_rule(third_person_from="-1")],
    "rule_life_within_a_week": [_rule(life_hours="0"), _rule(life_hours="169")],
    "one_rule_per_kind_and_moment": [_rule(valid_from="(SELECT valid_from FROM approvals_approvalrule)")],
    "personnel_number_is_given_once": [
        "UPDATE staff_staffuser SET personnel_number = 'P-NEW' WHERE id = %(carol)s",
        "UPDATE staff_staffuser SET personnel_number = '' WHERE id = %(carol_too)s",
    ],
    "personnel_number_is_plain": ["UPDATE staff_staffuser SET personnel_number = 'p-7 ' WHERE id = %(nameless)s"],
}
BY_OWNER: dict[str, list[str]] = {
    "approval_keeps_what_was_proposed": [
        f"UPDATE approvals_approval SET {column} = {value} WHERE id = %({which})s"
        for which in ("open", "done")
        for column, value in {
            "payload": "'{}'", "payload_sha256": "''", "kind": "'x'", "maker_id": "%(dora)s", "maker_person": "'P'",
            "reason": "'better'", "reason_code": "'x'", "consequences": "'[]'", "state_facts": "'{}'",
            "fingerprint": "''", "approvals_needed": "1", "expires_at": "now()", "created_at": "now()", "brand_id": "7",
            "jurisdiction": "'GB'", "player_id": "NULL", "subject": "'x'", "ticket": "'x'",
        }.items()
    ],
    "approvals_are_kept_for_ever": ["DELETE FROM approvals_approval WHERE id = %(open)s"],
    "decisions_are_never_edited": [
        "UPDATE approvals_approvaldecision SET verdict = 'reject'",
        "UPDATE approvals_approvaldecision SET reason = 'y'",
        "DELETE FROM approvals_approvaldecision",
    ],
    "approval_rules_are_never_edited": [
        "UPDATE approvals_approvalrule SET third_person_from = NULL",
        "DELETE FROM approvals_approvalrule",
    ],
}  # fmt: skip


def approvals_of_the_story(player: Player) -> dict[str, Any]:
    """One approval in each state that the promises speak of, and the people around them, by name."""
    four = FourEyes(alice=player)
    done = four.propose("1")
    four.approve(done, now=four.now)
    names: dict[str, Any] = {
        "done": done.pk, "open": four.propose("3").pk, "ready": _agreed(four, "4"), "high": _agreed(four, "2000"),
        "over": _over(four),
    }  # fmt: skip
    ApprovalRule.objects.create(kind="adjustment_credit", valid_from=four.now - timedelta(days=9), approval=done)
    too = staff_member("finance", username="carol-too", personnel_number=four.carol.personnel_number)
    nameless = StaffUser.objects.create_user("nameless")
    people = {"carol": four.carol, "carol_too": too, "dora": four.dora, "erik": four.erik, "nameless": nameless}
    names |= {name: person.pk for name, person in people.items()}
    return names | {f"{name}_person": person.personnel_number for name, person in people.items()}


def _agreed(four: FourEyes, amount: str) -> int:
    """Dora agreed, and the state was not moved."""
    approval = four.propose(amount)
    ApprovalDecision.objects.create(
        approval=approval, staff=four.dora, person=four.dora.personnel_number, verdict="approve", reason="ok",
        at=four.now,
    )  # fmt: skip
    return approval.pk


def _over(four: FourEyes) -> int:
    """Its time is over, and nobody has ended it."""
    approval = four.propose("5")
    approval.pk = None
    approval.created_at, approval.expires_at = four.now - timedelta(days=2), four.now - timedelta(days=1)
    approval.save(force_insert=True)
    return approval.pk
