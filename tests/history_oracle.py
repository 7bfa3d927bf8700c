"""Computes the clocks of a log independently, from the raw file, without code of the product.

As a program, it imports the log with the product, exports the clocks and compares them:

    python -m tests.history_oracle LOG MAP
"""

import csv
import gzip
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DAYS = ["seg", "ter", "qua", "qui", "sex", "sab", "dom"]


@dataclass
class Cycle:
    """Working seconds of one cycle, and their intervals."""

    start: datetime
    end: datetime | None = None
    result_cancelled: bool = False
    worked: int = 0
    paused: int = 0
    stretches: list[tuple[datetime, datetime, bool]] = field(default_factory=list)


class Hours:
    """Computes working seconds between two instants, day by day."""

    def __init__(self, calendar: dict[str, Any]) -> None:
        self.zone = ZoneInfo(calendar["fuso"])
        self.week: dict[int, list[tuple[time, time]]] = defaultdict(list)
        for words, intervals in calendar["semana"].items():
            first, _, last = words.partition("-")
            for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
                for written in intervals:
                    start, end = written.split("-")
                    self.week[day].append((time.fromisoformat(start), time.fromisoformat(end)))

    def seconds(self, start: datetime, end: datetime) -> int:
        total, day = timedelta(0), start.astimezone(self.zone).date()
        while day <= end.astimezone(self.zone).date():
            for opening, closing in self.spans(day):
                total += max(min(end, closing) - max(start, opening), timedelta(0))
            day += timedelta(days=1)
        return int(total.total_seconds())

    @cache  # noqa: B019 - one object, one run
    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        return [(self.utc(day, opening), self.utc(day, closing)) for opening, closing in self.week[day.weekday()]]

    def utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def compute(log: Path, how: dict[str, Any], now: datetime) -> dict[tuple[str, int], Cycle]:
    """The cycles of all cases, by case number and cycle number."""
    hours, columns = Hours(how["calendario"]), how["colunas"]
    cases: dict[str, list[tuple[datetime, int, str]]] = defaultdict(list)
    raw: Any = gzip.open(log, "rt", encoding="utf-8") if log.suffix == ".gz" else log.open(encoding="utf-8")
    with raw as file:
        for number, row in enumerate(csv.DictReader(file)):
            at = datetime.fromisoformat(row[columns["instante"]])
            at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(how["fuso"]))
            cases[row[columns["caso"]]].append((at, number, meaning(row[columns["rotulo"]], how["rotulos"])))
    return {
        (case, number): cycle
        for case, events in cases.items()
        for number, cycle in enumerate(cycles(sorted(events), hours, now), start=1)
    }


def meaning(label: str, labels: dict[str, Any]) -> str:
    """The meaning of a label in the map."""
    stems = sorted((key for key in labels if key.endswith("*") and label.startswith(key[:-1])), key=len)
    found = labels[label] if label in labels else labels[stems[-1]]
    return str(found if isinstance(found, str) else found["como"])


def cycles(events: list[tuple[datetime, int, str]], hours: Hours, now: datetime) -> list[Cycle]:
    """The cycles of a case. Each interval between two events belongs to the label of the first."""
    found: list[Cycle] = []
    live: tuple[datetime, str] | None = None
    for at, _, what in events:
        if what == "ignorar":
            continue
        if live:
            _count(found[-1], live, at, hours)
            live = None
        elif what in ("atendendo", "aguardando") or not found:
            found.append(Cycle(at))
        else:
            continue  # a later end changes the state only
        if what in ("atendendo", "aguardando"):
            live = (at, what)
        else:
            found[-1].end, found[-1].result_cancelled = at, what == "cancelado"
    if live:
        _count(found[-1], live, now, hours)
    return found


def _count(cycle: Cycle, live: tuple[datetime, str], until: datetime, hours: Hours) -> None:
    since, what = live
    seconds = hours.seconds(since, until)
    if what == "atendendo":
        cycle.worked += seconds
    else:
        cycle.paused += seconds
    cycle.stretches.append((since, until, what == "atendendo"))


def differences(exported: Path, computed: dict[tuple[str, int], Cycle], target_s: int) -> list[str]:
    """The differences between the export and the computed clocks."""
    with exported.open(encoding="utf-8-sig", newline="") as file:
        lines = {(row["origem"], int(row["ciclo"])): row for row in csv.DictReader(file)}
    wrong = [f"only in one: {key}" for key in lines.keys() ^ computed.keys()]
    for key in lines.keys() & computed.keys():
        line, cycle = lines[key], computed[key]
        late = "fora_do_prazo" if cycle.worked > target_s else "no_prazo"
        exported_cycle = (
            datetime.fromisoformat(line["inicio"]),
            datetime.fromisoformat(line["fim"]) if line["fim"] else None,
            int(line["trabalhado_s"]),
            int(line["pausado_s"]),
            line["resultado"],
        )
        result = "" if cycle.end is None else "cancelado" if cycle.result_cancelled else late
        if exported_cycle != (cycle.start, cycle.end, cycle.worked, cycle.paused, result):
            computed_cycle = (cycle.start, cycle.end, cycle.worked, cycle.paused, result)
            wrong.append(f"{key}: exported {exported_cycle}, computed {computed_cycle}")
    return wrong


def main(log: Path, map_file: Path) -> int:
    """Import, export, compare. Returns 0 if all clocks are equal to the second."""
    how = tomllib.loads(map_file.read_text("utf-8"))
    now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        database, exported = Path(folder) / "historico.db", Path(folder) / "prazos.csv"
        command = [sys.executable, "-m", "atendimento_tui", "--banco", str(database)]
        subprocess.run([*command, "importar", "historico", str(log), "--mapa", str(map_file)], check=True)
        subprocess.run([*command, "exportar", "prazos", str(exported), "--agora", now.isoformat()], check=True)
        computed = compute(log, how, now)
        wrong = differences(exported, computed, round(how["alvo_h"] * 3600))
    for line in wrong[:20]:
        print(line)
    finished = sum(1 for cycle in computed.values() if cycle.end)
    cases = len({case for case, _ in computed})
    print(f"{cases} cases, {len(computed)} cycles, {finished} finished, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
