"""What a password of the back office must be (SEC-07, SEC-12), beside Django's length and likeness rules."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from common.clock import utc_now
from compliance.signin.services.former_passwords import former_password_keep, is_former_password

SWAPPED: Final = str.maketrans("@4013$5!7", "aaoiessit")
REPEATED: Final = re.compile(r"(.{1,4})\1{2,}.{0,3}")
SHORTEST_WORD: Final = 5


class LettersAndDigits:
    """At least one letter and one digit; nothing else is forced."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        if not (any(c.isalpha() for c in password) and any(c.isdigit() for c in password)):
            raise ValidationError("The password needs letters and digits.", code="password_without_letters_or_digits")

    def get_help_text(self) -> str:
        """The rule, for people."""
        return "Your password needs letters and digits."


class NotKnownToAttackers(CommonPasswordValidator):
    """Not a common password, nor one with the usual decorations, nor one of a breach.

    Offline: Django's list of 20,000, and the file of `BREACHED_PASSWORDS_FILE` when one is named: SHA-1 digests in
    order, one a line, as haveibeenpwned.com publishes them.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        if self._is_common(password) or is_breached(password):
            raise ValidationError(
                "This password, or one that is nearly the same, is in lists that attackers try first.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """The rule, for people."""
        return "Your password can’t be a common or breached one, also not with digits or signs added."

    def _is_common(self, password: str) -> bool:
        plain = password.lower().strip()
        swapped = plain.translate(SWAPPED)
        cores = {plain, swapped, *(re.sub(r"^[^a-z]+|[^a-z]+$", "", word) for word in (plain, swapped))}
        words = {core for core in cores if len(core) >= SHORTEST_WORD}
        return bool(REPEATED.fullmatch(plain)) or any(word in self.passwords for word in words)


class NotAFormerPassword:
    """Not one of the last four, the present one among them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        if user is not None and user.pk is not None and is_former_password(staff_id=user.pk, raw=password):
            raise ValidationError("You had this password before: choose a new one.", code="password_had_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Django tells of every password that was stored, wherever it was set."""
        if user is not None and user.pk is not None and user.has_usable_password():
            former_password_keep(staff_id=user.pk, password=user.password, now=utc_now())

    def get_help_text(self) -> str:
        """The rule, for people."""
        return "Your password can’t be one of your last four."


def is_breached(password: str) -> bool:
    """Whether the file of breached passwords has it; without a file nothing is known to be breached."""
    path = settings.BREACHED_PASSWORDS_FILE
    if not path:
        return False
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with Path(path).open("rb") as lines:
        low, high = 0, lines.seek(0, 2)
        # Lines are in order and of different lengths: look at the first whole line after the middle.
        while low < high:
            middle = (low + high) // 2
            lines.seek(middle)
            if middle:
                lines.readline()
            line = lines.readline()
            if line and line[: len(wanted)].upper() < wanted:
                low = lines.tell()
            else:
                high = middle
        lines.seek(low)
        if low:
            lines.seek(low - 1)
            lines.readline()
        return lines.readline()[: len(wanted)].upper() == wanted
