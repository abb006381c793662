"""The answer that is recorded for a corrected transaction is the one that the provider's own call would have got: if
that call still comes, it is a repeat, and moves nothing.
"""

from __future__ import annotations

from casino.play.dialect import Dialect
from wallet.api.answers import WalletV1


def dialect_of(request: str) -> Dialect:
    """The words of wallet API v1; `request` stands for the id of the request that never came."""
    return WalletV1(request)
