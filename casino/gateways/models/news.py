from django.db import models
from django.db.models import Q

from casino.gateways.enums import NewsKind


class GatewayNews(models.Model):
    """A fact that a gateway told and that was carried out: once, whatever number of messages tell it.

    Written in the transaction that carries it out (services/news.py). `message` is the first that told it, empty
    where it came as an answer to a question of ours.
    """

    gateway = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=NewsKind.choices)
    reference = models.CharField(max_length=80, blank=True)
    gateway_reference = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    currency = models.CharField(max_length=10, blank=True)
    message = models.ForeignKey("gateways.GatewayMessage", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = "fact that a gateway told"
        verbose_name_plural = "facts that gateways told"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="gateway_news_kind_known", condition=Q(kind__in=NewsKind.values)),
            models.CheckConstraint(name="gateway_news_is_told_apart", condition=~Q(key="")),
            models.UniqueConstraint(fields=["gateway", "key"], name="gateway_news_counts_once"),
        ]
        indexes = [
            models.Index(fields=["reference"], name="gateway_news_reference"),
            models.Index(fields=["message"], name="gateway_news_message"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.kind} {self.reference or self.key}"
