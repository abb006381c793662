from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from oauth2_provider.models import AbstractApplication

from common.clock import utc_now


class Client(AbstractApplication):  # type: ignore[misc]  # the library has no types
    """A program that may read reports: which ones, of which brands and jurisdictions, from where, until when.

    Made by two people, never edited: revoked, and made anew. Its secrets are rows of their own; the library's own
    field for one stays empty and opens nothing.
    """

    # Nobody's: the library would hand the client a person's rights.
    user = models.ForeignKey("staff.StaffUser", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=40))
    brands = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Ids; empty: every brand.")
    jurisdictions = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, help_text="Codes; empty: every jurisdiction."
    )
    networks = ArrayField(models.CharField(max_length=50), help_text="From where it may call, such as 192.0.2.0/24.")
    calls_per_minute = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100, help_text="Who proposed it, such as staff:7.")
    approval_id = models.BigIntegerField(help_text="The approval by which it was made.")
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=100, blank=True, default="")
    revoke_reason = models.CharField(max_length=500, blank=True, default="")
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To the minute.")

    objects: ClassVar[models.Manager[Client]] = models.Manager()

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("propose_client", "Can propose clients of the reporting API, and make and retire their secrets"),
            ("approve_client", "Can approve clients of the reporting API"),
            ("revoke_client", "Can revoke clients of the reporting API"),
        ]
        constraints = [
            models.CheckConstraint(name="api_client_ends_after_it_begins", condition=Q(valid_until__gt=F("made_at"))),
            models.CheckConstraint(name="api_client_calls_from_somewhere", condition=Q(networks__len__gt=0)),
            models.CheckConstraint(name="api_client_may_do_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="api_client_keeps_no_secret_itself",
                condition=Q(
                    client_secret="", client_type="confidential", authorization_grant_type="client-credentials"
                ),
            ),
            models.CheckConstraint(
                name="api_client_revoked_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by="") | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name or self.client_id)

    def is_usable(self, request: Any) -> bool:  # noqa: ARG002 - the library's hook, asked at every token and every call
        """Whether it may call now: neither revoked nor expired."""
        return self.revoked_at is None and utc_now() < self.valid_until
