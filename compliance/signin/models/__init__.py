from compliance.signin.models.former_password import FormerPassword
from compliance.signin.models.invitation import Invitation
from compliance.signin.models.recovery_code import RecoveryCode

__all__ = ["FormerPassword", "Invitation", "RecoveryCode"]
