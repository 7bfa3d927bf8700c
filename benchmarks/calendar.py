# ruff: noqa: A005 - named after the package that it measures; nothing imports it
"""Compares working time with other packages: `python benchmarks/calendar.py [--json FILE] [--rounds N] [--no-install]`.

The peers are installed in their own virtual environment (`benchmarks/.peers`, created on the first run). The script
continues in that environment with our sources on the path, so that one process times all packages in turns and other
programs disturb them equally. Medians and ratios are printed. A peer's result is compared with ours before it is timed,
and operations that a peer does not have are noted.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time as stopwatch
import venv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
PEERS = HERE / ".peers"
PYTHON = PEERS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
SOURCES = HERE.parent / "src"

SP = ZoneInfo("America/Sao_Paulo")
START = datetime(2026, 5, 4, 10, 30)  # noqa: DTZ001 - a Monday; the peers count without zones
MONTH_LATER = datetime(2026, 6, 3, 15, 45)  # noqa: DTZ001
DAY = date(2026, 11, 18)
YEARS = range(2010, 2040)
ADD = "add 16 h, lunch break"
BETWEEN = "between a month apart, lunch break"
BETWEEN_ONE_PERIOD = "between a month apart, one period a day"
ADD_DAYS = "add 7 business days"
BUILD = "build 30 years of known holidays"

MORNING, AFTERNOON, ALL_DAY = (time(9), time(12)), (time(13), time(18)), (time(9), time(18))


@dataclass
class Contender:
    """One implementation of an operation.

    Attributes:
        name: of the package.
        call: does it once.
        answer: what it answers, brought to the form of the others; None where there is nothing to compare.
        samples: seconds a call, one for each round.
    """

    name: str
    call: Callable[[], object]
    answer: object = None
    samples: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Seconds a call."""
        return statistics.median(self.samples)


@dataclass
class Operation:
    """An operation to measure: our implementation first, then the peers'. `target` has the ratios to reach."""

    name: str
    contenders: list[Contender]
    cannot: dict[str, str]
    targets: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Measure in the peers' virtual environment."""
    arguments = parsed()
    if Path(sys.prefix).resolve() != PEERS:
        enter(arguments.no_install)
    # Imported here, because this folder has a script with the name of a module of the standard library.
    sys.path[:] = [str(SOURCES), *(entry for entry in sys.path if Path(entry or ".").resolve() != HERE)]
    operations = prepared()
    for operation in operations:
        compare_answers(operation)
        measure(operation, arguments.rounds)
        show(operation)
    if arguments.json:
        arguments.json.write_text(json.dumps(report(operations), indent=2, ensure_ascii=False) + "\n", "utf-8")


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Working time beside other packages.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--rounds", type=int, default=30, help="turns of each contender (default 30)")
    parser.add_argument("--no-install", action="store_true", help="measure beside what is installed already")
    return parser.parse_args()


def enter(no_install: bool) -> None:
    """Run this script again with the peers' Python. Their environment is created if it is missing."""
    if not PYTHON.exists() and not no_install:
        print("making benchmarks/.peers ...", file=sys.stderr)
        venv.create(PEERS, with_pip=True)
        (PEERS / ".gitignore").write_text("*\n", "utf-8")
        install = [str(PYTHON), "-m", "pip", "install", "--quiet", "-r", str(HERE / "requirements-peers.txt")]
        subprocess.run(install, check=True)
    if PYTHON.exists():
        again = subprocess.run([str(PYTHON), "-P", __file__, *sys.argv[1:]], check=False)
        raise SystemExit(again.returncode)
    print("no peers are installed: ours alone", file=sys.stderr)


def prepared() -> list[Operation]:
    """The operations with all peers that can be imported."""
    closed = known_holidays()
    operations = ours(closed)
    for join in (pandas_peer, business_duration_peer, businesstimedelta_peer, bizdays_peer):
        try:
            joined = join(closed)
        except ImportError as missing:
            print(f"left out: {missing}", file=sys.stderr)
            continue
        for operation in operations:
            if operation.name in joined:
                operation.contenders.append(joined[operation.name])
    return operations


