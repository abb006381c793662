from django.db import models
from django.db.models import Q

from players.accounts.enums import TermsKind


class TermsVersion(models.Model):
    """One version of a brand's terms or privacy policy. Never edited: a change is a new version (G-10)."""

    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=TermsKind.choices)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField()
    effective_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view", "add")
        constraints = [
            models.UniqueConstraint(fields=["brand", "kind", "version"], name="a_version_of_terms_once"),
            models.UniqueConstraint(fields=["brand", "kind", "effective_at"], name="one_version_of_terms_at_a_time"),
            models.CheckConstraint(name="terms_kind_known", condition=Q(kind__in=TermsKind.values)),
            models.CheckConstraint(name="terms_are_not_empty", condition=~Q(text="") & ~Q(version="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class TermsAcceptance(models.Model):
    """A player accepted one version, once and for good."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    accepted_at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["player", "terms"], name="terms_accepted_once")]

    def __str__(self) -> str:
        return f"player {self.player_id} accepted {self.terms_id}"
