from common.commit_order import CommitOrder

__all__ = ["CommitOrder"]
