from django.db import models


class FormerPassword(models.Model):
    """A password that somebody had, as its hash: the last four may not come back (SEC-07)."""

    staff = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["staff", "-set_at"], name="former_password_newest")]

    def __str__(self) -> str:
        return f"password of staff {self.staff_id} since {self.set_at:%Y-%m-%d}"
