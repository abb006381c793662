from django.db import models


class DownloadTicket(models.Model):
    """A link that fetches a package once: made for one person who has just proved who he is. Only its hash is kept."""

    export = models.ForeignKey("exports.Export", on_delete=models.PROTECT, related_name="tickets")
    staff = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+", db_index=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Link to export {self.export_id}"
