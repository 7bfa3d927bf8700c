"""Shared code of the benchmarks: percentiles, tables, and the command line."""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "benchmarks" / ".data"

Cell = str | float | int | None


def data_folder() -> Path:
    """The folder for desks and logs, which git ignores."""
    DATA.mkdir(exist_ok=True)
    (DATA / ".gitignore").write_text("*\n", "utf-8")
    return DATA


@dataclass
class Table:
    """One table of figures.

    Attributes:
        how: How it was measured, in a sentence or two.
        notes: Notes for the reader, such as what is not comparable.
    """

    title: str
    columns: list[str]
    how: str
    rows: list[list[Cell]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def show(self) -> None:
        """Print it."""
        texts = [[written(cell) for cell in row] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(self.columns, *texts, strict=True)]
        print(f"\n{self.title}")
        for line in (self.columns, *texts):
            cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
            print("  " + "  ".join([line[0].ljust(widths[0]), *cells[1:]]).rstrip())
        for note in self.notes:
            print(f"  ({note})")
        sys.stdout.flush()


def options(description: str, rounds: int) -> argparse.ArgumentParser:
    """The command line that all benchmarks share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how often each is done (default {rounds})")
    parser.add_argument("--full", action="store_true", help="the large sizes too")
    parser.add_argument("--undisturbed", action=_Undisturbed, help="run before all other programs (Linux, as root)")
    return parser


class _Undisturbed(argparse.Action):
    """Gives this process, and those that it starts, the cores before the other programs of the machine.

    Their wall times are then nearly those of an idle machine. Only for what uses little of the processor: other
    programs get none meanwhile.
    """

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 - as argparse names it
        super().__init__(option_strings, dest, nargs=0, default=False, help=help)

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, *_: object) -> None:
        try:
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
        except (AttributeError, PermissionError):
            parser.error("--undisturbed needs Linux and the right to set a scheduling policy")
        setattr(namespace, self.dest, True)


def report(tables: Iterable[Table], path: Path | None) -> None:
    """Write the figures as JSON if a path is given."""
    if path:
        run = {
            "day": datetime.now(UTC).date().isoformat(),
            "load": round(os.getloadavg()[0], 1),
            "undisturbed": sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_RR,
        }
        written_down = {**run, "tables": [asdict(table) for table in tables]}
        path.write_text(json.dumps(written_down, indent=2, ensure_ascii=False) + "\n", "utf-8")


def percentile(samples: Sequence[float], share: float) -> float:
    """The percentile of the samples for this share (0.5 is the median)."""
    if share == 0.5 or len(samples) < 2:
        return statistics.median(samples)
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: float) -> float:
    """Milliseconds, rounded to three significant digits."""
    return rounded(seconds * 1000)


def rounded(value: float) -> float:
    """The value with three significant digits."""
    return round(value, 2 if value < 10 else 1 if value < 100 else 0)


def spread(samples: Sequence[float], *shares: float) -> list[Cell]:
    """Percentiles in milliseconds."""
    return [ms(percentile(samples, share)) for share in shares]


def written(cell: Cell) -> str:
    """A cell as it is printed."""
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.{0 if cell >= 100 else 1 if cell >= 10 else 2}f}"
    return cell if isinstance(cell, str) else f"{cell:,}"
