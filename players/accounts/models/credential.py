from django.db import models
from django.db.models import Q


class Credential(models.Model):
    """How a player proves who they are: an argon2 hash, and a time-based second factor for who wants one.

    `login_index` is the keyed digest of the e-mail address (players.personal.vault), unique in a brand.
    """

    player = models.OneToOneField("players.Player", on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+", db_index=False)
    login_index = models.BinaryField(null=True)
    password = models.CharField(max_length=200)
    password_changed_at = models.DateTimeField()
    email_verified_at = models.DateTimeField(null=True)
    totp_secret = models.BinaryField(null=True, help_text="Encrypted with FIELD_KEY.")
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["brand", "login_index"], name="one_account_for_an_email_and_brand"),
            models.CheckConstraint(
                name="second_factor_has_its_secret",
                condition=Q(totp_confirmed_at__isnull=True) | Q(totp_secret__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"credential of player {self.player_id}"
