from django.db import models


class CallCounts(models.Model):
    """Calls of a provider by kind and result: how many, how long, and how many ended within each bound.

    `result` is ok, replayed, refused (decided with a no), failed (not decided: the caller repeats) or unsigned.
    """

    provider = models.CharField(max_length=60)
    call = models.CharField(max_length=40)
    result = models.CharField(max_length=10)
    calls = models.BigIntegerField()
    total_us = models.BigIntegerField()
    le_5 = models.BigIntegerField(default=0)
    le_10 = models.BigIntegerField(default=0)
    le_25 = models.BigIntegerField(default=0)
    le_50 = models.BigIntegerField(default=0)
    le_100 = models.BigIntegerField(default=0)
    le_250 = models.BigIntegerField(default=0)
    le_500 = models.BigIntegerField(default=0)
    le_1000 = models.BigIntegerField(default=0)
    le_2500 = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class CallMinute(CallCounts):
    """The calls received within one minute."""

    minute = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="one_count_per_minute_provider_call_result", fields=["minute", "provider", "call", "result"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.call} {self.result} {self.minute:%H:%M}"


class CallTotal(CallCounts):
    """All calls ever counted: what /metrics tells. It only grows."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="one_total_per_provider_call_result", fields=["provider", "call", "result"])
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.call} {self.result}"
