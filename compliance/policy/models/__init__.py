from compliance.policy.models.policy_row import PolicyRow

__all__ = ["PolicyRow"]
