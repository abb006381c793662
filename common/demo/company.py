"""The processes of a demonstration: started in order, watched together, stopped in reverse order."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from common.demo.screen import Screen
from common.services.processes import log_tail, start_child, stop_child

WRONG_ENVIRONMENT = 2  # the exit code of config.env.stop
CHECKOUT = Path(__file__).resolve().parent.parent.parent


class DemoError(RuntimeError):
    """Why the demonstration cannot go on, for a person."""


@dataclass
class Member:
    """One long-running process and how it likes to be stopped."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    stop_signal: int = signal.SIGTERM
    patience: float = 12


@dataclass
class Company:
    """Everything that runs; the environment and the logs are common to all."""

    environment: Mapping[str, str]
    logs: Path
    screen: Screen
    members: list[Member] = field(default_factory=list)

    def run_step(self, name: str, arguments: Sequence[str]) -> str:
        """Run one manage.py command to its end and return its output. Raises DemoError when it fails."""
        log = self._fresh_log(arguments[0])
        self.screen.start(name)
        step = self._start(["manage.py", *arguments], log)
        try:
            while step.poll() is None:
                self.screen.tick(name, log_tail(log, 1))
                time.sleep(0.1)
        finally:
            stop_child(step)
        if step.returncode:
            self.screen.failed(name)
            raise DemoError(self._why(arguments[0], step.returncode, log))
        self.screen.done(name)
        return log.read_text(encoding="utf-8", errors="replace").strip()

    def start(
        self, name: str, arguments: Sequence[str], *, stop_signal: int = signal.SIGTERM, patience: float = 12
    ) -> Member:
        """Start a process that stays; `patience` seconds pass between asking it to stop and kill -9."""
        log = self._fresh_log(name)
        member = Member(name, self._start(arguments, log), log, stop_signal, patience)
        self.members.append(member)
        return member

    def wait_for(self, name: str, ready: Callable[[], bool], *, seconds: float = 60) -> None:
        """Wait until `ready`, watching everybody meanwhile."""
        self.screen.start(name)
        ends = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > ends:
                self.screen.failed(name)
                raise DemoError(f"{name}: not ready after {seconds:.0f} s; the logs are in {self.logs}.")
            self.screen.tick(name)
            time.sleep(0.1)
        self.screen.done(name)

    def check(self) -> None:
        """Raise DemoError, naming it and showing its last words, when a member has ended."""
        for member in self.members:
            if (code := member.process.poll()) is not None:
                raise DemoError(self._why(member.name, code, member.log))

    def stop(self) -> None:
        """Ask everybody to end, the last comer first."""
        for member in reversed(self.members):
            if member.process.poll() is None:
                self.screen.start(f"stopping {member.name}")
                stop_child(member.process, ask=member.stop_signal, seconds=member.patience)
                self.screen.done(f"stopped {member.name}")

    def _start(self, arguments: Sequence[str], log: Path) -> "subprocess.Popen[bytes]":
        return start_child([sys.executable, *arguments], log=log, env=self.environment, cwd=CHECKOUT)

    def _fresh_log(self, name: str) -> Path:
        log = self.logs / f"{name.replace(' ', '-')}.log"
        log.unlink(missing_ok=True)
        return log

    def _why(self, name: str, code: int, log: Path) -> str:
        if code == WRONG_ENVIRONMENT and (line := log_tail(log, 1)):
            return line
        return f"{name} ended with code {code}. The end of {log}:\n{log_tail(log)}"
