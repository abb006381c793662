"""Orders of Alice's."""

from decimal import Decimal

from casino.gateways.enums import InstrumentKind, Purpose
from casino.gateways.types import Instrument, Order, Payer

ALICE = Payer(
    reference="alice", first_name="Alice", last_name="Archer", email="alice@example.com", country="MT", locale="en",
    address="",
)  # fmt: skip
CARD = Instrument(kind=InstrumentKind.CARD, token="tok_of_alice")


def order(
    amount: str, reference: str, *, purpose: Purpose = Purpose.DEPOSIT, method: str = "card_direct", notify: str = "",
    original: str = "", currency: str = "EUR",
) -> Order:  # fmt: skip
    """An order of Alice's."""
    return Order(
        reference=reference, purpose=purpose, amount=Decimal(amount), currency=currency, method=method, payer=ALICE,
        instrument=CARD if purpose is Purpose.PAYOUT else None, notify_url=notify, original=original,
        return_url="http://127.0.0.1/back",
    )  # fmt: skip
