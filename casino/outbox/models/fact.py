from django.db import models
from django.db.models import Q

from casino.outbox.enums import FactName
from common.commit_order import CommitOrder


class Fact(models.Model):
    """A fact announced in the transaction in which it became true. Never edited, never deleted.

    `payload` holds texts alone, amounts as decimal text beside their currency; nothing personal. `commit_order` is
    the database's own, and gives readers an order in which nothing appears behind them (selectors/facts.py).
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=40, choices=FactName.choices)
    key = models.CharField(max_length=100, help_text="Tells this fact from others of its name: it is announced once.")
    player = models.ForeignKey("players.Player", models.PROTECT, related_name="+")
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    commit_order = models.BigIntegerField(db_default=CommitOrder())

    class Meta:
        verbose_name = "announced fact"
        verbose_name_plural = "announced facts"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="fact_name_known", condition=Q(name__in=FactName.values)),
            models.CheckConstraint(name="fact_is_told_apart", condition=~Q(key="")),
            models.UniqueConstraint(fields=["name", "key"], name="fact_announced_once"),
        ]
        indexes = [
            models.Index(fields=["commit_order", "id"], name="fact_in_order"),
            models.Index(fields=["player", "id"], name="fact_of_player"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"
