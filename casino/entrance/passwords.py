"""What a player's password must be: ten characters that attackers do not try first, and not the person's own data."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.core.exceptions import ValidationError

from compliance.signin.validators import NotKnownToAttackers
from players.accounts.errors import PasswordTooWeak
from players.personal.types import PersonalDetails

LEAST: Final = 10
MOST: Final = 128
PART_LEAST: Final = 4


@lru_cache(maxsize=1)
def _known() -> NotKnownToAttackers:
    return NotKnownToAttackers()


def password_check(raw: str, details: PersonalDetails | None = None) -> None:
    """Raises PasswordTooWeak with the reason."""
    if not LEAST <= len(raw) <= MOST:
        raise PasswordTooWeak(problem=f"It needs {LEAST} to {MOST} characters.")
    if len(set(raw)) < 4:
        raise PasswordTooWeak(problem="It repeats the same few characters.")
    try:
        _known().validate(raw)
    except ValidationError as problem:
        raise PasswordTooWeak(problem=str(problem.message)) from problem
    if details is not None and any(raw.casefold().startswith(word) for word in _own_words(details)):
        raise PasswordTooWeak(problem="It begins with your own name or e-mail address.")


def _own_words(details: PersonalDetails) -> set[str]:
    words = {*details.full_name.casefold().split(), details.email.casefold().partition("@")[0]}
    return {word for word in words if len(word) >= PART_LEAST}
