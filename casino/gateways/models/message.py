from django.db import models
from django.db.models import F, Q

from casino.gateways.enums import Outcome, Verdict


class GatewayMessage(models.Model):
    """A gateway's message as it came, kept before anything is done with it (PAY-03).

    Forged ones are kept with their first kilobytes, for evidence, and are never worked off. `headers` leaves out what
    signs somebody in. While a message is worked off, `next_try_at` is the end of the worker's lease: one that was
    killed gives it back that way.
    """

    gateway = models.CharField(max_length=20)
    method = models.CharField(max_length=4)
    headers = models.JSONField(default=dict)
    query = models.TextField(blank=True)
    raw = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes that came; of a forged message fewer are kept.")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    ip = models.GenericIPAddressField(null=True, blank=True)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=1, help_text="How often it was begun: once, and by people again.")
    next_try_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    aged_at = models.DateTimeField(null=True, blank=True, help_text="Since when its content is gone.")
    raw_sha256 = models.CharField(
        max_length=64, default="", db_default="", help_text="Of the content, since it is gone."
    )

    class Meta:
        verbose_name = "gateway's message"
        verbose_name_plural = "gateways' messages"
        default_permissions = ("view",)
        permissions = (("work_gatewaymessage", "Can have flagged messages worked off again"),)
        constraints = [
            models.CheckConstraint(name="gateway_message_outcome_known", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(name="gateway_message_verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(
                name="forged_gateway_message_is_never_applied",
                condition=Q(verdict=Verdict.VALID) & ~Q(outcome=Outcome.INVALID)
                | ~Q(verdict=Verdict.VALID) & Q(outcome=Outcome.INVALID),
            ),
            models.CheckConstraint(
                name="waiting_gateway_message_has_a_next_try",
                condition=Q(outcome=Outcome.WAITING, next_try_at__isnull=False)
                | ~Q(outcome=Outcome.WAITING) & Q(next_try_at__isnull=True),
            ),
            models.CheckConstraint(
                name="gateway_message_worked_off_has_a_moment",
                condition=Q(outcome__in=[Outcome.WAITING, Outcome.INVALID]) | Q(worked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="gateway_message_counts_its_rounds", condition=Q(rounds__gte=1) & Q(attempts__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(outcome="waiting"), name="gateway_messages_waiting"),
            models.Index(
                fields=["gateway", "received_at"],
                condition=Q(outcome__in=["quarantined", "unknown", "puzzling", "failed"]),
                name="gateway_messages_flagged",
            ),
            models.Index(F("gateway"), F("received_at").desc(), name="gateway_messages_latest"),
            models.Index(
                fields=["received_at"],
                condition=Q(aged_at__isnull=True, outcome__in=["applied", "invalid"]),
                name="gateway_messages_to_age",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.gateway}"
