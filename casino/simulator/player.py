"""One simulated player: identity, session, books and dice; played by one worker at a time."""

from collections import deque
from random import Random

from casino.simulator.answers import RETRY_CODES, Answer
from casino.simulator.books import Book
from casino.simulator.calls import Call, RoundKey
from casino.simulator.client import Client
from casino.simulator.currencies import CURRENCIES
from casino.simulator.games import GAMES, Game
from casino.simulator.games.jackpot import PoolShare
from casino.simulator.plan import SimulationPlan
from casino.simulator.sessions import player_register, session_expire, session_open

OK = frozenset({"ok"})
WIN_WITHOUT_BET = frozenset({"bet_not_found"})
OPENING_UNITS = (150, 1_000, 1_000, 5_000)
ROUNDS_PER_SESSION = (5, 40)
PAST_CALLS = 40
REFUSALS_BORNE = 3
POOR_UNITS = 25


class Player:
    """Everything that one seat knows. All decisions come from ``rng``, seeded by the plan's seed and the seat."""

    def __init__(self, *, index: int, plan: SimulationPlan, client: Client) -> None:
        self.index = index
        self.client = client
        self.rng = Random(f"{plan.seed}:{index}")
        self.currency = CURRENCIES[index % len(CURRENCIES)]
        self.game: Game = GAMES[index % len(GAMES)]
        self.session_id = ""
        self.books: list[Book] = []
        self.share = PoolShare(self.currency)
        self.past: deque[Call] = deque(maxlen=PAST_CALLS)
        self.rounds_left = plan.rounds_of(index)
        self._run_id = plan.run_id
        self._serial = 0
        self._token: str | None = None
        self._open_calls: list[tuple[Book, Call]] = []
        self._rounds_in_session = 0
        self._refusals = 0

    @property
    def book(self) -> Book:
        """The books of the wallet that is played with now."""
        return self.books[-1]

    def name(self, mark: str) -> str:
        """A fresh identifier that no other run uses."""
        self._serial += 1
        return f"sim-{self._run_id}-{self.index}-{self._serial}{mark}"

    def sit_down(self, *, reuse_token: bool = False) -> bool:
        """Be registered, with a living session at a table; False when the wallet lets no session open."""
        self.settle_open_calls()
        if (not self.books or self._refusals >= REFUSALS_BORNE) and not self._arrive():
            self.game = self.rng.choice(GAMES)
            return False
        if self.session_id and self._rounds_in_session > 0 and not reuse_token:
            return True
        token, self._token = self._token, None
        if token is None:
            self.game = self.rng.choice(GAMES)
        self._rounds_in_session = self.rng.randint(*ROUNDS_PER_SESSION)
        self.session_id = session_open(
            client=self.client, book=self.book, game_code=self.game.code, token=token, reuse=reuse_token
        )
        self._refusals += not self.session_id
        return bool(self.session_id)

    def key(self) -> RoundKey:
        """A new round at the present table."""
        self._rounds_in_session -= 1
        return RoundKey(self.book.player_id, self.game.code, self.name("r"), self.currency)

    def expire_session(self) -> None:
        """Let the wallet forget the session."""
        session_expire(client=self.client, book=self.book)

    def note_bet(self, outcome: str) -> None:
        """Draw the consequence of a bet's outcome: a new session, or after several refusals in a row a new player."""
        if outcome == "ok":
            self._refusals = 0
            return
        if outcome == "insufficient_funds":
            if self.book.expected < self.currency.unit * POOR_UNITS:
                self._refusals = REFUSALS_BORNE
            return
        self._refusals += 1
        self.session_id = ""

    def ask(self, call: Call, *, expect: frozenset[str] = OK, in_doubt: bool = False) -> Answer:
        """Send until determinate, check and book it; raises OutOfPatienceError, and then the call stays open."""
        opened = (self.book, call)
        self.owe(call)
        answer, doubted = self.client.settle(call, handled=expect & RETRY_CODES)
        self._open_calls.remove(opened)
        return self.hear(call, answer, expect=expect, in_doubt=in_doubt or doubted)

    def hear(self, call: Call, answer: Answer, *, expect: frozenset[str] = OK, in_doubt: bool = False) -> Answer:
        """Check an answer that came and take it into the books."""
        complaints = [*answer.complaints, *self.book.record(call, answer, in_doubt=in_doubt)]
        if answer.outcome not in expect:
            complaints.append(f"expected {' or '.join(sorted(expect))}, got {answer.outcome}")
        for complaint in complaints:
            self.client.violated(call, complaint, self.book.player_id)
        line = self.book.line(call.transaction_id) if call.transaction_id else None
        if line is not None and line.body == answer.body and not call.request_id.endswith("-again"):
            self.past.append(call)
        return answer

    def owe(self, call: Call) -> None:
        """A call is under way whose outcome decides money: it must be settled before the books are compared."""
        if (self.book, call) not in self._open_calls:
            self._open_calls.append((self.book, call))

    def acquit(self, call: Call) -> None:
        """The outcome of a call no longer matters, or is known."""
        if (self.book, call) in self._open_calls:
            self._open_calls.remove((self.book, call))

    def settle_open_calls(self) -> None:
        """Settle what an outage left in doubt; raises OutOfPatienceError when the outage lasts."""
        for book, call in list(self._open_calls):
            answer, _ = self.client.settle(call, handled=WIN_WITHOUT_BET)
            for complaint in (*answer.complaints, *book.record(call, answer, in_doubt=True)):
                self.client.violated(call, complaint, book.player_id)
            self._open_calls.remove((book, call))

    @property
    def open_calls(self) -> list[Call]:
        """Calls whose outcome is still unknown."""
        return [call for _, call in self._open_calls]

    def stands_up(self) -> None:
        """After an outage mid-round: the round is left as it is, and play goes on in a new session."""
        self.session_id = ""

    def _arrive(self) -> bool:
        opening = self.currency.unit * self.rng.choice(OPENING_UNITS)
        arrival = player_register(client=self.client, currency=self.currency, opening=opening, game_code=self.game.code)
        if arrival is None:
            return False
        if self.books:
            self.book.forget()
        self.books.append(arrival.book)
        self.past.clear()
        self.share = PoolShare(self.currency)
        self.session_id, self._token, self._refusals = "", arrival.token, 0
        return True
