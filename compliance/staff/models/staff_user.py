from django.contrib.auth.models import AbstractUser


class StaffUser(AbstractUser):
    """Somebody who signs in to the back office. Players have accounts of their own kind (players.Player)."""

    class Meta:
        verbose_name = "staff member"
