from players.personal.admin.reveal import RevealAdmin

__all__ = ["RevealAdmin"]
