"""Why a note or a tag is refused."""

from __future__ import annotations

from common.errors import CardNumberRefused as CardNumberRefused
from common.errors import Refusal


class NoteEmpty(Refusal):
    code = "note_empty"
    message = "Write something: a note without words helps nobody."


class NoteTooLong(Refusal):
    code = "note_too_long"
    message = "A note has at most 2,000 characters: put the long story on the ticket and name it here."


class NoteSuperseded(Refusal):
    code = "note_superseded"
    message = "Somebody has already put a newer note in its place: reload, and correct that one."


class TooManyPinned(Refusal):
    code = "too_many_pinned"
    message = "Five notes are pinned already: unpin one first, or nobody will read them."


class TagTaken(Refusal):
    code = "tag_taken"
    message = "A tag of this name exists already."


class TagNotUsable(Refusal):
    code = "tag_not_usable"
    message = "This tag is retired: choose another one."


class TagAlreadyOn(Refusal):
    code = "tag_already_on"
    message = "The player has this tag already."


class TagNotOn(Refusal):
    code = "tag_not_on"
    message = "The player does not have this tag any more."
