from django.db import models
from django.db.models import F, Q

from compliance.approvals.enums import OPEN_STATES, ApprovalState


class Approval(models.Model):
    """One action that a maker proposed and others decide: frozen payload, its hash, what it would change, and the end.

    Everything but `state`, `ended_at` and `result` stays as it was proposed; the database sees to it (docs/guards.md).
    """

    kind = models.CharField(max_length=40, help_text="Which sort of action (compliance.approvals.registry).")
    payload = models.TextField(help_text="What is to be done, as canonical JSON: carried out as it stands here.")
    payload_sha256 = models.CharField(max_length=64)
    consequences = models.JSONField(help_text="What the maker was shown: name, before, after.")
    state_facts = models.JSONField(help_text="The facts on which that was computed, by name.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the facts.")
    maker = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+")
    maker_person = models.CharField(max_length=40, help_text="The maker's personnel number.")
    maker_roles = models.CharField(max_length=300, help_text="Codes of the roles by which the maker proposed it.")
    reason_code = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=500)
    ticket = models.CharField(max_length=100, blank=True, default="")
    subject = models.CharField(max_length=120, help_text="What it is about, such as players.player:12.")
    brand = models.ForeignKey("players.Brand", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.CharField(max_length=8, blank=True, default="")
    player = models.ForeignKey("players.Player", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approvals_needed = models.PositiveSmallIntegerField(help_text="1, or 2 where a third person is needed.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=24, choices=ApprovalState.choices, default=ApprovalState.PROPOSED)
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=120, blank=True, default="", help_text="What was made of it.")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("view_every_approval", "Can view approvals that one neither proposes nor decides"),
            ("propose_rule", "Can propose when a third person is needed and how long approvals stand"),
            ("approve_rule", "Can approve when a third person is needed and how long approvals stand"),
        ]
        constraints = [
            models.CheckConstraint(name="approval_needs_one_or_two_others", condition=Q(approvals_needed__in=[1, 2])),
            models.CheckConstraint(
                name="approval_expires_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="approval_ended_has_a_moment",
                condition=Q(state__in=OPEN_STATES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="approval_executed_tells_its_result",
                condition=(Q(state=ApprovalState.EXECUTED) & ~Q(result=""))
                | (~Q(state=ApprovalState.EXECUTED) & Q(result="")),
            ),
            models.CheckConstraint(name="approval_made_by_a_person", condition=~Q(maker_person="")),
            models.CheckConstraint(name="approval_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="transaction_made_by_one_approval",
                fields=["result"],
                condition=Q(result__startswith="wallet.transaction:"),
            ),
        ]
        indexes = [
            models.Index(name="approval_waiting", fields=["created_at"], condition=Q(state__in=OPEN_STATES)),
            models.Index(name="approval_of_player", fields=["player"], condition=Q(player__isnull=False)),
            models.Index(name="approval_of_subject", fields=["subject"]),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk}"
