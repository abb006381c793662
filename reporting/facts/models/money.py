from django.db import models

from reporting.facts.models.measures import amount


class PurseColumns(models.Model):
    """A player's four accounts: real, bonus and held money, and what the player owes (zero or below)."""

    posted_day = models.DateField()
    brand_id = models.BigIntegerField()
    jurisdiction = models.CharField(max_length=8)
    currency = models.CharField(max_length=5)
    player_id = models.BigIntegerField()
    is_test = models.BooleanField()
    real = amount()
    bonus = amount()
    held = amount()
    owed = amount()

    class Meta:
        abstract = True


class Money(PurseColumns):
    """What one kind of transaction changed on a player's four accounts on one business day: play, too.

    `scope` is that of the house account on the other side (gateway, provider, jackpot, reason), or empty.
    """

    kind = models.CharField(max_length=20)
    scope = models.CharField(max_length=120, default="")
    count = models.IntegerField(default=0)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="one_fact_of_money", fields=["player_id", "posted_day", "currency", "kind", "scope"]
            ),
        ]
        indexes = [
            models.Index(fields=["posted_day", "kind"], name="money_facts_posted"),
            models.Index(fields=["kind", "posted_day"], name="money_facts_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of player {self.player_id} on {self.posted_day}"


class Balance(PurseColumns):
    """A player's closing balances of a business day on which something moved; the row before is the opening."""

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="one_closing_balance_a_day", fields=["player_id", "currency", "posted_day"]),
        ]
        indexes = [models.Index(fields=["posted_day"], name="balance_facts_posted")]

    def __str__(self) -> str:
        return f"player {self.player_id} at the end of {self.posted_day}"


class Rate(models.Model):
    """Units of `currency` that one unit of the base currency bought: the rate of a business day.

    An amount in the base currency is amount / rate. Fixed half a day after the day ended (UTC), and never edited then.
    """

    day = models.DateField()
    currency = models.CharField(max_length=5)
    rate = models.DecimalField(max_digits=30, decimal_places=12)
    source = models.CharField(max_length=80, help_text="Who published it, and of which day.")
    fixed = models.BooleanField(default=False)

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="one_rate_per_day_and_currency", fields=["day", "currency"])]

    def __str__(self) -> str:
        return f"{self.currency} on {self.day}"
