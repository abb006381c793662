"""What monitoring refuses."""

from __future__ import annotations

from common.errors import Refusal


class AlertOver(Refusal):
    code = "alert_over"
    message = "This alert is resolved already: nobody needs to be on it."
    recorded = False


class AlertAcknowledgedAlready(Refusal):
    code = "alert_acknowledged_already"
    message = "Somebody is on this alert already: see who."
    recorded = False


class IncidentLiftedAlready(Refusal):
    code = "incident_lifted_already"
    message = "This freeze was lifted already."
    recorded = False


class LiftNeedsTwo(Refusal):
    code = "lift_needs_two"
    message = "A freeze of P1 is lifted by two people: propose it."
    recorded = False


class RuleUnchanged(Refusal):
    code = "rule_unchanged"
    message = "The rule is like that already."
    recorded = False
