"""A web process in miniature: records calls and says so, until it is killed or has recorded them all."""

import sys
import time

import django


def main(calls: int, pause_seconds: float) -> None:
    django.setup()
    from casino.calls.services.calls import call_record
    from tests.casino.calls.entries import bet_entry

    for number in range(calls):
        call_record(bet_entry(transaction_id=f"tx-{number}"))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        time.sleep(pause_seconds)
    sys.stdout.write("done\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
