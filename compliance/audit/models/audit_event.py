from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from common.commit_order import CommitOrder
from compliance.audit.enums import Outcome, Severity


class AuditEvent(models.Model):
    """One thing that somebody did, or that was refused to him (AUD-01). Written by `audit_record` alone, never edited.

    Names no other table by foreign key: the trail stands beneath all of them and outlives their rows.
    """

    name = models.CharField(max_length=100, help_text="Three parts, from the closed list of compliance.audit.names.")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    significant = models.BooleanField(help_text="Of the regulator's list of significant events.")
    occurred_at = models.DateTimeField(help_text="When it happened, as the caller says.")
    recorded_at = models.DateTimeField(db_default=Now(), help_text="When the database wrote it down.")
    actor = models.CharField(max_length=100, help_text="Who did it, such as staff:7, system:seal_ledger, player:12.")
    roles = ArrayField(models.CharField(max_length=40), default=list, help_text="The actor's roles at that moment.")
    on_behalf_of = models.CharField(max_length=100, default="", help_text="For whom, when for somebody else.")
    brand_id = models.BigIntegerField(null=True)
    player_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=150, help_text="What it was done to: players.player:12.")
    before = models.JSONField(null=True, help_text="Declared fields before; amounts as text, instants in UTC.")
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=1000, default="")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    request_id = models.CharField(max_length=64, default="")
    ip = models.GenericIPAddressField(null=True)
    session = models.CharField(max_length=32, default="", help_text="Digest of the session's key.")
    approval = models.CharField(max_length=100, default="", help_text="The four-eyes approval it rests on.")
    commit_order = models.BigIntegerField(db_default=CommitOrder())

    class Meta:
        verbose_name = "audit event"
        permissions = [("export_audit", "Can export the audit trail")]
        constraints = [
            models.CheckConstraint(
                name="audit_name_has_three_parts",
                condition=Q(name__regex="^[a-z][a-z_]*:[a-z][a-z_]*:[a-z][a-z_]*$"),
            ),
            models.CheckConstraint(
                name="audit_actor_is_named",
                condition=Q(actor__regex="^[a-z][a-z_]*(:[A-Za-z0-9._@+-]+)*$")
                & Q(on_behalf_of__regex="^([a-z][a-z_]*(:[A-Za-z0-9._@+-]+)*)?$"),
            ),
            models.CheckConstraint(
                name="audit_subject_is_named", condition=Q(subject__regex=r"^[a-z][a-z_]*\.[a-z][a-z_]*:[!-~]+$")
            ),
            models.CheckConstraint(name="audit_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(name="audit_severity_known", condition=Q(severity__in=Severity.values)),
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_event_subject"),
            models.Index(fields=["actor", "id"], name="audit_event_actor"),
            models.Index(fields=["name", "id"], name="audit_event_name"),
            models.Index(fields=["player_id", "id"], name="audit_event_player", condition=Q(player_id__isnull=False)),
            models.Index(fields=["id"], name="audit_event_significant", condition=Q(significant=True)),
            BrinIndex(fields=["commit_order"], name="audit_event_commit_order", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.subject}"
