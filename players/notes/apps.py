from django.apps import AppConfig


class NotesConfig(AppConfig):
    """What staff write down about players."""

    name = "players.notes"
    label = "notes"
    verbose_name = "Notes and tags"
