"""The HTTP status of each code. A code that is not here is a refusal by rule: 409."""

from __future__ import annotations

from typing import Final

BY_RULE: Final = 409
STATUS: Final[dict[str, int]] = {
    "invalid_request": 400,
    "invalid_amount": 400,
    "amount_refused": 400,
    "detail_missing": 400,
    "email_not_accepted": 400,
    "limit_amount_refused": 400,
    "limit_period_refused": 400,
    "password_too_weak": 400,
    "terms_not_accepted": 400,
    "brand_unknown": 400,
    "card_number_refused": 400,
    "expiry_refused": 400,
    "file_empty": 400,
    "file_name_refused": 400,
    "file_type_refused": 400,
    "token_not_valid": 400,
    "withdrawal_amount_refused": 400,
    "request_key_missing": 400,
    "transfer_amount_refused": 400,
    "not_signed_in": 401,
    "session_reauth": 401,
    "sign_in_refused": 401,
    "second_factor_needed": 401,
    "registration_refused": 403,
    "instrument_not_found": 404,
    "limit_kind_unknown": 404,
    "limit_not_found": 404,
    "limit_change_not_found": 404,
    "deposit_unknown": 404,
    "not_found": 404,
    "session_not_found": 404,
    "withdrawal_not_found": 404,
    "visit_not_found": 404,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "file_too_large": 413,
    "unsupported_media_type": 415,
    "sign_in_locked": 429,
    "rate_limited": 429,
    "internal_error": 500,
    "busy": 503,
    "provider_unavailable": 503,
    "registration_unavailable": 503,
    "temporarily_unavailable": 503,
    "transfer_not_connected": 503,
    "transfer_under_way": 503,
}


def status_of(code: str) -> int:
    """The HTTP status that goes with a refusal's code."""
    return STATUS.get(code, BY_RULE)
