from compliance.approvals.admin.approval import ApprovalAdmin
from compliance.approvals.admin.approval_rule import ApprovalRuleAdmin

__all__ = ["ApprovalAdmin", "ApprovalRuleAdmin"]
