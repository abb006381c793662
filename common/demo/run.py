"""The demonstration from first step to last, and its end on Ctrl-C."""

import hashlib
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from common.demo.company import CHECKOUT, Company, DemoError
from common.demo.gateway import gateway_arguments, gateway_environment
from common.demo.screen import Screen
from common.services.errors import ServicesError
from common.services.stack import Stack, fill_environment
from common.services.valkey import free_port, port_is_free

HOST = "127.0.0.1"
POLL_SECONDS = 0.3
REGISTERS = ("GAMSTOP", "SPELPAUS", "ROFUS", "CRUKS", "OASIS", "NJ_DGE", "SIMULATED")
REGISTER_KEY = "demo-register-key"
TRANSFER_SECRET = "demo-transfer-secret"  # noqa: S105 - of the demonstration's own provider


@dataclass(frozen=True)
class DemoPlan:
    """Where to serve, and how lively to play; rate 0 leaves the simulated provider out."""

    port: int
    rate: float
    var: Path
    secret_key: str
    register_port: int = field(default_factory=free_port)
    transfer_port: int = field(default_factory=free_port)
    gateway_port: int = field(default_factory=free_port)

    @property
    def base_url(self) -> str:
        """Where the web server answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def register_url(self) -> str:
        """Where the simulated national register answers."""
        return f"http://{HOST}:{self.register_port}"

    @property
    def gateway_url(self) -> str:
        """Where the simulated payment gateway answers."""
        return f"http://{HOST}:{self.gateway_port}"


def run_demo(plan: DemoPlan, screen: Screen) -> None:
    """Start everything and play until Ctrl-C. Raises DemoError when something cannot start or ends by itself."""
    if not port_is_free(plan.port):
        raise DemoError(f"Port {plan.port} is taken: choose another with `make demo PORT={plan.port + 1}`.")
    with interruptible():
        stack = start_services(plan, screen)
        company = Company(demo_environment(plan), plan.var / "log", screen)
        try:
            open_house(plan, company)
            watch(company, stack)
        except KeyboardInterrupt:
            screen.say()
        finally:
            with undisturbed():
                company.stop()
                stop_services(stack, screen)


def start_services(plan: DemoPlan, screen: Screen) -> Stack | None:
    """PostgreSQL and Valkey, unless the environment names both."""
    if os.environ.get("DATABASE_URL", "").strip() and os.environ.get("REDIS_URL", "").strip():
        return None
    screen.start("PostgreSQL and Valkey")
    stack = Stack(plan.var)
    try:
        fill_environment(stack.join())
    except ServicesError as problem:
        screen.failed("PostgreSQL and Valkey")
        raise DemoError(str(problem)) from problem
    screen.done("PostgreSQL and Valkey")
    return stack


def stop_services(stack: Stack | None, screen: Screen) -> None:
    """Last of all, so that everybody could finish writing."""
    if stack is None:
        return
    screen.start("stopping PostgreSQL and Valkey")
    if stack.leave():
        screen.done("stopped PostgreSQL and Valkey")
    else:
        screen.done("left PostgreSQL and Valkey running", "another process uses them")


def demo_environment(plan: DemoPlan) -> dict[str, str]:
    """What the demonstration's processes see: production's settings, with the sandbox opened."""
    fixed = {
        "DEBUG": "0",
        "DEMO": "1",
        "SANDBOX": "1",
        "SANDBOX_ACKNOWLEDGED": "1",
        "REQUIRE_HTTPS": "0",
        "SECRET_KEY": plan.secret_key,
        "VAR_DIR": str(plan.var),
        "PYTHONUNBUFFERED": "1",
        "DEMO_URL": plan.base_url,
        # One simulated register stands in for every nation's.
        **{f"REGISTER_{name}_URL": f"{plan.register_url}/v2" for name in REGISTERS},
        **{f"REGISTER_{name}_KEY": REGISTER_KEY for name in REGISTERS},
        "TRANSFER_NORTH_STAR_URL": f"http://{HOST}:{plan.transfer_port}",
        # One simulated payment gateway under two names, so that a cascade has somewhere to go.
        "PAYMENTS_PUBLIC_URL": plan.base_url,
        **gateway_environment(plan.gateway_url),
    }
    return {name: value for name, value in os.environ.items() if name != "DB_AS_OWNER"} | fixed


def open_house(plan: DemoPlan, company: Company) -> None:
    """From an empty or kept database to a casino in play."""
    company.run_step("database tables", ["migrate", "--verbosity", "1", "--no-color"])
    company.run_step("exchange rates (a sample)", ["load_fx_rates", "--sample", "--as-of", "today", "--no-color"])
    if not Path(os.environ.get("SEAL_KEY_FILE", "").strip() or plan.var / "seal.key").exists():
        company.run_step("key that seals the books", ["seal_ledger", "--create-key", "--no-color"])
    signs = company.run_step("demonstration data", ["seed_demo", "--no-color"])
    register = ["-m", "compliance.register.simulator", "--port", str(plan.register_port), "--key", REGISTER_KEY]
    company.start("register", register)
    company.wait_for("simulated national register", lambda: answers(f"{plan.register_url}/control/ready"))
    star = [
        "-m", "casino.transfers.simulator", "--port", str(plan.transfer_port), "--secret", TRANSFER_SECRET, "--books",
        str(plan.var / "north-star.db"),
    ]  # fmt: skip
    company.start("north-star", star)
    company.wait_for(
        "simulated transfer provider", lambda: answers(f"http://{HOST}:{plan.transfer_port}/control/ready")
    )
    company.run_step("a transfer game", ["seed_transfers", "--secret", TRANSFER_SECRET, "--no-color"])
    company.run_step("breaks and exclusions", ["seed_protection", "--no-color"])
    company.run_step("player accounts", ["seed_accounts", "--no-color"])
    company.run_step("limits", ["seed_limits", "--no-color"])
    company.run_step("verifications", ["seed_verifications", "--no-color"])
    company.run_step("flags and whereabouts", ["seed_gate", "--no-color"])
    company.run_step("players at risk", ["seed_harm", "--no-color"])
    company.start("gateway", gateway_arguments(plan.gateway_port, plan.var))
    company.wait_for("simulated payment gateway", lambda: answers(f"{plan.gateway_url}/control/ready"))
    company.run_step("ways to pay", ["seed_cashier", "--no-color"])
    collect_static(plan, company)
    web = [
        "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(plan.port), "--workers", "2",
        "--blocking-threads", "4", "--no-ws", "config.wsgi:application",
    ]  # fmt: skip
    company.start("web", web)
    celery = ["-m", "celery", "-A", "config.celery"]
    worker = company.start("worker", [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2"])
    company.start("beat", [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""])
    company.wait_for("web server", lambda: answers(f"{plan.base_url}/api/wallet/v1/ping"))
    company.wait_for("task worker and schedule", lambda: " ready." in worker.log.read_text(errors="replace"))
    if plan.rate:
        play = ["manage.py", "simulate", "--url", plan.base_url, "--seconds", "0", "--rate", f"{plan.rate:g}"]
        company.start("simulator", [*play, "--chaos", "low", "--no-color"], stop_signal=signal.SIGINT, patience=20)
    payments = ["manage.py", "simulate_payments", "--gateway", plan.gateway_url, "--return-url", plan.base_url]
    company.start("payments", [*payments, "--no-color"], stop_signal=signal.SIGINT, patience=20)
    if plan.rate:
        statements = ["manage.py", "simulate_statements", "--no-color"]
        company.start("statements", statements, stop_signal=signal.SIGINT, patience=20)
    announce(plan, company, signs)


def collect_static(plan: DemoPlan, company: Company) -> None:
    """Gather style sheets and scripts, when they changed since the last time."""
    sources = sorted(path for path in CHECKOUT.glob("*/**/static/**/*") if path.is_file() and "var" not in path.parts)
    sources = [path for path in sources if ".venv" not in path.parts]
    marks = [f"{path}:{path.stat().st_mtime_ns}" for path in (CHECKOUT / "requirements.lock", *sources)]
    mark = hashlib.sha256("\n".join(marks).encode()).hexdigest()
    kept = plan.var / "static.mark"
    if kept.exists() and kept.read_text() == mark:
        return
    company.run_step("static files", ["collectstatic", "--no-input", "--verbosity", "1", "--no-color"])
    kept.write_text(mark)


def announce(plan: DemoPlan, company: Company, signs: str) -> None:
    """Where to look, and with which names."""
    lines = [
        "",
        f"  Back office    http://localhost:{plan.port}/admin/  (localhost, so that passkeys work)",
        f"  Wallet API     {plan.base_url}/api/wallet/v1/ping",
        f"  API document   {plan.base_url}/api/docs/",
        f"  Register       {plan.register_url}/v2  (simulated; last names decide: Excluded, Returned, Outage, Silence)",
        f"  Transfer game  http://{HOST}:{plan.transfer_port}  (simulated; launch north-star/comet by the player API)",
        f"  Gateway        {plan.gateway_url}  (simulated; the cents of an amount decide: docs/sandbox-gateway.md)",
        "",
        *(f"  {line}" for line in signs.splitlines()),
        "",
        f"  The simulated provider makes {plan.rate:g} calls a second (RATE=…)." if plan.rate else "  Nobody plays.",
        f"  Logs are in {company.logs}; the data stays in {plan.var}. Ctrl-C stops everything.",
        "",
    ]
    for line in lines:
        company.screen.say(line)


def watch(company: Company, stack: Stack | None) -> None:
    """Until Ctrl-C, or until somebody ends who should not."""
    while True:
        company.check()
        if stack is not None and not stack.alive():
            raise DemoError(f"PostgreSQL and Valkey ended; see {company.logs / 'services.log'}.")
        time.sleep(POLL_SECONDS)


def answers(url: str) -> bool:
    """Whether the web server answers at all; any status shows that it is up."""
    try:
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own http address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM and SIGHUP end the demonstration as Ctrl-C does."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [signal.signal(number, interrupt) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not leave half of it running."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
