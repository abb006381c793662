"""What the play wing refuses, in the words of the wallet contract (wallet-api-v1 §5)."""

from __future__ import annotations

from common.errors import Refusal


class InvalidRequest(Refusal):
    code = "invalid_request"
    message = "The request does not have the form that the contract asks for."
    recorded = False


class InvalidAmount(Refusal):
    code = "invalid_amount"
    message = "An amount is not a plain decimal that the currency's ledger can keep exactly."
    recorded = False


class UnsupportedCurrency(Refusal):
    code = "unsupported_currency"
    message = "No such currency is known here."
    recorded = False


class PlayerNotFound(Refusal):
    code = "player_not_found"
    message = "No such player."


class GameNotFound(Refusal):
    code = "game_not_found"
    message = "The provider has no such game here."


class SessionNotFound(Refusal):
    code = "session_not_found"
    message = "No such session."


class JackpotNotFound(Refusal):
    code = "jackpot_not_found"
    message = "The provider has no such jackpot here."


class TransactionNotFound(Refusal):
    code = "transaction_not_found"
    message = "No transaction of this provider has that id."
    recorded = False


class RoundNotFound(Refusal):
    code = "round_not_found"
    message = "No such round of this player."
    recorded = False


class IdempotencyConflict(Refusal):
    code = "idempotency_conflict"
    message = "This transaction id was used before with other content."
    recorded = False


class TransactionRolledBack(Refusal):
    code = "transaction_rolled_back"
    message = "The transaction was rolled back."


class OriginalSettled(Refusal):
    code = "original_settled"
    message = "The bet's round has a win; roll that back first."


class PlayerMismatch(Refusal):
    code = "player_mismatch"
    message = "The call names another player than the record it refers to."


class CurrencyMismatch(Refusal):
    code = "currency_mismatch"
    message = "The currency is not the wallet's."


class RoundClosed(Refusal):
    code = "round_closed"
    message = "The round is closed."


class BetNotFound(Refusal):
    """Not determinate: the bet may still arrive, so the win's id is not used up (conformance case 108)."""

    code = "bet_not_found"
    message = "The round has no booked bet yet; repeat with the same id."
    retry = True
    recorded = False


class SessionExpired(Refusal):
    code = "session_expired"
    message = "The session has ended."


class TokenExpired(Refusal):
    code = "token_expired"
    message = "The launch token has expired."


class TokenUsed(Refusal):
    code = "token_used"
    message = "The launch token was used before."


class StakeLimitExceeded(Refusal):
    code = "stake_limit_exceeded"
    message = "The stake is outside the limits of the game or provider."


class GameDisabled(Refusal):
    code = "game_disabled"
    message = "The game is not available to this player."
