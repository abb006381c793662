"""The tables of a bet: the same facts as the platform's, in the ORM's customary shape."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Provider(models.Model):
    objects: ClassVar[models.Manager[Provider]]

    code = models.CharField(max_length=40, unique=True)
    key_id = models.CharField(max_length=64)
    secret = models.CharField(max_length=100)
    enabled = models.BooleanField(default=True)

    class Meta:
        app_label = "plain_orm"

    def __str__(self) -> str:
        return self.code


class Game(models.Model):
    objects: ClassVar[models.Manager[Game]]

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    code = models.CharField(max_length=100)
    enabled = models.BooleanField(default=True)
    min_stake = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    max_stake = models.DecimalField(max_digits=38, decimal_places=18, null=True)

    class Meta:
        app_label = "plain_orm"
        constraints = [models.UniqueConstraint(fields=["provider", "code"], name="plain_game_code")]

    def __str__(self) -> str:
        return self.code


class Player(models.Model):
    objects: ClassVar[models.Manager[Player]]

    public_id = models.CharField(max_length=40, unique=True)
    status = models.CharField(max_length=10, default="active")
    currency = models.CharField(max_length=5)
    country = models.CharField(max_length=2)

    class Meta:
        app_label = "plain_orm"

    def __str__(self) -> str:
        return self.public_id


class Account(models.Model):
    """A player's wallet, or the house's account with a provider (which keeps no balance: it would be hot)."""

    objects: ClassVar[models.Manager[Account]]

    player_id: int | None
    player = models.OneToOneField(Player, null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=100, default="")
    currency = models.CharField(max_length=5)
    balance = models.DecimalField(max_digits=38, decimal_places=18, null=True)

    class Meta:
        app_label = "plain_orm"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "currency"], condition=models.Q(player__isnull=True), name="plain_house_account"
            )
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class GameSession(models.Model):
    objects: ClassVar[models.Manager[GameSession]]

    player_id: int
    public_id = models.CharField(max_length=40, unique=True)
    player = models.ForeignKey(Player, on_delete=models.PROTECT)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "plain_orm"

    def __str__(self) -> str:
        return self.public_id


class Round(models.Model):
    objects: ClassVar[models.Manager[Round]]

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    player = models.ForeignKey(Player, on_delete=models.PROTECT)
    game = models.ForeignKey(Game, on_delete=models.PROTECT)
    reference = models.CharField(max_length=255)
    closed = models.BooleanField(default=False)
    staked = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "plain_orm"
        constraints = [models.UniqueConstraint(fields=["provider", "player", "reference"], name="plain_round")]

    def __str__(self) -> str:
        return self.reference


class Transaction(models.Model):
    objects: ClassVar[models.Manager[Transaction]]

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    player = models.ForeignKey(Player, on_delete=models.PROTECT)
    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    booked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "plain_orm"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Entry(models.Model):
    objects: ClassVar[models.Manager[Entry]]

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    balance_after = models.DecimalField(max_digits=38, decimal_places=18, null=True)

    class Meta:
        app_label = "plain_orm"

    def __str__(self) -> str:
        return f"{self.amount} of {self.transaction}"


class RecordedAnswer(models.Model):
    objects: ClassVar[models.Manager[RecordedAnswer]]

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT)
    provider_transaction_id = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    transaction = models.ForeignKey(Transaction, null=True, on_delete=models.PROTECT)
    status = models.SmallIntegerField()
    body = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "plain_orm"
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_transaction_id"], name="plain_answer_once")
        ]

    def __str__(self) -> str:
        return self.provider_transaction_id
