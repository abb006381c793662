from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class RoleGrant(models.Model):
    """A person holds a role, for these brands and jurisdictions, until then. Never edited: revoked, granted anew."""

    staff = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey("staff.Role", on_delete=models.PROTECT, related_name="grants")
    brands = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Ids; empty: every brand.")
    jurisdictions = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, help_text="Codes; empty: every jurisdiction."
    )
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=100, help_text="Who granted it, such as staff:7.")
    reason = models.CharField(max_length=500)
    approval = models.CharField(max_length=40, blank=True, default="", help_text="The approval it was granted by.")
    valid_until = models.DateTimeField(null=True, blank=True, help_text="Empty: until revoked.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=100, blank=True, default="")
    revoke_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("propose_role_grant", "Can propose to grant or revoke a role"),
            ("approve_role_grant", "Can approve that a role is granted or revoked"),
        ]
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("granted_at")),
            ),
            models.CheckConstraint(
                name="grant_revoked_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        ]
        indexes = [models.Index(fields=["staff"], name="grant_standing", condition=Q(revoked_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.role_id} of {self.staff_id}"
