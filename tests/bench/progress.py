"""A bar for the whole bench: what runs now, and how far we are."""

from __future__ import annotations

import sys

from tqdm import tqdm


class Progress:
    """Steps of a run; on a terminal a bar, elsewhere a line for each step."""

    def __init__(self, steps: int) -> None:
        self._bar = tqdm(total=steps, unit="step", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

    def begin(self, step: str) -> None:
        """Say what runs now."""
        self._bar.set_description(step)
        if self._bar.disable:
            sys.stderr.write(f"bench: {step}\n")

    def note(self, text: str) -> None:
        """How far the present step is; only where it can be overwritten."""
        self._bar.set_description(text)

    def done(self, steps: int = 1) -> None:
        """Some steps are over."""
        self._bar.update(steps)

    def close(self) -> None:
        """Clear the line."""
        self._bar.close()
