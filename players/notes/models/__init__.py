from players.notes.models.note import Note
from players.notes.models.tag import PlayerTag, Tag

__all__ = ["Note", "PlayerTag", "Tag"]
