"""What verification refuses, in words for the player or the colleague who asked."""

from __future__ import annotations

from common.errors import CardNumberRefused, Refusal


class KycRefusal(Refusal):
    recorded = False


class FileEmpty(KycRefusal):
    code = "file_empty"
    message = "The file is empty: choose the photo or PDF again."


class FileTooLarge(KycRefusal):
    code = "file_too_large"
    message = "The file is too large: at most 8 MB, so send a smaller photo."


class FileTypeRefused(KycRefusal):
    code = "file_type_refused"
    message = "Only JPEG, PNG and PDF files are taken, whatever their names: this file is none of them."


class FileNameRefused(CardNumberRefused):
    code = "file_name_refused"
    message = "The file's name holds what looks like a card number: rename it and send it again."


class TooManyDocuments(KycRefusal):
    code = "too_many_documents"
    message = "Enough documents wait for review: send more once they are decided."


class DocumentSentAlready(KycRefusal):
    code = "document_sent_already"
    message = "This very file was sent before."


class ExpiryRefused(KycRefusal):
    code = "expiry_refused"
    message = "The document has expired, or its date is not plausible: check the date."


class PersonUnknown(KycRefusal):
    code = "person_unknown"
    message = "Nothing personal is recorded of this player, so documents can not be kept."


class DocumentDecided(KycRefusal):
    code = "document_decided"
    message = "This document is decided already, or still being scanned."


class DocumentInfected(KycRefusal):
    code = "document_infected"
    message = "The scanner found malware in this file: it is not opened."


class ReasonMissing(KycRefusal):
    code = "reason_missing"
    message = "Say why, in a sentence."


class LevelNotProved(KycRefusal):
    code = "level_not_proved"
    message = "No accepted document proves this level."


class NotForReview(KycRefusal):
    code = "not_for_review"
    message = "This verification does not wait for a colleague."


class ProviderNotSet(KycRefusal):
    code = "provider_not_set"
    message = "No verification provider is set up: send documents instead."


class ProviderUnavailable(KycRefusal):
    code = "provider_unavailable"
    message = "The verification provider does not answer: try again in a moment."
    retry = True
