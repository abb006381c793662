from compliance.register.models.lookup import RegisterLookup
from compliance.register.models.standing import RegisterStanding

__all__ = ["RegisterLookup", "RegisterStanding"]
