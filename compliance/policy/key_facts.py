"""What is said about a key: its title, the shape of its value, its meaning, and what null means."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.policy.shapes import Shape


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """One key. `none` words what null means; empty where null is refused."""

    title: str
    shape: Shape
    meaning: str
    none: str = ""
