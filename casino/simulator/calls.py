"""The calls of wallet API v1 and of its sandbox, built once and sent as often as needed, byte for byte the same."""

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from urllib.parse import quote

from casino.simulator.currencies import ZERO, Currency, amount_text

BASE = "/api/wallet/v1/"


class CallKind(StrEnum):
    """Every call that the simulator makes."""

    PING = "ping"
    AUTH = "auth"
    BALANCE = "balance"
    BET = "bet"
    WIN = "win"
    ROLLBACK = "rollback"
    JACKPOT = "jackpot"
    END_ROUND = "end-round"
    TRANSACTION = "transactions"
    REGISTER = "sandbox/players"
    LAUNCH = "sandbox/launch"
    STATE = "sandbox/state"


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``effect`` is what a booking adds to the player's balance, in the wallet's currency."""

    kind: CallKind
    method: str
    path: str
    body: bytes
    request_id: str
    transaction_id: str | None = None
    original_id: str | None = None
    effect: Decimal = ZERO

    def again(self, mark: str = "again") -> "Call":
        """The same call, byte for byte, under another request id, as a duplicate arrives."""
        return replace(self, request_id=f"{self.request_id}-{mark}")

    def with_other_amount(self) -> "Call":
        """The same transaction id with another amount: what the wallet must refuse as a conflict."""
        fields = json.loads(self.body)
        fields["amount"] = str(Decimal(fields["amount"]) + 1)
        body = json.dumps(fields, separators=(",", ":")).encode()
        return replace(self, body=body, request_id=f"{self.request_id}-conflict")


@dataclass(frozen=True, slots=True)
class RoundKey:
    """Where money calls belong: player, game and round."""

    player_id: str
    game_code: str
    round_id: str
    currency: Currency

    def fields(self) -> dict[str, object]:
        """The fields that bet, win and jackpot share."""
        return {
            "player_id": self.player_id,
            "game_code": self.game_code,
            "round_id": self.round_id,
            "currency": self.currency.code,
        }


def _post(
    kind: CallKind,
    path: str,
    fields: dict[str, object],
    *,
    transaction_id: str | None = None,
    original_id: str | None = None,
    effect: Decimal = ZERO,
) -> Call:
    sent = {name: value for name, value in fields.items() if value is not None}
    body = json.dumps(sent, separators=(",", ":")).encode()
    return Call(kind, "POST", BASE + path, body, transaction_id or "", transaction_id, original_id, effect)


def ping() -> Call:
    """Liveness."""
    return Call(CallKind.PING, "GET", BASE + "ping", b"", "")


def register(*, currency: Currency, balance: Decimal, game_code: str) -> Call:
    """A fresh sandbox player with mock credits."""
    fields: dict[str, object] = {"currency": currency.code, "game_code": game_code}
    return _post(CallKind.REGISTER, "sandbox/players", fields | {"balance": amount_text(balance, currency)})


def launch(*, player_id: str, game_code: str) -> Call:
    """Another launch token."""
    path = f"sandbox/players/{quote(player_id, safe='')}/launch"
    return _post(CallKind.LAUNCH, path, {"game_code": game_code})


def expire_session(*, player_id: str) -> Call:
    """End the player's current session."""
    path = f"sandbox/players/{quote(player_id, safe='')}/state"
    return _post(CallKind.STATE, path, {"session_expired": True})


def auth(*, token: str, game_code: str) -> Call:
    """Exchange the launch token for a session."""
    return _post(CallKind.AUTH, "auth", {"token": token, "game_code": game_code})


def balance(*, player_id: str) -> Call:
    """The current balance."""
    return _post(CallKind.BALANCE, "balance", {"player_id": player_id})


def bet(
    *,
    transaction_id: str,
    key: RoundKey,
    session_id: str,
    stake: Decimal,
    contribution: Decimal = ZERO,
    closed: bool = False,
) -> Call:
    """Debit a stake."""
    fields = key.fields() | {"transaction_id": transaction_id, "session_id": session_id}
    fields["amount"] = amount_text(stake, key.currency)
    fields["jackpot_contribution"] = amount_text(contribution, key.currency) if contribution else None
    fields["round_closed"] = True if closed else None
    return _post(CallKind.BET, "bet", fields, transaction_id=transaction_id, effect=-stake)


def win(
    *, transaction_id: str, key: RoundKey, amount: Decimal, bet_id: str | None = None, closed: bool = False
) -> Call:
    """Credit a payout; zero records a loss."""
    fields = key.fields() | {"transaction_id": transaction_id, "bet_transaction_id": bet_id}
    fields["amount"] = amount_text(amount, key.currency)
    fields["round_closed"] = True if closed else None
    return _post(CallKind.WIN, "win", fields, transaction_id=transaction_id, effect=amount)


def jackpot(*, transaction_id: str, key: RoundKey, jackpot_code: str, amount: Decimal, closed: bool = False) -> Call:
    """Credit a jackpot win, paid from the pool."""
    fields = key.fields() | {"transaction_id": transaction_id, "jackpot_code": jackpot_code}
    fields["amount"] = amount_text(amount, key.currency)
    fields["round_closed"] = True if closed else None
    return _post(CallKind.JACKPOT, "jackpot", fields, transaction_id=transaction_id, effect=amount)


def rollback(*, transaction_id: str, key: RoundKey, original_id: str, reason: str) -> Call:
    """Reverse one bet or win."""
    fields: dict[str, object] = {
        "transaction_id": transaction_id,
        "original_transaction_id": original_id,
        "player_id": key.player_id,
        "round_id": key.round_id,
        "game_code": key.game_code,
        "reason": reason,
    }
    return _post(CallKind.ROLLBACK, "rollback", fields, transaction_id=transaction_id, original_id=original_id)


def end_round(*, key: RoundKey) -> Call:
    """Close a round that has no further calls."""
    fields: dict[str, object] = {
        "player_id": key.player_id,
        "game_code": key.game_code,
        "round_id": key.round_id,
    }
    return _post(CallKind.END_ROUND, "end-round", fields)


def transaction(*, transaction_id: str) -> Call:
    """Ask what became of a transaction."""
    path = f"{BASE}transactions/{quote(transaction_id, safe='')}"
    return Call(CallKind.TRANSACTION, "GET", path, b"", "")
