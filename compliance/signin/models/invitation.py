from django.db import models
from django.db.models import F, Q


class Invitation(models.Model):
    """A one-time way in for somebody without a password yet: whoever holds it chooses the password, so that nobody else
    ever knows it (SEC-12). Kept as a digest, told once."""

    staff = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField()
    made_by = models.CharField(max_length=100, help_text="Such as staff:7.")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="From then on it does not count; a newer one ends it earlier.")
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="invitation_for_one_person", fields=["digest"]),
            models.CheckConstraint(name="invitation_ends_after_it_was_made", condition=Q(ends_at__gte=F("made_at"))),
        ]

    def __str__(self) -> str:
        return f"invitation of staff {self.staff_id}"
