from django.db import models
from django.db.models import Q

from common.currencies import currency_choices
from players.enums import PlayerStatus


class Player(models.Model):
    """One person's account with one brand. `public_id` is the only name that providers ever see."""

    public_id = models.CharField(max_length=40, unique=True)
    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+")
    nickname = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=PlayerStatus.choices, default=PlayerStatus.ACTIVE)
    currency = models.CharField(max_length=5, choices=currency_choices())
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2 code of residence.")
    language = models.CharField(max_length=8, default="en", help_text="BCP 47 tag, such as en or de-AT.")
    time_zone = models.CharField(
        max_length=40, default="UTC", db_default="UTC", help_text="IANA name, such as Europe/Malta."
    )
    jurisdiction = models.CharField(max_length=8)
    is_test = models.BooleanField(default=False, help_text="Plays with mock credits and appears in no report.")
    created_at = models.DateTimeField()

    class Meta:
        permissions = [
            ("block_player", "Can block and unblock a player"),
            ("close_player", "Can close a player's account"),
            ("reveal_identity", "Can reveal a player's name, birth date and address, with a purpose"),
            ("reveal_contact", "Can reveal a player's e-mail address and phone, with a purpose"),
            ("find_by_personal_data", "Can search for players by e-mail, phone or name with birth date"),
            ("export_player", "Can export players"),
            ("export_subject_data", "Can export everything about one player, for that player"),
        ]
        constraints = [
            models.CheckConstraint(name="player_status_known", condition=Q(status__in=PlayerStatus.values)),
            models.CheckConstraint(name="player_country_two_letters", condition=Q(country__regex="^[A-Z]{2}$")),
        ]
        indexes = [models.Index(fields=["-created_at"], name="players_player_created")]

    def __str__(self) -> str:
        return f"{self.nickname} ({self.public_id})"
