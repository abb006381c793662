from django.db import models


class ExportFile(models.Model):
    """One file of a finished package, as its manifest lists it. Append-only: it outlives the file."""

    export = models.ForeignKey("exports.Export", on_delete=models.PROTECT, related_name="files", db_index=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.BigIntegerField()
    rows = models.BigIntegerField(default=0, help_text="Rows of the report in it; 0 for what is no table.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="export_file_named_once", fields=["export", "name"])]

    def __str__(self) -> str:
        return self.name
