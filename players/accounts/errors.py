"""Why something about an account is refused, in words for the player."""

from __future__ import annotations

from common.errors import Refusal


class AccountRefusal(Refusal):
    recorded = False


class NotSignedIn(AccountRefusal):
    code = "not_signed_in"
    message = "Sign in to do this."


class SessionReauth(AccountRefusal):
    code = "session_reauth"
    message = "You were inactive for a while: prove that it is you, then go on where you were."


class SignInRefused(AccountRefusal):
    code = "sign_in_refused"
    message = "The e-mail address, the password or the code is not right."


class SignInLocked(AccountRefusal):
    code = "sign_in_locked"
    message = "Too many failed attempts: try again later, or reset your password."


class SecondFactorNeeded(AccountRefusal):
    code = "second_factor_needed"
    message = "Enter the code of your authenticator app."


class RegistrationRefused(AccountRefusal):
    code = "registration_refused"
    message = "We can not open an account with these details. If you have one already, sign in or reset your password."


class RegistrationUnavailable(AccountRefusal):
    code = "registration_unavailable"
    message = "We can not check everything that we must right now: please try again in a few minutes."
    retry = True


class DetailMissing(AccountRefusal):
    code = "detail_missing"
    message = "Some details are missing or not right."


class EmailNotAccepted(AccountRefusal):
    code = "email_not_accepted"
    message = "Use an e-mail address that is your own for good: disposable ones are not accepted."


class PasswordTooWeak(AccountRefusal):
    code = "password_too_weak"
    message = "Choose another password."


class TermsNotAccepted(AccountRefusal):
    code = "terms_not_accepted"
    message = "Read and accept the versions of the terms and of the privacy policy that are in force."


class TokenNotValid(AccountRefusal):
    code = "token_not_valid"
    message = "This link was used before, is too old, or is not one of ours: ask for a new one."


class EmailNotVerified(AccountRefusal):
    code = "email_not_verified"
    message = "Confirm your e-mail address first."


class SessionNotFound(AccountRefusal):
    code = "session_not_found"
    message = "There is no such sign-in."


class SecondFactorState(AccountRefusal):
    code = "second_factor_state"
    message = "The second factor is not in a state for this."


class ErasureNotPossible(AccountRefusal):
    code = "erasure_not_possible"
    message = "The account is not in a state for this: close it first, and take out its money."


class BrandUnknown(AccountRefusal):
    code = "brand_unknown"
    message = "There is no such brand, or it takes no players now."
