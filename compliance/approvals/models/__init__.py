from compliance.approvals.models.approval import Approval
from compliance.approvals.models.approval_decision import ApprovalDecision
from compliance.approvals.models.approval_rule import ApprovalRule

__all__ = ["Approval", "ApprovalDecision", "ApprovalRule"]
