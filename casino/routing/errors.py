"""What is refused about methods, terms, routes and switches."""

from __future__ import annotations

from common.errors import Refusal


class RoutingRefusal(Refusal):
    """Something that somebody filled in can not be; the sentence says what."""

    code = "routing_refused"
    message = "This can not be."
    recorded = False

    def __init__(self, sentence: str = "") -> None:
        if sentence:
            self.message = sentence  # type: ignore[misc]  # the sentence names what is wrong
        super().__init__()


class MethodRefused(RoutingRefusal):
    code = "method_refused"


class TermsRefused(RoutingRefusal):
    code = "terms_refused"


class RouteRefused(RoutingRefusal):
    code = "route_refused"


class RowsOverlap(RoutingRefusal):
    code = "rows_overlap"


class StartsInThePast(RoutingRefusal):
    code = "starts_in_the_past"
    message = "It starts in the past: what held when stays known, so it can hold from now on at the earliest."


class SwitchRefused(RoutingRefusal):
    code = "switch_refused"
