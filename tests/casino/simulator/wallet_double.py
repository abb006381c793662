"""A tiny wallet in memory that keeps the contract, and can be told to break it: the simulator's opponent in tests.

It shares no code with the simulator or with our wallet.
"""

import hashlib
import hmac
import itertools
import json
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock
from typing import Any

from tests.casino.simulator.wallet_records import Account, Booking, Fault, Refusal

BASE = "/api/wallet/v1/"
DIGITS = {"JPY": 0}
RETRY = {"bet_not_found"}


@dataclass
class WalletDouble:
    """The wallet's whole state; outlives its server, as a database outlives a killed process."""

    faults: set[Fault] = field(default_factory=set)
    secret: str = "sandbox-secret"
    sandbox: bool = True
    accounts: dict[str, Account] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)
    rounds: dict[str, list[Booking]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    tokens: dict[str, str] = field(default_factory=dict)
    pool: dict[str, Decimal] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    serial: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    counts: dict[str, int] = field(default_factory=dict)

    def handle(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        """Answer one request: status, body, extra headers."""
        path = target.removeprefix(BASE)
        if path == "ping":
            return 200, b'{"status":"ok"}', {}
        request_id = headers.get("x-request-id") or f"made-{next(self.serial)}"
        with self.lock:
            try:
                self._authenticate(method, target, headers, body)
                if path.startswith("sandbox/") and not self.sandbox:
                    return 404, b"<h1>Not Found</h1>", {"Content-Type": "text/html"}
                fields = json.loads(body) if body else {}
                return self._route(path, fields, request_id)
            except Refusal as refusal:
                return refusal.status, self._error(refusal, request_id), {}

    def _authenticate(self, method: str, target: str, headers: dict[str, str], body: bytes) -> None:
        signed = f"{headers.get('x-timestamp')}.{method}.{target}.".encode() + body
        digest = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        if headers.get("x-signature") != f"v1={digest}":
            raise Refusal(401, "invalid_signature")

    def _route(self, path: str, fields: dict[str, Any], request_id: str) -> tuple[int, bytes, dict[str, str]]:
        if path.startswith("transactions/"):
            return 200, self._ok(request_id, **self._state(path.removeprefix("transactions/"))), {}
        if path in ("bet", "win", "jackpot", "rollback"):
            return self._money(path, fields, request_id)
        if fields.get("game_code") in self.stopped and (path == "auth" or path.startswith("sandbox/")):
            raise Refusal(422, "game_disabled")
        if path == "sandbox/players":
            return 200, self._ok(request_id, **self._register(fields)), {}
        player = fields.get("player_id") or ""
        if path.startswith("sandbox/players/"):
            player, what = path.split("/")[2:]
            account = self._account(player)
            if what == "launch":
                return 200, self._ok(request_id, token=self._token(player)), {}
            account.expired = account.expired or bool(fields.get("session_expired"))
            return 200, self._ok(request_id, **self._balance(account)), {}
        if path == "auth":
            return 200, self._ok(request_id, **self._auth(fields)), {}
        shown = self._balance(self._account(player))
        if path == "end-round":
            self.closed.add(fields["round_id"])
            shown |= {"round_id": fields["round_id"], "closed_at": "2026-11-20T10:00:00Z"}
        return 200, self._ok(request_id, **shown), {}

    def _register(self, fields: dict[str, Any]) -> dict[str, object]:
        player = f"p{next(self.serial)}"
        self.accounts[player] = Account(fields["currency"], Decimal(fields["balance"]))
        account = self.accounts[player]
        return {"player_id": player, "token": self._token(player), "currency": account.currency} | self._balance(
            account
        )

    def _token(self, player: str) -> str:
        token = f"token-{next(self.serial)}"
        self.tokens[token] = player
        return token

    def _auth(self, fields: dict[str, Any]) -> dict[str, object]:
        token = fields["token"]
        if token in self.used:
            raise Refusal(422, "token_used")
        self.used.add(token)
        player = self.tokens[token]
        account = self._account(player)
        account.session, account.expired = f"session-{next(self.serial)}", False
        told = {"player_id": player, "session_id": account.session, "currency": account.currency, "mode": "real"}
        told |= {"country": "MT", "language": "en", "jurisdiction": "MGA", "expires_at": "2026-11-20T10:30:00Z"}
        return told | self._balance(account)

    def _money(self, kind: str, fields: dict[str, Any], request_id: str) -> tuple[int, bytes, dict[str, str]]:
        known = self.bookings.get(fields["transaction_id"])
        amount = Decimal(fields.get("amount", 0))
        names = ("player_id", "game_code", "round_id", "currency", "original_transaction_id")
        content = (kind, amount, *(fields.get(name) for name in names))
        if known is not None and known.state == "tombstone" and Fault.LATE_BET_BOOKED not in self.faults:
            raise Refusal(409, "transaction_rolled_back")
        if known is not None and known.body:
            return self._replay(known, content)
        account = self._account(fields["player_id"])
        booking = Booking(kind, content, "booked", amount, fields["player_id"], fields.get("round_id", ""))
        try:
            more = getattr(self, f"_{kind}")(account, fields, amount)
            shown = self._balance(account)
            if kind == "bet" and Fault.WRONG_BALANCE in self.faults and self._nth(50):
                shown["balance"] = self._balance(Account(account.currency, account.balance + 1))["balance"]
            more |= {"transaction_id": fields["transaction_id"], "wallet_transaction_id": f"t{next(self.serial)}"}
            more |= {"round_id": fields.get("round_id"), "processed_at": "2026-11-20T10:00:00Z"}
            body = self._ok(request_id, **more, **shown)
            booking.status, booking.body = 200, body
        except Refusal as refusal:
            if refusal.code in RETRY:
                raise
            booking.state, booking.status = "refused", refusal.status
            booking.body = self._error(refusal, request_id)
        self.bookings[fields["transaction_id"]] = booking
        self.rounds.setdefault(booking.round_id, []).append(booking)
        if fields.get("round_closed") and booking.state == "booked":
            self.closed.add(fields["round_id"])
        return booking.status, booking.body, {}

    def _replay(self, known: Booking, content: tuple[object, ...]) -> tuple[int, bytes, dict[str, str]]:
        if known.content != content:
            raise Refusal(409, "idempotency_conflict")
        body = known.body
        if Fault.OTHER_REPLAY in self.faults:
            body = json.dumps(json.loads(body) | {"request_id": f"new-{next(self.serial)}"}).encode()
        marked = Fault.NO_REPLAY_HEADER not in self.faults
        return known.status, body, {"Idempotent-Replay": "true"} if marked else {}

    def _bet(self, account: Account, fields: dict[str, Any], amount: Decimal) -> dict[str, object]:
        if Fault.REFUSES_BETS in self.faults:
            raise Refusal(422, "game_disabled")
        if Fault.HTML_ERROR in self.faults and self._nth(50):
            raise RuntimeError("planted")
        if account.expired or fields["session_id"] != account.session:
            raise Refusal(422, "session_expired")
        if fields["round_id"] in self.closed:
            raise Refusal(409, "round_closed")
        if account.balance < amount:
            raise Refusal(402, "insufficient_funds", **self._balance(account))
        account.balance -= amount
        share = Decimal(fields.get("jackpot_contribution", 0))
        self.pool[account.currency] = self.pool.get(account.currency, Decimal(0)) + share
        if Fault.DOUBLE_DEBIT in self.faults and self._nth(50):
            account.balance -= amount
        return {}

    def _win(self, account: Account, fields: dict[str, Any], amount: Decimal) -> dict[str, object]:
        if fields["round_id"] in self.closed:
            raise Refusal(409, "round_closed")
        if not any(known.kind == "bet" and known.state == "booked" for known in self._round(fields["round_id"])):
            raise Refusal(409, "bet_not_found")
        lost = Fault.LOST_WIN in self.faults and amount > 0 and self._nth(20)
        account.balance += 0 if lost else amount
        return {}

    def _jackpot(self, account: Account, fields: dict[str, Any], amount: Decimal) -> dict[str, object]:
        assert fields["jackpot_code"] == "sandbox-pool"
        account.balance += amount
        self.pool[account.currency] -= amount
        assert self.pool[account.currency] >= 0, "the simulator won more than it had paid in"
        return {}

    def _rollback(self, account: Account, fields: dict[str, Any], amount: Decimal) -> dict[str, object]:
        assert not amount
        original_id = fields["original_transaction_id"]
        original = self.bookings.get(original_id)
        if original is None:
            self.bookings[original_id] = Booking("bet", (), "tombstone", amount, fields["player_id"], "")
        if original is None or original.state in ("refused", "tombstone"):
            return {"original": "not_found"}
        if original.state == "reversed" and Fault.DOUBLE_REFUND not in self.faults:
            return {"original": "already_reversed"}
        wins = [known for known in self._round(original.round_id) if known.kind == "win" and known.state == "booked"]
        if original.kind == "bet" and any(known.amount for known in wins):
            raise Refusal(409, "original_settled")
        account.balance += original.amount if original.kind == "bet" else -original.amount
        answer = "already_reversed" if original.state == "reversed" else "reversed"
        original.state = "reversed"
        return {"original": answer}

    def _round(self, round_id: str) -> list[Booking]:
        return self.rounds.get(round_id, [])

    def _state(self, transaction_id: str) -> dict[str, object]:
        known = self.bookings.get(transaction_id)
        if known is None:
            raise Refusal(404, "transaction_not_found")
        told: dict[str, object] = {"transaction_id": transaction_id, "type": known.kind, "state": known.state}
        told |= {"round_id": known.round_id, "currency": None, "processed_at": "2026-11-20T10:00:00Z"}
        return told | {"amount": f"{known.amount:f}", "response": json.loads(known.body) if known.body else None}

    def _account(self, player: str) -> Account:
        if player not in self.accounts:
            raise Refusal(404, "player_not_found")
        return self.accounts[player]

    def _nth(self, every: int) -> bool:
        self.counts["nth"] = self.counts.get("nth", 0) + 1
        return self.counts["nth"] % every == 0

    @staticmethod
    def _balance(account: Account) -> dict[str, object]:
        places = max(DIGITS.get(account.currency, 2), -int(account.balance.normalize().as_tuple().exponent))
        text = f"{account.balance:.{places}f}"
        zero = f"{Decimal(0):.{DIGITS.get(account.currency, 2)}f}"
        return {"balance": {"currency": account.currency, "real": text, "bonus": zero, "total": text}}

    @staticmethod
    def _ok(request_id: str, **more: object) -> bytes:
        return json.dumps({"status": "ok", "request_id": request_id, **more}).encode()

    @staticmethod
    def _error(refusal: Refusal, request_id: str) -> bytes:
        told = {"code": refusal.code, "class": "retry" if refusal.code in RETRY else "final", "message": refusal.code}
        return json.dumps({"status": "error", "request_id": request_id, "error": told, **refusal.more}).encode()
