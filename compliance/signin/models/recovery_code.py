from django.db import models


class RecoveryCode(models.Model):
    """A one-time way in for somebody whose second factor is out of reach; kept as a keyed hash (SEC-11)."""

    staff = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["staff", "digest"], name="recovery_code_issued_once")]

    def __str__(self) -> str:
        return f"recovery code of staff {self.staff_id}"
