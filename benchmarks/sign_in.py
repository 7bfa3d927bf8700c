"""Time of a refused sign-in, a login that does not exist beside a wrong password: `python -m benchmarks.sign_in`."""

import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import access
from benchmarks.history import new_desk
from benchmarks.measure import Table, options, percentile, report, rounded

LOGINS = {"wrong password": "", "unknown login": "ninguem.daqui"}


def main() -> None:
    """Refuse both in turns, a day apart by the handed-in clock, so that none has to wait."""
    parser = options("Sign-in.", rounds=40)
    arguments = parser.parse_args()
    took: dict[str, list[float]] = {what: [] for what in LOGINS}
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, new_desk(Path(folder) / "desk.db", now) as desk:
        login = access.entry(desk).first_login
        access.set_first_password(desk, "cavalo certo bateria", login=login, now=now)
        for number in range(arguments.rounds):
            for what, unknown in LOGINS.items():
                begun = time.perf_counter()
                with suppress(Refused):
                    access.sign_in(desk, unknown or login, "palpite palpite", now=now + timedelta(days=number + 1))
                took[what].append((time.perf_counter() - begun) * 1_000)
    table = Table(
        "A refused sign-in",
        ["", "median ms", "p10 ms", "p90 ms"],
        "Both in turns on one desk in SQLite, with the usual parameters of argon2id.",
    )
    for what, times in took.items():
        table.rows.append([what, *(rounded(percentile(times, share)) for share in (0.5, 0.1, 0.9))])
    table.show()
    report([table], arguments.json)


if __name__ == "__main__":
    main()
