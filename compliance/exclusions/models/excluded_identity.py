from django.db import models
from django.db.models import Q

from compliance.exclusions.enums import IdentityKind


class ExcludedIdentity(models.Model):
    """A keyed digest by which an excluded person is known again, also after the account's data was erased (GDPR-09).

    Says nothing without FIELD_KEY. Deleted once its exclusion is over, and not before.
    """

    exclusion = models.ForeignKey("exclusions.Exclusion", on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=10, choices=IdentityKind.choices)
    digest = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="excluded_identity_kind_known", condition=Q(kind__in=IdentityKind.values)),
        ]
        indexes = [models.Index(fields=["digest"], name="excluded_identity_digest")]

    def __str__(self) -> str:
        return f"{self.kind} of exclusion {self.exclusion_id}"
