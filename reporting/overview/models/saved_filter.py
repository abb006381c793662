from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """A list as one person narrowed it, under the name that the person gave it. Nobody else sees it."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    screen = models.CharField(max_length=100, help_text="The list, such as players_player.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, help_text="The list's own parameters.")
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="saved_filter_name_once_on_a_list", fields=["staff", "screen", "name"]),
            models.CheckConstraint(name="saved_filter_has_a_name_and_a_query", condition=~Q(name="") & ~Q(query="")),
        ]

    def __str__(self) -> str:
        return self.name
