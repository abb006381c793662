"""The time line of a round on its page: the steps of `round_steps`, coloured, linked and unfolded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html

from casino.calls.models import ProviderCall
from casino.play.enums import LegKind
from casino.play.models import Leg, Round
from casino.play.selectors.investigation import Investigation
from casino.play.selectors.round_steps import Step, round_steps
from common.backoffice.display import code, money, precise, record_link, tag
from common.backoffice.sections import Section
from wallet.admin.entry_rows import LINE_HEADERS, line_row, sum_rows
from wallet.selectors.recorded_answers import answers_of_calls

TEXT_SHOWN = 4_000


@dataclass(frozen=True, slots=True)
class Moment:
    """One step as the template shows it. `details` are (word, value) pairs, `raws` (title, text) pairs to unfold."""

    step: Step
    time: str
    label: str
    amount: str
    balance: str
    details: Sequence[tuple[str, object]]
    entries: Section | None = None
    raws: Sequence[tuple[str, str]] = field(default_factory=tuple)


def round_timeline(found: Investigation, *, log: bool) -> list[Moment]:
    """The whole life of a round, oldest first. `log`: whoever looks may read the call log, so the raw calls too."""
    return [_moment(step, found.round, log=log) for step in round_steps(found)]


def _moment(step: Step, round_: Round, *, log: bool) -> Moment:
    details, raws = _booking_parts(step, round_) if step.leg is not None else ([], [])
    if step.call is not None:
        details, raws = _call_parts(step.call) if log else (_call_words(step.call), [])
    if step.name:
        details = [("Provider's transaction id", code(step.name))]
    if step.answer is not None and bytes(step.answer.body):
        raws = [*raws, ("Answer on record", raw_text(bytes(step.answer.body)))]
    return Moment(
        step=step,
        time=precise(step.at),
        label=tag(step.title, step.grade),
        amount=_signed(step, round_.currency),
        balance=_balances(step, round_.currency),
        details=details,
        entries=_entries(step),
        raws=raws,
    )


def _signed(step: Step, currency: str) -> str:
    if step.amount is None:
        return ""
    if step.amount > 0:
        return format_html("<span>+{}</span>", money(step.amount, currency))
    return money(step.amount, currency)


def _balances(step: Step, currency: str) -> str:
    if step.before is None or step.after is None:
        return ""
    return format_html("balance {} → {}", money(step.before, currency), money(step.after, currency))


def _entries(step: Step) -> Section | None:
    if step.booked is None:
        return None
    rows = [line_row(entry) for entry in step.booked.entries] + sum_rows(step.booked.entries)
    return Section("", LINE_HEADERS, rows, empty="No entries: the ledger is damaged, run verify_ledger.")


def _booking_parts(step: Step, round_: Round) -> tuple[list[tuple[str, object]], list[tuple[str, str]]]:
    leg = step.leg
    assert leg is not None
    details: list[tuple[str, object]] = [
        ("Provider's transaction id", code(leg.provider_transaction_id)),
        ("Our id", record_link("play.leg", leg.pk, code(leg.pk))),
        ("Real money", money(leg.real, round_.currency)),
        ("Bonus money", money(leg.bonus, round_.currency)),
    ]
    if leg.related is not None:
        word = "Takes back" if leg.kind == LegKind.ROLLBACK else "Pays for"
        details.append((word, record_link("play.leg", leg.related_id, leg.related)))
    if leg.reversed_by_id is not None:
        details.append(("Taken back by", record_link("play.leg", leg.reversed_by_id, "this rollback")))
    if leg.contribution:
        details.append(("Share for the jackpot pool", money(leg.contribution, round_.currency)))
    if leg.free_round:
        details.append(("Free round", code(leg.free_round)))
    if step.booked is None:
        details.append(("Ledger", "no money moved"))
    else:
        link = record_link("wallet.transaction", leg.pk, step.booked.transaction.get_kind_display())
        details.append(("Ledger transaction", link))
        details.append(("Sealed", seal_words(step.booked.seal)))
    details.append(("Answer on record", "sealed" if step.answer_seal else "waits for the next seal"))
    return details, []


def seal_words(number: int | None) -> str:
    """The seal over a row, as a link, or that none is there yet."""
    return "waits for the next seal" if number is None else record_link("wallet.seal", number, f"No. {number}")


def _call_parts(call: ProviderCall) -> tuple[list[tuple[str, object]], list[tuple[str, str]]]:
    body, answer = bytes(call.body), bytes(call.answer)
    took = f"{call.total_us / 1000:.1f} ms: {call.edge_us / 1000:.1f} reading and authentication, "
    details = [
        *_call_words(call),
        ("Key", code(call.key_id)),
        ("From", code(call.remote_address)),
        ("Took", f"{took}{call.database_us / 1000:.1f} database"),
        ("Request id", code(call.request_id)),
        ("In the log", record_link("calls.providercall", call.pk, "Open")),
    ]
    raws = [
        (f"Raw request ({call.get_body_form_display()})", f"{call.method} {call.path}\n\n{raw_text(body)}"),
        ("Headers", json.dumps(call.headers, indent=2, ensure_ascii=False)),
        ("Raw answer", raw_text(answer)),
    ]
    return details, [(title, cut(text)) for title, text in raws]


def _call_words(call: ProviderCall) -> list[tuple[str, object]]:
    """What everybody reads of a call who sees the round."""
    details: list[tuple[str, object]] = [("Provider's transaction id", code(call.provider_transaction_id))]
    if call.original_transaction_id:
        details.append(("Original", code(call.original_transaction_id)))
    return [*details, ("Signature", call.get_signature_display())]


def raw_text(raw: bytes) -> str:
    """Bytes as they were, read as text; what is no UTF-8 shows as escapes. Not laid out anew: 1.10 stays 1.10."""
    return raw.decode("utf-8", "backslashreplace")


def cut(text: str) -> str:
    """A text short enough for the page, with a note where it ends early."""
    if len(text) <= TEXT_SHOWN:
        return text
    rest = len(text) - TEXT_SHOWN
    return f"{text[:TEXT_SHOWN]}\n\n… {rest:,} more characters: open the call in the log, or take the evidence pack."


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
