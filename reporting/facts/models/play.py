from django.db import models
from django.db.models import F, Q

from reporting.facts.models.measures import Measures


class Play(Measures):
    """Play of one player in one game: posted on one business day, in rounds settled on one (none while open).

    A sum over any rows is what the ledger's gaming accounts moved. Derived: `manage.py rebuild_facts` makes it anew.
    """

    posted_day = models.DateField()
    settled_day = models.DateField(null=True)
    brand_id = models.BigIntegerField()
    jurisdiction = models.CharField(max_length=8)
    currency = models.CharField(max_length=5)
    player_id = models.BigIntegerField()
    is_test = models.BooleanField()
    provider_id = models.BigIntegerField()
    game_id = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="one_fact_of_play",
                fields=["player_id", "posted_day", "settled_day", "game_id", "currency"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["posted_day", "game_id"], name="play_facts_posted"),
            models.Index(fields=["settled_day", "game_id"], name="play_facts_settled"),
            models.Index(fields=["game_id", "posted_day"], name="play_facts_of_game"),
            models.Index(
                fields=["settled_day"], name="play_facts_restated", condition=Q(posted_day__gt=F("settled_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"player {self.player_id} in game {self.game_id} on {self.posted_day}"


class GamePlay(Measures):
    """The same without players: what dashboards and reports of games add up."""

    posted_day = models.DateField()
    settled_day = models.DateField(null=True)
    brand_id = models.BigIntegerField()
    jurisdiction = models.CharField(max_length=8)
    currency = models.CharField(max_length=5)
    is_test = models.BooleanField()
    provider_id = models.BigIntegerField()
    game_id = models.BigIntegerField()

    class Meta:
        db_table = "facts_game"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="one_fact_of_a_game",
                fields=["posted_day", "settled_day", "game_id", "brand_id", "jurisdiction", "currency", "is_test"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["settled_day", "game_id"], name="game_facts_settled"),
            models.Index(fields=["game_id", "posted_day"], name="game_facts_of_game"),
        ]

    def __str__(self) -> str:
        return f"game {self.game_id} on {self.posted_day}"


class LegMeasures(Measures):
    """What one call comes to, beside the rows that add it up."""

    leg_id = models.UUIDField(primary_key=True)
    round_id = models.BigIntegerField(null=True)
    posted_day = models.DateField()
    brand_id = models.BigIntegerField()
    jurisdiction = models.CharField(max_length=8)
    currency = models.CharField(max_length=5)
    player_id = models.BigIntegerField()
    is_test = models.BooleanField()
    provider_id = models.BigIntegerField()
    game_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Waiting(LegMeasures):
    """A call in a round that is open: it is in the facts without a settled day, and moves when the round settles."""

    opens = models.BooleanField(help_text="Opened its round, which is counted here when it is settled.")

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["round_id"], name="waiting_of_round"),
            models.Index(fields=["posted_day"], name="waiting_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.leg_id} in round {self.round_id}"


class Late(LegMeasures):
    """A call that was booked on a later business day than its round's: it restates that day, openly."""

    settled_day = models.DateField()
    cause = models.CharField(max_length=12, help_text="late_win, void, win_back, late_bet, or correction (by staff).")

    class Meta:
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["settled_day"], name="late_by_settled_day"),
            models.Index(fields=["posted_day"], name="late_by_posted_day"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.leg_id}"
