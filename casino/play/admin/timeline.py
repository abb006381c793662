"""A round told in the order of time: what we booked, and every raw call of the provider where the log still has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.html import format_html

from casino.calls.models import ProviderCall
from casino.calls.selectors.calls import calls_of_round
from casino.play.enums import LegKind
from casino.play.models import Leg, Round
from casino.play.selectors.rounds import LegStory, round_story
from common.backoffice.display import NOTHING, code, money, precise, record_link, tag
from common.backoffice.sections import Section
from wallet.selectors.recorded_answers import answers_of_calls

CALLS_SHOWN = 300
SIGNS = {LegKind.BET: "\u2212", LegKind.WIN: "+", LegKind.JACKPOT: "+", LegKind.ROLLBACK: ""}
VARIANTS = {LegKind.BET: "info", LegKind.WIN: "success", LegKind.JACKPOT: "success", LegKind.ROLLBACK: "warning"}


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the time line. `details` are (word, value) pairs, `raws` (title, text) pairs to unfold."""

    at: datetime
    booked: bool
    time: str
    label: str
    sentence: str
    amount: str = ""
    balance: str = ""
    details: Sequence[tuple[str, object]] = ()
    raws: Sequence[tuple[str, str]] = field(default_factory=tuple)


def round_timeline(round_: Round) -> list[Moment]:
    """Booked legs and raw calls of a round, oldest first. At the same instant the call stands before its booking."""
    stories = round_story(round_)
    calls = calls_of_round(
        provider_code=round_.provider.code,
        player=round_.player.public_id,
        round_reference=round_.reference,
        transaction_ids=[story.leg.provider_transaction_id for story in stories],
    )[:CALLS_SHOWN]
    moments = [_booked(story, round_.currency) for story in stories] + [_called(call) for call in calls]
    return sorted(moments, key=lambda moment: (moment.at, moment.booked))


def _booked(story: LegStory, currency: str) -> Moment:
    leg = story.leg
    kind = LegKind(leg.kind)
    details: list[tuple[str, object]] = [
        ("Provider's transaction id", code(leg.provider_transaction_id)),
        ("Our id", record_link("play.leg", leg.pk, code(leg.pk))),
    ]
    if leg.related is not None:
        word = "Takes back" if kind is LegKind.ROLLBACK else "Pays for"
        details.append((word, record_link("play.leg", leg.related_id, leg.related)))
    if leg.bonus:
        details.append(("Of it bonus money", money(leg.bonus, currency)))
    if leg.contribution:
        details.append(("Share for the jackpot pool", money(leg.contribution, currency)))
    if story.answer is not None and bytes(story.answer.body):
        raws = [("Answer on record", raw_text(bytes(story.answer.body)))]
    else:
        raws = []
    amount = leg.real + leg.bonus
    if kind is LegKind.ROLLBACK and leg.related is not None:
        amount = leg.related.real + leg.related.bonus
        sign = "+" if leg.related.kind == LegKind.BET else "\u2212"
    else:
        sign = SIGNS[kind]
    state = "Reversed later" if leg.reversed_by_id else ("Loss" if kind is LegKind.WIN and not amount else "Booked")
    return Moment(
        at=leg.booked_at,
        booked=True,
        time=precise(leg.booked_at),
        label=tag(kind.label, VARIANTS[kind]),
        sentence=tag(state, "warning" if leg.reversed_by_id else ""),
        amount=format_html("<span>{}{}</span>", sign, money(amount, currency)) if amount else money(amount, currency),
        balance=money(story.balance_after, currency) if story.balance_after is not None else NOTHING,
        details=details,
        raws=raws,
    )


def _called(call: ProviderCall) -> Moment:
    good = call.status < 400
    words = f"HTTP {call.status} · {call.outcome}" + (" · answered from the record" if call.replayed else "")
    body = bytes(call.body)
    return Moment(
        at=call.received_at,
        booked=False,
        time=precise(call.received_at),
        label=tag(f"Call: {call.call or call.path}", "" if good else "danger"),
        sentence=words,
        details=[
            ("Provider's transaction id", code(call.provider_transaction_id)),
            ("Signature", call.get_signature_display()),
            ("From", code(call.remote_address)),
            ("Took", f"{call.total_us / 1000:.1f} ms, {call.database_us / 1000:.1f} ms of it in the database"),
        ],
        raws=[
            (f"Raw request ({call.get_body_form_display()})", f"{call.method} {call.path}\n\n{raw_text(body)}"),
            ("Headers", json.dumps(call.headers, indent=2, ensure_ascii=False)),
            ("Raw answer", raw_text(bytes(call.answer))),
        ],
    )


def raw_text(raw: bytes) -> str:
    """Bytes as they were, read as text; what is no UTF-8 shows as escapes. Not laid out anew: 1.10 stays 1.10."""
    return raw.decode("utf-8", "backslashreplace")


def answer_section(leg: Leg) -> Section:
    """The recorded answer of a leg's call, as a table of one row."""
    answer = answers_of_calls([(leg.provider_id, leg.provider_transaction_id)]).get(
        (leg.provider_id, leg.provider_transaction_id)
    )
    rows = [] if answer is None else [
        (
            tag(answer.get_outcome_display()),
            answer.status,
            precise(answer.recorded_at),
            code(raw_text(bytes(answer.body))),
        )
    ]  # fmt: skip
    return Section(
        "Recorded answer",
        ("Outcome", "HTTP status", "Recorded (UTC)", "Body as sent"),
        rows,
        empty="No answer on record: the ledger is damaged, run verify_ledger.",
        note="The provider gets exactly these bytes again, however often it repeats the call.",
    )
