from compliance.harm.models.assessment import Assessment
from compliance.harm.models.case import Case
from compliance.harm.models.flow import Flow
from compliance.harm.models.interaction import Interaction
from compliance.harm.models.override import Override
from compliance.harm.models.play_day import PlayDay
from compliance.harm.models.step import Step
from compliance.harm.models.watched import Watched

__all__ = ["Assessment", "Case", "Flow", "Interaction", "Override", "PlayDay", "Step", "Watched"]
