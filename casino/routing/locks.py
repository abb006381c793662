"""One change of a method's terms or routes at a time: whoever changes them holds the method's row."""

from __future__ import annotations

from casino.routing.models import PaymentMethod


def method_lock(code: str) -> PaymentMethod:
    """The method, locked until the end of the transaction. Raises PaymentMethod.DoesNotExist."""
    return PaymentMethod.objects.select_for_update().get(code=code)
