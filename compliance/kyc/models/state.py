from django.db import models
from django.db.models import Q

from compliance.kyc.enums import Due, Level, Status


class KycState(models.Model):
    """Where a player's verification stands. A player without a row has proved nothing and nothing is asked.

    `locked`: deposits and bets go on, nothing is withdrawn (UK-28). `stopped`: the time for it has passed.
    """

    player = models.OneToOneField("players.Player", on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField(choices=Level.choices, default=Level.NONE)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    required = models.SmallIntegerField(choices=Level.choices, default=Level.NONE)
    due = models.CharField(max_length=14, choices=Due.choices, blank=True)
    due_row_id = models.BigIntegerField(null=True, blank=True, help_text="Row of policy that asks.")
    due_since = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    locked = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    provider = models.CharField(max_length=20, blank=True)
    applicant = models.CharField(max_length=64, blank=True, help_text="The provider's number of the player.")
    heard_ms = models.BigIntegerField(default=0, help_text="The provider's time of its newest message, in ms.")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "verification"
        default_permissions = ("view",)
        permissions = [("decide_verification", "Can decide verifications"), ("ask_verification", "Can ask for one")]
        constraints = [
            models.CheckConstraint(name="kyc_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="kyc_level_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="kyc_verified_has_a_level", condition=~Q(status="verified") | Q(level__gt=0)),
            models.CheckConstraint(name="kyc_lock_has_a_reason", condition=Q(locked=False) | ~Q(due="")),
            models.CheckConstraint(name="kyc_stop_has_a_lock", condition=Q(stopped=False) | Q(locked=True)),
            models.CheckConstraint(
                name="kyc_due_has_a_moment", condition=Q(due="") | Q(due_since__isnull=False, required__gt=0)
            ),
            models.UniqueConstraint(
                fields=["provider", "applicant"], condition=~Q(applicant=""), name="one_player_per_applicant"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "changed_at"], name="kyc_by_age"),
            models.Index(fields=["deadline"], condition=Q(stopped=False, locked=True), name="kyc_deadlines"),
        ]

    def __str__(self) -> str:
        return f"verification of player {self.player_id}"
