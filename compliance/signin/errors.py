"""What the sign-in refuses, by name."""

from typing import ClassVar

from common.errors import Refusal


class OwnFactorReset(Refusal):
    """Nobody resets the own second factor: that would be a way around it."""

    code: ClassVar[str] = "own_factor_reset"
    message: ClassVar[str] = "Your own second factor is reset by a colleague, not by you."


class NoSuchSession(Refusal):
    """The session ended already, or never was."""

    code: ClassVar[str] = "no_such_session"
    message: ClassVar[str] = "That session has ended already."


class DemoOnly(Refusal):
    """Published sign-ins exist in the demonstration alone."""

    code: ClassVar[str] = "demo_only"
    message: ClassVar[str] = "Demo sign-ins exist only where DEMO=1."


class NoSuchDemoPerson(Refusal):
    """The demonstration's people are named like their roles."""

    code: ClassVar[str] = "no_such_demo_person"
    message: ClassVar[str] = "The demo has nobody of this name: its people are named like their roles, such as support."


class InvitationNotNeeded(Refusal):
    """Only who has no password yet is invited."""

    code: ClassVar[str] = "invitation_not_needed"
    message: ClassVar[str] = "The person has a password already, or is switched off: nobody is invited twice."


class InvitationNotValid(Refusal):
    """Used, too old, replaced by a newer one, or never made: one answer."""

    code: ClassVar[str] = "invitation_not_valid"
    message: ClassVar[str] = "This invitation does not count any more. Ask an administrator for a new one."
