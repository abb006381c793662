from django.db import models
from django.db.models import Q

from reporting.monitoring.enums import ProofKind


class HouseProof(models.Model):
    """The result of one verification of the whole house, signed with the key that seals the books (AUD-07).

    `document` is the canonical JSON that was signed; the other columns repeat what of it is asked for. Append-only.
    """

    kind = models.CharField(max_length=11, choices=ProofKind.choices)
    proved_at = models.DateTimeField()
    sound = models.BooleanField()
    broken = models.CharField(max_length=500, default="", help_text="What is broken first, in one line.")
    took_ms = models.IntegerField()
    document = models.TextField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Meta:
        verbose_name = "daily verification"
        verbose_name_plural = "daily verifications"
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="proof_says_what_is_broken", condition=Q(sound=True, broken="") | (Q(sound=False) & ~Q(broken=""))
            ),
            models.CheckConstraint(name="proof_kind_known", condition=Q(kind__in=ProofKind.values)),
        ]

    def __str__(self) -> str:
        return f"Verification {self.pk}"


class SoftwareCheck(models.Model):
    """What software ran, by the digests of its parts, and how that differs from the check before (R-22). Append-only.

    `parts` maps a component to its digest, `changes` lists component, expected, found and result.
    """

    checked_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    same = models.BooleanField(help_text="Whether nothing changed since the check before.")
    whole = models.BooleanField(help_text="Whether every installed file is as its package says.")
    parts = models.JSONField()
    changes = models.JSONField(default=list)

    class Meta:
        verbose_name = "software check"
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"Software check {self.pk}"
