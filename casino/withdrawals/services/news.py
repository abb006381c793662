"""What gateways say of payments: each fact counts once, in whatever order and however often it comes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from casino.gateways.enums import NewsKind, Purpose
from casino.gateways.errors import NewsPuzzling
from casino.gateways.services.news import news_counts
from casino.gateways.types import News
from casino.routing.types import Decline
from casino.withdrawals.enums import PayoutState as P
from casino.withdrawals.locks import withdrawal_lock
from casino.withdrawals.models import Payout
from casino.withdrawals.services.outcomes import (
    payout_confirm,
    payout_fail,
    payout_return,
    payout_take_on,
    withdrawal_settle,
)
from casino.withdrawals.services.payments import payout_send_again
from casino.withdrawals.states import AT_GATEWAY
from common.money import decimal_text
from wallet.locks import busy_when_locked

OURS: Final = frozenset(
    {
        NewsKind.PAYOUT_PENDING, NewsKind.PAYOUT_CONFIRMED, NewsKind.PAYOUT_DECLINED, NewsKind.PAYOUT_EXPIRED,
        NewsKind.PAYOUT_RETURNED,
    }
)  # fmt: skip
NOT_FOUND: Final = "not_found"


def payout_news(gateway: str, news: News, message_id: int, now: datetime) -> str:
    """The handler that gateways know (registry). Raises NewsPuzzling for what contradicts our records (PAY-04)."""
    if news.kind is NewsKind.UNKNOWN and news.code == NOT_FOUND and message_id == 0:
        return _never_heard(gateway, news, now)
    if news.kind not in OURS:
        return ""
    return _taken(gateway, news, message_id, now)


def declines_since(player_id: int, purpose: Purpose, method: str, since: datetime) -> dict[str, Decline]:
    """For routing: by gateway the latest payment of the player that a stop code ended."""
    if purpose is not Purpose.PAYOUT:
        return {}
    rows = Payout.objects.filter(player_id=player_id, method=method, state=P.FAILED, ended_at__gte=since)
    found: dict[str, Decline] = {}
    for row in rows.order_by("ended_at"):
        if row.ended_at is not None and row.code.casefold() in {str(code).casefold() for code in row.stop_codes}:
            found[row.gateway] = Decline(code=row.code, at=row.ended_at)
    return found


@busy_when_locked()
@transaction.atomic
def _taken(gateway: str, news: News, message_id: int, now: datetime) -> str:
    payout = _meant(gateway, news)
    if payout is None:
        if news.reference.startswith("W-"):
            raise NewsPuzzling(f"no payment {news.reference} was ever made through {gateway}")
        return ""
    _same_money(payout, news)
    before = payout.state
    if not news_counts(gateway=gateway, news=news, message_id=message_id, note=f"payment {payout.reference}", now=now):
        return "counted already"
    if news.gateway_reference and not payout.gateway_reference:
        payout.gateway_reference = news.gateway_reference[:200]
        payout.save(update_fields=["gateway_reference"])
    actor = f"gateway:{gateway}"
    _applied(payout, news, actor, now)
    withdrawal_settle(payout.withdrawal, actor=actor, now=now)
    after = payout.get_state_display().lower()
    return f"{payout.reference}: {after}" if payout.state != before else f"{payout.reference}: {after} already"


def _applied(payout: Payout, news: News, actor: str, now: datetime) -> None:
    """Carry it out where it follows; what an earlier fact has overtaken changes nothing."""
    kind = news.kind
    if kind is NewsKind.PAYOUT_PENDING and payout.state in (P.SENDING, P.UNKNOWN):
        payout_take_on(payout, actor=actor, now=now)
    elif kind is NewsKind.PAYOUT_CONFIRMED and payout.state in (*AT_GATEWAY, P.FAILED):
        payout_confirm(payout, actor=actor, now=now)
    elif kind in (NewsKind.PAYOUT_DECLINED, NewsKind.PAYOUT_EXPIRED):
        if payout.state in AT_GATEWAY:
            payout_fail(payout, code=news.code or kind.value, text=news.text, actor=actor, now=now)
        elif payout.state == P.CONFIRMED:
            # Confirmed and then declined: the money is back, whatever the vendor calls it.
            payout_return(payout, actor=actor, now=now)
    elif kind is NewsKind.PAYOUT_RETURNED and payout.state in (*AT_GATEWAY, P.CONFIRMED):
        payout_return(payout, actor=actor, now=now)


def _meant(gateway: str, news: News) -> Payout | None:
    """The payment that the news is about, locked behind its player's wallet."""
    rows = Payout.objects.filter(gateway=gateway)
    if news.reference:
        rows = rows.filter(reference=news.reference)
    elif news.gateway_reference:
        rows = rows.filter(gateway_reference=news.gateway_reference)
    else:
        return None
    found = rows.values_list("pk", "withdrawal_id").first()
    if found is None:
        return None
    withdrawal_lock(found[1])
    locked = Payout.objects.select_related("withdrawal__player__brand", "instrument")
    return locked.select_for_update(of=("self",)).get(pk=found[0])


def _same_money(payout: Payout, news: News) -> None:
    """Raises NewsPuzzling for another amount or currency than ours: never booked, people look (PAY-04)."""
    if news.amount is None:
        return
    if news.amount != payout.amount or (news.currency and news.currency != payout.currency):
        raise NewsPuzzling(
            f"{payout.reference} is {decimal_text(payout.amount)} {payout.currency},"
            f" not {decimal_text(news.amount)} {news.currency}"
        )


def _never_heard(gateway: str, news: News, now: datetime) -> str:
    """The gateway was asked and never heard of it: the very same payment is sent once more."""
    found = Payout.objects.filter(gateway=gateway, reference=news.reference, state=P.UNKNOWN).first()
    if found is None:
        return ""
    again = payout_send_again(payout_id=found.pk, now=now)
    return f"{again.reference}: sent again, {again.get_state_display().lower()}"
