import uuid

from django.db import models
from django.db.models import Q

from compliance.kyc.enums import DocumentKind, DocumentState, FileType, RejectReason, Scan


class Document(models.Model):
    """A document that a player sent. The file lies apart, encrypted with the person's key; the row is never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    state = models.CharField(max_length=10, choices=DocumentState.choices)
    scan = models.CharField(max_length=8, choices=Scan.choices)
    scan_note = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=120)
    file_type = models.CharField(max_length=20, choices=FileType.choices)
    size = models.IntegerField(help_text="Bytes.")
    sha256 = models.BinaryField()
    country = models.CharField(max_length=2, blank=True, help_text="Who issued it, ISO 3166-1.")
    expires_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=100, blank=True)
    reject_reason = models.CharField(max_length=12, choices=RejectReason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reminded_days = models.SmallIntegerField(null=True, blank=True, help_text="Days before expiry last reminded of.")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("open_document", "Can open the files of documents"),
            ("decide_document", "Can accept and reject documents"),
        ]
        constraints = [
            models.CheckConstraint(name="document_kind_known", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(name="document_state_known", condition=Q(state__in=DocumentState.values)),
            models.CheckConstraint(
                name="document_decided_by_somebody",
                condition=~Q(state__in=["accepted", "rejected", "expired"])
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
            ),
            models.CheckConstraint(
                name="document_rejected_with_a_reason", condition=~Q(state="rejected") | ~Q(reject_reason="")
            ),
            models.CheckConstraint(
                name="document_unscanned_is_not_decided",
                condition=~Q(scan__in=["waiting", "infected"]) | Q(state__in=["scanning", "infected"]),
            ),
            models.CheckConstraint(name="document_has_a_size", condition=Q(size__gt=0)),
            models.UniqueConstraint(fields=["player", "sha256"], name="document_sent_once"),
        ]
        indexes = [
            models.Index(fields=["player", "-sent_at"], name="documents_of_player"),
            models.Index(fields=["state", "sent_at"], name="documents_by_age"),
            models.Index(fields=["expires_on"], condition=Q(state="accepted"), name="documents_expiring"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of player {self.player_id}"
