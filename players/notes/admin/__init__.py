from players.notes.admin.tag import TagAdmin

__all__ = ["TagAdmin"]
