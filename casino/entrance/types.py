"""What somebody tells who wants an account, and how they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from players.accounts.services.consents import Answer
from players.personal.types import PersonalDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a call came: address, browser, and the id that the device keeps (empty for a new device)."""

    ip: str | None
    user_agent: str = ""
    device_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application for an account. `accepted` names the version of each kind of terms; `password` is never logged."""

    brand: str
    details: PersonalDetails = field(repr=False)
    password: str = field(repr=False)
    country: str
    currency: str
    language: str = "en"
    nickname: str = ""
    time_zone: str = ""
    accepted: Mapping[str, str] = field(default_factory=dict)
    consents: tuple[Answer, ...] = ()
    consent_text: str = ""
