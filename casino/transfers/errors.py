"""What the transfer wallet refuses."""

from __future__ import annotations

from common.errors import Refusal


class TransferRefusal(Refusal):
    recorded = False


class MoneyAtAnotherProvider(TransferRefusal):
    """One transfer game at a time: the money is out already."""

    code = "money_at_another_provider"
    message = "Money is in another game already: leave that game first."


class NothingToTransfer(TransferRefusal):
    code = "nothing_to_transfer"
    message = "There is no money to play with."


class TransferAboveBalance(TransferRefusal):
    code = "transfer_above_balance"
    message = "There is not that much money to take along."


class TransferAboveLimit(TransferRefusal):
    """A loss limit leaves less room than the player wants to take along; `left` in the player's currency."""

    code = "transfer_above_limit"
    message = "A limit leaves less room than this amount."


class TransferAmountRefused(TransferRefusal):
    code = "transfer_amount_refused"
    message = "Name an amount above zero that the game can keep."


class TransferNotAllowed(TransferRefusal):
    """The law, or a limit of the player, asks for a look at every single bet; `because` says which."""

    code = "transfer_not_allowed"
    message = "This game can not be offered under the rules that hold for the player."


class TransferNotConnected(TransferRefusal):
    """No address or key is set for the provider."""

    code = "transfer_not_connected"
    message = "The provider is not connected."


class TransferRefusedThere(TransferRefusal):
    """The provider did not take the money; it is back."""

    code = "transfer_refused_there"
    message = "The game's provider did not take the money: nothing was moved."


class TransferUnderWay(TransferRefusal):
    """What became of the money is being asked; nothing else moves before the answer."""

    code = "transfer_under_way"
    message = "The money is on its way and the provider has not answered yet: try again in a moment."
    retry = True


class GameDidNotOpen(TransferRefusal):
    code = "game_did_not_open"
    message = "The game did not open: the money is on its way back."


class VisitNotFound(TransferRefusal):
    code = "visit_not_found"
    message = "No money is at a provider."