def known_holidays() -> list[date]:
    """Thirty years of Brazilian holidays; invented dates if the package `holidays` is missing."""
    try:
        import holidays
    except ImportError:
        return [date(year, month, 1) for year in YEARS for month in range(1, 13)]
    return sorted(holidays.country_holidays("BR", years=YEARS, language="pt_BR"))


def ours(closed: list[date]) -> list[Operation]:
    """Each operation with our implementation, and the reasons why some peers cannot do it."""
    from atendimento_tui.calendar import BusinessCalendar, DayCount

    def built() -> BusinessCalendar:
        return BusinessCalendar({day: [MORNING, AFTERNOON] for day in range(5)}, SP, closed)

    lunch, one_period = built(), BusinessCalendar({day: [ALL_DAY] for day in range(5)}, SP, closed)
    start, end, hours = START.replace(tzinfo=SP), MONTH_LATER.replace(tzinfo=SP), timedelta(hours=16)
    after = DayCount.BUSINESS_AFTER

    def contender(call: Callable[[], object], answer: object = None) -> list[Contender]:
        return [Contender("atendimento_tui", call, answer)]

    return [
        Operation(
            ADD,
            contender(lambda: lunch.add(start, hours), lunch.add(start, hours).replace(tzinfo=None)),
            {"business-duration": "has no adding", "bizdays": "counts days, not hours"},
            {"pandas": 10},
        ),
        Operation(
            BETWEEN,
            contender(lambda: lunch.between(start, end), lunch.between(start, end)),
            {
                "pandas": "has no time between two instants",
                "business-duration": "knows one period a day, no break",
                "bizdays": "counts days, not hours",
            },
        ),
        Operation(
            BETWEEN_ONE_PERIOD,
            contender(lambda: one_period.between(start, end), one_period.between(start, end)),
            {"pandas": "has no time between two instants", "bizdays": "counts days, not hours"},
            {"business-duration": 10},
        ),
        Operation(
            ADD_DAYS,
            contender(lambda: lunch.add_days(DAY, 7, after), lunch.add_days(DAY, 7, after)),
            {"business-duration": "has no adding", "businesstimedelta": "counts hours, not days"},
            {"pandas": 10, "bizdays": 2},
        ),
        Operation(
            BUILD,
            contender(built),
            {
                "business-duration": "takes the holidays at each call",
                "businesstimedelta": "asks a mapping at each call",
            },
        ),
    ]


def pandas_peer(closed: list[date]) -> dict[str, Contender]:
    """CustomBusinessHour and CustomBusinessDay. The offset is created once, as a program would do."""
    import pandas

    def built() -> pandas.offsets.CustomBusinessHour:
        return pandas.offsets.CustomBusinessHour(start=["09:00", "13:00"], end=["12:00", "18:00"], holidays=closed)

    hours, seven = built() * 16, pandas.offsets.CustomBusinessDay(holidays=closed) * 7
    start, day = pandas.Timestamp(START), pandas.Timestamp(DAY)
    return {
        ADD: Contender("pandas", lambda: start + hours, (start + hours).to_pydatetime()),
        ADD_DAYS: Contender("pandas", lambda: day + seven, (day + seven).date()),
        BUILD: Contender("pandas", built),
    }


def business_duration_peer(closed: list[date]) -> dict[str, Contender]:
    """One period a day, in minutes."""
    import pandas
    from business_duration import businessDuration

    holidays = dict.fromkeys(closed, "holiday")
    start, end = pandas.Timestamp(START), pandas.Timestamp(MONTH_LATER)

    def call() -> float:
        return float(businessDuration(start, end, *ALL_DAY, holidaylist=holidays, unit="min"))

    return {BETWEEN_ONE_PERIOD: Contender("business-duration", call, timedelta(minutes=call()))}


