"""Sharing payments among gateways by weight, without chance. Pure.

The order's own reference decides, by SHA-256: the same reference gives the same order for ever, so that staff can be
told months later why a payment went where it went, and a repeat of a call goes the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

_SPACE: Final = 2**64


def share_order(reference: str, weights: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """Gateways in the order in which to try them, each with why; `weights` are (gateway, weight above zero).

    The first is drawn with a chance in proportion to its weight, the next one from those that are left, and so on.
    """
    left = sorted(weights)
    found: list[tuple[str, str]] = []
    while left:
        total = sum(weight for _gateway, weight in left)
        point = Fraction(_number(reference, len(found)), _SPACE) * total
        passed = 0
        for gateway, weight in left:
            if passed + weight > point:
                words = f"weight {weight} of {total}"
                if len(left) > 1:
                    words += f"; the reference gives {float(point):.1f}, which falls in {passed} to {passed + weight}"
                found.append((gateway, words))
                left.remove((gateway, weight))
                break
            passed += weight
    return found


def _number(reference: str, draw: int) -> int:
    """0 up to 2^64, of the reference and the number of the draw."""
    return int.from_bytes(hashlib.sha256(f"{draw}:{reference}".encode()).digest()[:8], "big")
