"""Why a first screen refuses something."""

from __future__ import annotations

from common.errors import Refusal


class FilterNameTaken(Refusal):
    code = "filter_name_taken"
    message = "You have saved a filter of this name for this list: choose another name, or delete the old one."


class FilterEmpty(Refusal):
    code = "filter_empty"
    message = "Nothing is narrowed: set a filter or a search first, then save it."


class FilterNameMissing(Refusal):
    code = "filter_name_missing"
    message = "Give the filter a name of at most 60 characters."


class FilterTooLong(Refusal):
    code = "filter_too_long"
    message = "The filter has more than 1,000 characters: save a shorter one."


class TooManyFilters(Refusal):
    code = "too_many_filters"
    message = "You have saved 50 filters: delete one that you do not use."


class NoSuchFilter(Refusal):
    code = "no_such_filter"
    message = "There is no such filter of yours any more."


class BadInstant(Refusal):
    code = "bad_instant"
    message = "This is no date and time: write it as 2026-03-02 or 2026-03-02 14:30, in UTC."


class InstantToCome(Refusal):
    code = "instant_to_come"
    message = "This moment has not come yet: choose one that lies in the past."
