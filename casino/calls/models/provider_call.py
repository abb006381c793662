from django.db import models

from casino.calls.enums import BodyForm, Signature


class ProviderCall(models.Model):
    """One call of a provider as it was received and answered. Rows come out of the spool and never change.

    The table is made by SQL (partitions by month, rights, functions): migrations/sql/0001. Durations are
    microseconds. `body` holds what may be kept of it; `body_form` says how much that is (docs/call-log.md).
    """

    id = models.UUIDField(primary_key=True)
    received_at = models.DateTimeField()
    status = models.IntegerField(help_text="HTTP status of the answer.")
    body_length = models.IntegerField(help_text="Length of the body as received, in bytes.")
    edge_us = models.IntegerField("parsing and authentication, µs")
    database_us = models.IntegerField("database, µs")
    total_us = models.IntegerField("total, µs")
    replayed = models.BooleanField(help_text="The answer of an earlier call with the same transaction id.")
    call = models.TextField(help_text="bet, win, …; empty where the path names none.")
    method = models.TextField()
    path = models.TextField()
    headers = models.JSONField()
    remote_address = models.TextField()
    request_id = models.TextField()
    provider_code = models.TextField("provider")
    key_id = models.TextField()
    signature = models.TextField(choices=Signature.choices)
    outcome = models.TextField(help_text="ok, or the error code of the answer.")
    error_class = models.TextField(help_text="final or retry; empty for ok.")
    player = models.TextField(help_text="The player's public id.")
    provider_transaction_id = models.TextField("transaction id")
    original_transaction_id = models.TextField()
    round_reference = models.TextField("round")
    game_code = models.TextField("game")
    body_form = models.TextField(choices=BodyForm.choices)
    body = models.BinaryField()
    body_sha256 = models.BinaryField(null=True)
    answer = models.BinaryField()

    class Meta:
        managed = False
        db_table = "calls_providercall"
        default_permissions = ("view",)
        permissions = [("export_evidence", "Can take the evidence pack of a round out of the house")]
        verbose_name = "provider call"

    def __str__(self) -> str:
        return f"{self.call or self.path} {self.provider_transaction_id}".strip()
