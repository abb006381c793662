"""What methods a player is offered, and on what terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from casino.gateways.enums import InstrumentKind, Purpose
from casino.routing.decisions.specificity import most_specific, reason_of
from casino.routing.enums import FeePayer, Omission
from casino.routing.models import MethodTerms, PaymentMethod
from casino.routing.selectors.candidates import candidates_of
from casino.routing.selectors.circumstances import NEW, circumstances_of
from casino.routing.selectors.rows import methods_of, terms_at
from casino.routing.types import Circumstances, Fee, MethodOffer
from players.models import Player


def methods_for(player_id: int, purpose: Purpose, now: datetime, *, currency: str = "") -> tuple[MethodOffer, ...]:
    """Every method of the purpose in its order on screen, those that are not open with why.

    `currency` is the player's own where it is not named. Amounts are in that currency. Raises Player.DoesNotExist.
    """
    player = Player.objects.get(pk=player_id)
    around = circumstances_of(player, currency or player.currency)
    terms = list(terms_at(purpose, around.currency, now))
    offers = [_offer(method, purpose, player, around, terms, now) for method in methods_of(purpose)]
    return tuple(sorted(offers, key=lambda offer: (offer.place, offer.method)))


def offer_of(
    method: PaymentMethod, purpose: Purpose, player: Player, around: Circumstances, now: datetime
) -> MethodOffer:
    """One method's terms for a player, whether a gateway carries it at the moment or not."""
    return _terms_offer(method, purpose, player, around, list(terms_at(purpose, around.currency, now)))


def _offer(
    method: PaymentMethod, purpose: Purpose, player: Player, around: Circumstances, terms: list[MethodTerms],
    now: datetime,
) -> MethodOffer:  # fmt: skip
    offer = _terms_offer(method, purpose, player, around, terms)
    if not offer.open:
        return offer
    found = candidates_of(method=method, purpose=purpose, around=around, now=now)
    if found.routes:
        return offer
    text = found.left_out[0].text if found.left_out else "No gateway carries this method here."
    return replace(offer, why_not=found.left_out[0].why if found.left_out else Omission.NO_ROUTE, why_not_text=text)


def _terms_offer(
    method: PaymentMethod, purpose: Purpose, player: Player, around: Circumstances, terms: list[MethodTerms]
) -> MethodOffer:
    chosen = most_specific((row for row in terms if row.method_id == method.pk), around)
    if chosen is None:
        return MethodOffer(
            method=method.code, name=method.name_in(player.language), kind=InstrumentKind(method.kind),
            purpose=purpose, currency=around.currency, minimum=Decimal(0), maximum=None, fee=Fee(), presets=(),
            place=32_767, terms_id=None, reason="", why_not=Omission.NO_TERMS,
            why_not_text=f"There are no terms for this player in {around.currency}.",
        )  # fmt: skip
    row = chosen.row
    presets = row.first_presets if NEW in around.segments and row.first_presets else row.presets
    return MethodOffer(
        method=method.code, name=method.name_in(player.language), kind=InstrumentKind(method.kind), purpose=purpose,
        currency=row.currency, minimum=row.minimum, maximum=row.maximum,
        fee=Fee(percent=row.fee_percent, fixed=row.fee_fixed, payer=FeePayer(row.fee_payer)),
        presets=tuple(presets), place=row.place, terms_id=row.pk, reason=f"terms {row.pk}, {reason_of(row)}",
        why_not=None if row.offered else Omission.NOT_OFFERED,
        why_not_text="" if row.offered else f"Terms {row.pk} say that it is not offered {reason_of(row)}.",
    )  # fmt: skip