def businesstimedelta_peer(closed: list[date]) -> dict[str, Contender]:
    """Rules that are evaluated day by day. A datetime without zone is read as UTC."""
    import businesstimedelta as btd

    days, free = [0, 1, 2, 3, 4], btd.HolidayRule(dict.fromkeys(closed, "holiday"))
    work = btd.WorkDayRule(start_time=ALL_DAY[0], end_time=ALL_DAY[1], working_days=days)
    pause = btd.LunchTimeRule(start_time=MORNING[1], end_time=AFTERNOON[0], working_days=days)
    broken, whole = btd.Rules([work, pause, free]), btd.Rules([work, free])
    amount = btd.BusinessTimeDelta(broken, hours=16)

    def between(rules: btd.Rules) -> Contender:
        answer = rules.difference(START, MONTH_LATER).timedelta
        return Contender("businesstimedelta", lambda: rules.difference(START, MONTH_LATER), answer)

    return {
        ADD: Contender("businesstimedelta", lambda: START + amount, (START + amount).replace(tzinfo=None)),
        BETWEEN: between(broken),
        BETWEEN_ONE_PERIOD: between(whole),
    }


def bizdays_peer(closed: list[date]) -> dict[str, Contender]:
    """Days only. A table of all days is built in advance."""
    import bizdays

    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)

    def built() -> bizdays.Calendar:
        return bizdays.Calendar(closed, ["Saturday", "Sunday"], startdate=first, enddate=last)

    calendar = built()
    return {
        ADD_DAYS: Contender("bizdays", lambda: calendar.offset(DAY, 7), calendar.offset(DAY, 7)),
        BUILD: Contender("bizdays", built),
    }


def compare_answers(operation: Operation) -> None:
    """Stop if a peer's result differs from ours."""
    ours = operation.contenders[0]
    for peer in operation.contenders[1:]:
        if peer.answer != ours.answer:
            raise SystemExit(f"{operation.name}: {peer.name} answers {peer.answer}, ours {ours.answer}")


def measure(operation: Operation, rounds: int) -> None:
    """Run the contenders in turns of a few milliseconds."""
    counts = [calls_a_turn(contender) for contender in operation.contenders]
    for _ in range(rounds):
        for contender, count in zip(operation.contenders, counts, strict=True):
            contender.samples.append(seconds_a_call(contender.call, count))


def calls_a_turn(contender: Contender) -> int:
    """The number of calls that take about five milliseconds; at least one."""
    contender.call()
    return max(1, int(0.005 / seconds_a_call(contender.call, 3)))


def seconds_a_call(call: Callable[[], object], count: int) -> float:
    """The mean time of several successive calls."""
    begun = stopwatch.perf_counter()
    for _ in range(count):
        call()
    return (stopwatch.perf_counter() - begun) / count


def show(operation: Operation) -> None:
    """Print the table of one operation."""
    ours = operation.contenders[0]
    print(f"\n{operation.name}")
    for contender in operation.contenders:
        ratio, target = contender.median / ours.median, operation.targets.get(contender.name)
        verdict = "" if target is None else f"   (to reach: {target:g} x)"
        beside = "" if contender is ours else f"{ratio:12.1f} x ours{verdict}"
        print(f"  {contender.name:20}{contender.median * 1e6:14.2f} us{beside}")
    for name, why in operation.cannot.items():
        print(f"  {name:20}{'-':>14}      {why}")


def report(operations: list[Operation]) -> dict[str, object]:
    """The figures as data for JSON."""
    return {
        operation.name: {
            "seconds": {contender.name: contender.median for contender in operation.contenders},
            "ratios": {c.name: c.median / operation.contenders[0].median for c in operation.contenders[1:]},
            "targets": operation.targets,
            "cannot": operation.cannot,
        }
        for operation in operations
    }


if __name__ == "__main__":
    main()
