"""One worker thread: a client and the players that only this thread plays."""

from random import Random
from threading import Event, Thread

from casino.simulator import calls
from casino.simulator.books import Book
from casino.simulator.chaos import round_play
from casino.simulator.client import Client, OutOfPatienceError
from casino.simulator.pace import Pace
from casino.simulator.plan import SimulationPlan
from casino.simulator.player import Player
from casino.simulator.report import Comparison
from casino.simulator.tally import Tally

AFTER_REFUSAL = 0.5


class Worker(Thread):
    """Plays its players in turn until halted, then settles what is in doubt and compares the books."""

    def __init__(self, *, number: int, plan: SimulationPlan, pace: Pace, halted: Event) -> None:
        super().__init__(name=f"simulator-{number}", daemon=True)
        self.tally = Tally()
        self.comparisons: list[Comparison] = []
        self.unsettled: list[str] = []
        self.failure: Exception | None = None
        self.playing = True
        self._plan = plan
        self._halted = halted
        # Pauses between attempts depend on timing, so they have dice of their own and leave the players' alone.
        self._client = Client(plan=plan, pace=pace, tally=self.tally, dice=Random(number))
        seats = range(number, plan.players, plan.workers)
        self._players = [Player(index=index, plan=plan, client=self._client) for index in seats]

    def run(self) -> None:
        """Play, wind down; what stops the whole run is kept in ``failure``."""
        try:
            self._play()
            self.playing = False
            for player in self._players:
                self._wind_down(player)
        except Exception as failure:  # noqa: BLE001 - handed to the thread that waits for this one, which raises it
            self.failure = failure
            self._halted.set()
        finally:
            self.playing = False
            self._client.close()

    def _play(self) -> None:
        seated = list(self._players)
        while seated and not self._halted.is_set():
            for player in list(seated):
                if self._halted.is_set():
                    return
                if player.rounds_left == 0:
                    seated.remove(player)
                    continue
                self._turn(player)

    def _turn(self, player: Player) -> None:
        before = self.tally.rounds
        try:
            round_play(player, self._plan.chaos)
        except OutOfPatienceError:
            player.stands_up()
        else:
            if player.rounds_left is not None:
                player.rounds_left -= 1
            if self.tally.rounds == before:
                self._halted.wait(AFTER_REFUSAL)

    def _wind_down(self, player: Player) -> None:
        try:
            player.settle_open_calls()
        except OutOfPatienceError:
            self.unsettled += [f"{call.kind} {call.transaction_id or ''}" for call in player.open_calls]
        for book in player.books:
            self.comparisons.append(self._compare(book))

    def _compare(self, book: Book) -> Comparison:
        call = calls.balance(player_id=book.player_id)
        try:
            answer, _ = self._client.settle(call)
        except OutOfPatienceError:
            return Comparison(book.player_id, book.currency.code, book.expected, None)
        for complaint in answer.complaints:
            self._client.violated(call, complaint, book.player_id)
        told = answer.balance if answer.ok else None
        return Comparison(book.player_id, book.currency.code, book.expected, told.total if told is not None else None)
