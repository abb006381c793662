"""What stands in the way of a programme's postbacks going live: a sentence for each thing to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from affiliates.postbacks.egress import TargetRefused, Targets
from affiliates.postbacks.template import Template

EventName = Literal[
    "registration",
    "lead",
    "first_deposit",
    "qualified_first_deposit",
    "deposit",
    "withdrawal",
    "chargeback",
    "net_revenue",
]
NEEDED: Final[tuple[EventName, ...]] = ("registration", "qualified_first_deposit")
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One postback: for which event, where to, by which method; whether the contract allows personal data."""

    event: EventName
    address: str
    method: Literal["GET", "POST"] = "GET"
    personal_allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to change: a stable code, which event it is about, and a sentence."""

    code: str
    event: str
    text: str


def findings(settings: Iterable[Setting], *, targets: Targets, tested: Mapping[str, int | None]) -> list[Finding]:
    """Everything that refuses the activation. `tested` is the answer's status of the last test call by event.

    None: no answer. A missing event: never tested.
    """
    known = list(settings)
    found = [one for setting in known for one in _of_template(setting, targets)]
    found += [
        Finding(code="event_missing", event=event, text=f"There is no postback for {_words(event)}.")
        for event in NEEDED
        if not any(setting.event == event for setting in known)
    ]
    for setting in known:
        status = tested.get(setting.event)
        if setting.event not in tested:
            text = f"The postback for {_words(setting.event)} was never tested: send a test call."
            found.append(Finding(code="not_tested", event=setting.event, text=text))
        elif status is None or not 200 <= status < 300:
            said = f"answered {status}" if status else "had no answer"
            text = f"The test call for {_words(setting.event)} {said}: it must be answered with 2xx."
            found.append(Finding(code="test_failed", event=setting.event, text=text))
    return found


def _of_template(setting: Setting, targets: Targets) -> list[Finding]:
    template = Template(setting.address)
    found = []

    def add(code: str, text: str) -> None:
        found.append(Finding(code=code, event=setting.event, text=text))

    if len(setting.address) > LONGEST:
        add("too_long", f"The address has more than {LONGEST:,} characters.")
    for name in template.unknown:
        add("macro_unknown", f"There is no macro {name}: the list names all of them.")
    for macro in template.macros:
        if macro.privacy == "personal" and not setting.personal_allowed:
            add("personal_data", f"{{{macro.name}}} is personal data, which this affiliate's contract does not allow.")
    if not any(macro.name in {"click_id", "our_click_id"} or macro.name.startswith("sub") for macro in template.macros):
        add("no_click", "Without a click id or sub-id the affiliate can not tell whose event it is.")
    if setting.event not in {"registration", "lead"} and not any(m.name == "event_id" for m in template.macros):
        add("no_event_id", "Without {event_id} an event that is sent again would count twice.")
    try:
        targets.check(setting.address if template.host else "", host=template.host)
    except TargetRefused as refused:
        add(refused.code, str(refused))
    return found


def _words(event: str) -> str:
    return event.replace("_", " ")
