"""What a person sees while the demonstration starts: a line per step, with its time."""

import shutil
import sys
import time
from typing import TextIO

MARGIN = 24


class Screen:
    """Lines on a terminal; in a file or pipe only finished steps are written."""

    def __init__(self, output: TextIO | None = None) -> None:
        self.output = output or sys.stdout
        self.live = self.output.isatty()
        self.began = time.monotonic()

    def start(self, name: str) -> None:
        """A step begins."""
        self.began = time.monotonic()
        self.tick(name)

    def tick(self, name: str, doing: str = "") -> None:
        """The step goes on; `doing` is the last thing that was heard of it."""
        if self.live:
            room = max(shutil.get_terminal_size().columns - len(name) - MARGIN, 0)
            self.output.write(f"\r\033[K  … {name}  {time.monotonic() - self.began:5.1f} s  {doing[:room]}")
            self.output.flush()

    def done(self, name: str, note: str = "") -> None:
        """The step is finished."""
        self._finish("✓", name, note)

    def failed(self, name: str) -> None:
        """The step went wrong; the caller says why in the next line."""
        self._finish("✗", name, "")

    def say(self, text: str = "") -> None:
        """A line of its own."""
        self.output.write(("\r\033[K" if self.live else "") + text + "\n")
        self.output.flush()

    def _finish(self, mark: str, name: str, note: str) -> None:
        self.say(f"  {mark} {name:<44} {time.monotonic() - self.began:5.1f} s  {note}".rstrip())
