from compliance.gate.models.standing import Standing

__all__ = ["Standing"]
