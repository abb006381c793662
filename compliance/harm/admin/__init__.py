from compliance.harm.admin.case import CaseAdmin
from compliance.harm.admin.interaction import InteractionAdmin
from compliance.harm.admin.step import StepAdmin

__all__ = ["CaseAdmin", "InteractionAdmin", "StepAdmin"]
