"""Signed bets as whole HTTP requests, built before the clock starts (wallet-api-v1 §2, §3)."""

from __future__ import annotations

import hmac
import random
import time
from dataclasses import dataclass

AMOUNT = "0.10"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who plays which game, and with which key the calls are signed."""

    provider: str
    key_id: str
    secret: str
    game_code: str
    currency: str

    def signature(self, timestamp: str, path: str, body: bytes) -> str:
        """The contract's HMAC over `timestamp.POST.path.body`."""
        message = b".".join((timestamp.encode(), b"POST", path.encode(), body))
        return "v1=" + hmac.digest(self.secret.encode(), message, "sha256").hex()


def bet_body(signer: Signer, player: str, session: str, chance: random.Random) -> bytes:
    """One bet with a transaction id and a round of its own; ids are 64-bit numbers, as many providers use."""
    return (
        f'{{"transaction_id":"{chance.getrandbits(64)}","session_id":"{session}","player_id":"{player}",'
        f'"game_code":"{signer.game_code}","round_id":"{chance.getrandbits(64):016x}","amount":"{AMOUNT}",'
        f'"currency":"{signer.currency}"}}'
    ).encode()


def signed_request(signer: Signer, path: str, body: bytes, timestamp: str) -> bytes:
    """The bytes of one keep-alive HTTP/1.1 request."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-Provider: {signer.provider}\r\nX-Key-Id: {signer.key_id}\r\nX-Timestamp: {timestamp}\r\n"
        f"X-Signature: {signer.signature(timestamp, path, body)}\r\n\r\n"
    ).encode() + body


def signed_bets(signer: Signer, path: str, players: list[tuple[str, str]], count: int, *, seed: int) -> list[bytes]:
    """`count` bets spread evenly at random over `players` (public id, session). The same seed never repeats an id in
    one run of the bench, because the moment is part of it."""
    chance = random.Random(f"{seed}:{time.time_ns()}")
    timestamp = str(int(time.time()))
    return [
        signed_request(signer, path, bet_body(signer, *players[chance.randrange(len(players))], chance), timestamp)
        for _ in range(count)
    ]
