from django.db import models


class Standing(models.Model):
    """What the gate says of a player's bets, worked out beforehand: read by every bet, ten minutes old at most.

    Whatever changes a fact spoils it in the same transaction (`gate_standing_spoil`), so the next bet works it out
    anew. Country, brand and the test mark follow the player's row at once.
    """

    player = models.OneToOneField(
        "players.Player", primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    country = models.CharField(max_length=2)
    brand_id = models.BigIntegerField()
    is_test = models.BooleanField()
    computed_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True, help_text="Before this instant `terms` may be used; empty: spoiled.")
    spoiled = models.BigIntegerField(default=0, help_text="How often a fact behind it has changed.")
    terms = models.JSONField(null=True, help_text="What stands against bets or conditions them; empty: nothing.")

    class Meta:
        db_table = "gate_standing"
        default_permissions = ()

    def __str__(self) -> str:
        return f"standing of player {self.pk}"
