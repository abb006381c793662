from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Role(models.Model):
    """A job in the house as a set of permissions. The thirteen of `compliance.staff.roles` are seeded; more may follow.

    `seeded` is what the seed gave last: a role that was changed since is left as it is (`seed_roles` tells).
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=300)
    permissions = models.ManyToManyField(Permission, related_name="+", blank=True)
    adjustment_max = models.DecimalField(
        max_digits=38,
        decimal_places=18,
        default=0,
        help_text="Largest single adjustment that a holder may propose, in the base currency.",
    )
    allowed_networks = ArrayField(
        models.CharField(max_length=43),
        default=list,
        blank=True,
        help_text="The role counts only from these networks; empty: from anywhere.",
    )
    conflicts = models.ManyToManyField(
        "self", blank=True, help_text="Roles that one person should not hold together with this one."
    )
    seeded = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["name"]
        default_permissions = ("view",)
        permissions = [
            ("propose_role_change", "Can propose what a role may do"),
            ("approve_role_change", "Can approve what a role may do"),
            ("view_role_matrix", "Can view the role matrix"),
            ("export_role_matrix", "Can export the role matrix"),
        ]
        constraints = [
            models.CheckConstraint(name="role_adjustment_max_not_negative", condition=Q(adjustment_max__gte=0))
        ]

    def __str__(self) -> str:
        return self.name
