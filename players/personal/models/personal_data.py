from django.db import models


class PersonalData(models.Model):
    """What is personal about a player, each value encrypted with the person's key. Never deleted, but unreadable once
    its key is destroyed; so is every copy of it in row history."""

    player = models.OneToOneField("players.Player", on_delete=models.PROTECT, related_name="+")
    full_name = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    birth_date = models.BinaryField(null=True)
    address_lines = models.BinaryField(null=True)
    city = models.BinaryField(null=True)
    postcode = models.BinaryField(null=True)
    national_id = models.BinaryField(null=True)
    nationality = models.BinaryField(null=True)
    birth_place = models.BinaryField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "personal data"
        verbose_name_plural = "personal data"
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return f"personal data of player {self.player_id}"


class PersonalKey(models.Model):
    """The key of one person's data, wrapped with FIELD_KEY, and the digests by which the person is found.

    Deleting this row is erasure: keep it out of row history.
    """

    data = models.OneToOneField(PersonalData, on_delete=models.PROTECT, related_name="key")
    wrapped = models.BinaryField()
    email_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    name_birth_index = models.BinaryField(null=True)
    name_look_index = models.BinaryField(null=True)
    address_index = models.BinaryField(null=True)
    document_index = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["email_index"], name="personal_by_email"),
            models.Index(fields=["phone_index"], name="personal_by_phone"),
            models.Index(fields=["name_birth_index"], name="personal_by_name_birth"),
            models.Index(fields=["name_look_index"], name="personal_by_name_look"),
            models.Index(fields=["address_index"], name="personal_by_address"),
            models.Index(fields=["document_index"], name="personal_by_document"),
        ]

    def __str__(self) -> str:
        return f"key of {self.data_id}"
