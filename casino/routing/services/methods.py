"""Payment methods: their names and purposes. Terms and routes are dated rows of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from casino.gateways.enums import InstrumentKind
from casino.routing.errors import MethodRefused
from casino.routing.models import PaymentMethod
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,29}")
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@transaction.atomic
def method_define(
    *, code: str, names: Mapping[str, str], kind: InstrumentKind, for_deposit: bool, for_payout: bool, reason: str,
    actor: str, now: datetime,
) -> PaymentMethod:  # fmt: skip
    """A new method. It is offered to nobody until it has terms and a route. Raises MethodRefused."""
    if not CODE.fullmatch(code):
        raise MethodRefused("A code is a small letter, then up to 29 small letters, digits or underscores.")
    if PaymentMethod.objects.filter(code=code).exists():
        raise MethodRefused(f"There is a method {code} already.")
    _checked(names, for_deposit=for_deposit, for_payout=for_payout)
    made = PaymentMethod.objects.create(
        code=code, names=dict(names), kind=InstrumentKind(kind), for_deposit=for_deposit, for_payout=for_payout
    )
    _record(EventName.METHOD_DEFINED, made, None, reason, actor, now)
    return made


@transaction.atomic
def method_change(
    *, method_id: int, names: Mapping[str, str], for_deposit: bool, for_payout: bool, reason: str, actor: str,
    now: datetime,
) -> PaymentMethod:  # fmt: skip
    """Other names or purposes; code and kind stay, since instruments and payments name them. Raises MethodRefused."""
    _checked(names, for_deposit=for_deposit, for_payout=for_payout)
    method = PaymentMethod.objects.select_for_update().get(pk=method_id)
    before = _facts(method)
    method.names, method.for_deposit, method.for_payout = dict(names), for_deposit, for_payout
    method.save(update_fields=["names", "for_deposit", "for_payout"])
    _record(EventName.METHOD_CHANGED, method, before, reason, actor, now)
    return method


def _checked(names: Mapping[str, str], *, for_deposit: bool, for_payout: bool) -> None:
    if not names.get("en", "").strip():
        raise MethodRefused("An English name is needed: players of other languages fall back to it.")
    for language, name in names.items():
        if not LANGUAGE.fullmatch(language) or not 0 < len(name.strip()) <= 60:
            raise MethodRefused(
                f"{language[:12]!r} is no language such as de or de-AT, or its name is not 1 to 60 long."
            )
    if not (for_deposit or for_payout):
        raise MethodRefused("A method is for deposits, for payouts, or for both.")


def _facts(method: PaymentMethod) -> dict[str, object]:
    return {
        "code": method.code, "names": ", ".join(f"{word}: {name}" for word, name in sorted(method.names.items())),
        "for_deposit": method.for_deposit, "for_payout": method.for_payout,
    }  # fmt: skip


def _record(
    name: EventName, method: PaymentMethod, before: dict[str, object] | None, reason: str, actor: str, now: datetime
) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"routing.paymentmethod:{method.pk}", reason=reason, before=before,
        after=_facts(method),
    )  # fmt: skip
