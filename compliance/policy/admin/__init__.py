from compliance.policy.admin.policy_row import PolicyRowAdmin

__all__ = ["PolicyRowAdmin"]
