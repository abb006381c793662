"""Why something about personal data is refused, in words for the screen."""

from __future__ import annotations

from common.errors import Refusal


class PersonalDataUnknown(Refusal):
    code = "personal_data_unknown"
    message = "Nothing personal is recorded for this player."


class PersonalDataErased(Refusal):
    code = "personal_data_erased"
    message = "This player's personal data was erased: its key is destroyed and nobody can read or add to it."


class PurposeNotTold(Refusal):
    code = "purpose_not_told"
    message = "Say in a few words what you need the data for."


class PersonalDetailNotUnderstood(Refusal):
    code = "personal_detail_not_understood"
    message = (
        "An e-mail address has one @ and a domain; a phone number has at least six digits; a birth date is since 1900"
        " and in the past."
    )


class NothingChanged(Refusal):
    code = "nothing_changed"
    message = "Fill in what changed: everything was empty or as it is."
