from django.db import models


class SignInLock(models.Model):
    """Failed sign-ins in a row under one name of one brand, whether or not the name exists (G-12)."""

    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+", db_index=False)
    login_index = models.BinaryField()
    failures = models.PositiveSmallIntegerField()
    first_failed_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["brand", "login_index"], name="one_count_for_a_name")]
        indexes = [models.Index(fields=["first_failed_at"], name="locks_by_time")]

    def __str__(self) -> str:
        return f"{self.failures} failures"
