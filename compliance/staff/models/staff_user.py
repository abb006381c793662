from typing import Any, ClassVar

from django.contrib import auth
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from common.scope import NOTHING, Scope


class StaffUsers(UserManager["StaffUser"]):
    """Nobody is made with every right: rights are roles."""

    def create_superuser(self, *_args: Any, **_kwargs: Any) -> "StaffUser":
        raise ValueError("There is no superuser: `manage.py staff_first` makes the first administrator.")


class StaffUser(AbstractUser):
    """Somebody who signs in to the back office. Players have accounts of their own kind (players.Player).

    Rights come from role grants alone: Django's groups and personal permissions are gone, `is_superuser` stays false.
    Nobody is deleted: a person who leaves is switched off, and the name stands in histories (SEC-16).
    """

    groups = None  # type: ignore[assignment]  # Django's way to leave an inherited field out
    user_permissions = None  # type: ignore[assignment]
    # Who the person is: two accounts with one number are one person to the four-eyes rule (compliance.approvals).
    # An account without a number neither proposes nor decides.
    personnel_number = models.CharField(
        max_length=40,
        blank=True,
        default="",
        validators=[RegexValidator("^[A-Z0-9-]*$", "Capital letters, digits and dashes, such as P-0107.")],
        help_text="Given once, never changed.",
    )

    objects: ClassVar[StaffUsers] = StaffUsers()

    class Meta:
        verbose_name = "staff member"
        default_permissions = ("add", "change", "view")
        permissions = [
            ("propose_factor_reset", "Can propose to reset a colleague's second factor"),
            ("approve_factor_reset", "Can approve that a colleague's second factor is reset"),
        ]
        constraints = [
            models.CheckConstraint(name="nobody_is_superuser", condition=Q(is_superuser=False)),
            models.UniqueConstraint(Lower("username"), name="user_name_once_whatever_its_case"),
        ]

    def scope_for(self, permission: str) -> Scope:
        """The part of the house that `permission` ("players.view_player") reaches for this person, now."""
        for backend in auth.get_backends():
            if (found := getattr(backend, "scope_for", None)) is not None:
                scope: Scope = found(self, permission)
                return scope
        return NOTHING
