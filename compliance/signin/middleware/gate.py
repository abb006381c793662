"""A door that everybody who is signed in passes before each page, ours or a library's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


class Gate(ABC):
    """A middleware that may answer in the view's place, once it is known which view that is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Nobody's requests pass: they are the sign-in's to judge."""
        return self.stops(request, request.user) if request.user.is_authenticated else None

    @abstractmethod
    def stops(self, request: HttpRequest, user: Any) -> HttpResponse | None:
        """What the person gets in place of the page, or None to let the person through."""
