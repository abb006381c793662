"""Words shared by the trail's rooms."""

from __future__ import annotations

from dataclasses import asdict, dataclass

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What surrounds an event: who is signed in and how the request came. Empty where nobody knows.

    `session` is a digest of the session's key, so that the trail opens no session.
    """

    actor: str = ""
    roles: tuple[str, ...] = ()
    ip: str = ""
    request_id: str = ""
    session: str = ""

    def as_json(self) -> dict[str, Json]:
        """The facts as row history keeps them; what is empty is left out."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items() if value
        }
