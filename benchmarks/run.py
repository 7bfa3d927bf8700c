"""Runs all benchmarks and writes the page with their results: `python benchmarks/run.py --short | --full`.

The short form takes some twenty minutes. The figures of each benchmark are stored in `benchmarks/.data`. `--page` only
writes `docs/benchmarks.md` from these; `--only` runs some benchmarks. What the page has of a benchmark without figures
here, as after a fresh clone, stays as it is.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "benchmarks" / ".data"
PAGE = ROOT / "docs" / "benchmarks.md"

SHORT: dict[str, list[str]] = {
    "start": ["--rounds", "12"],
    "keys": ["--rounds", "25"],
    "acts": ["--rounds", "12"],
    "idle": ["--rounds", "31"],
    "live": ["--rounds", "15"],
    "busy": ["--rounds", "20"],
    "services": ["--rounds", "150"],
    "trial": ["--acts", "500", "--processes", "10", "--kills", "20", "--cuts", "10"],
    "booking_trial": ["--acts", "500", "--processes", "10", "--kills", "20", "--cuts", "10"],
    "crowd": ["--rounds", "4"],
    "sweeps": ["--rounds", "5"],
    "peers": ["--rounds", "60"],
    "calendar": ["--rounds", "10"],
    "hand": ["--rounds", "1"],
    "beneficiaries": ["--rounds", "2"],
    "procedures": ["--rounds", "2"],
}
"""Benchmark -> arguments of its short form."""

FULL: dict[str, list[str]] = {
    "start": ["--rounds", "30", "--full"],
    "keys": ["--rounds", "200", "--full"],
    "acts": ["--rounds", "100"],
    "idle": ["--rounds", "120", "--full"],
    "live": ["--rounds", "60", "--full"],
    "busy": ["--rounds", "60", "--full"],
    "services": ["--rounds", "1000", "--full"],
    "trial": [],
    "booking_trial": [],
    "crowd": ["--rounds", "20"],
    "sweeps": ["--rounds", "8"],
    "peers": ["--rounds", "300", "--full"],
    "calendar": [],
    "hand": ["--rounds", "5"],
    "beneficiaries": ["--rounds", "5"],
    "procedures": ["--rounds", "5"],
}

UNDISTURBED = ("start", "keys", "acts", "idle", "live", "busy")
"""What uses so little of the processor that it may go before other programs."""

HEAD = """# What it costs

Written by `python benchmarks/run.py`; `--short` takes some twenty minutes, `--full` adds a desk of a million tickets
and more rounds. Each table is written by one script of `benchmarks/`, which can also be run alone.

How to read it: the machines are shared and noisy, so programs that are compared were run side by side, in turns, and
**the ratio is the result**. Milliseconds are those of the run that a table comes from (tables may come from several
runs; newer ones say their day and load), on {cores} cores with a load of {load} (the load average at the end of each)
and a disk that other programs also used. "Undisturbed": the benchmark had the cores before the other programs
(`--undisturbed`), so that its wall times are nearly those of an idle machine, but for the disk. No figure is asserted
here: what can be asserted (no query while idle, what is imported before the first frame) is in the tests.

The desks are made by `benchmarks/history.py` and are always the same: each ticket is built by the rules of the domain
and written with its events, clocks and pauses. "100,000 open" is larger than any real queue: it makes the queue itself
long, not only the history. The dates are around the day on which a desk is made, and the clocks in hours run day and
night, so that the figures hardly depend on the time of day.
"""

BESIDE = """
## What is not comparable

- The bare Textual app shows 100 rows from its source. It has no database, no clock and no second pane. It is the
  minimum that the framework needs, not a competitor.
- A commit waits for the disk (`synchronous = FULL`), so times of writing on other machines are not comparable with
  these. The processor's share is given separately, and the disk alone was measured in the same turns.
- Key times are those of a pty. A terminal emulator and ssh add their own time.
- Packages that count working time have different functions. What one cannot do is noted; what it can do is compared
  only after its answer was found to be equal to ours.
"""


def main() -> int:
    """Run the benchmarks and write the page."""
    arguments = parsed()
    wanted = FULL if arguments.full else SHORT
    failed = []
    FIGURES.mkdir(exist_ok=True)
    for name, always in wanted.items() if not arguments.page else ():
        if arguments.only and name not in arguments.only:
            continue
        begun = time.perf_counter()
        print(f"== {name}", flush=True)
        options = [*always, "--undisturbed"] if arguments.undisturbed and name in UNDISTURBED else always
        done = subprocess.run([*_command(name), *options, "--json", str(_figures(name))], cwd=ROOT, check=False)
        print(f"   {time.perf_counter() - begun:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    PAGE.write_text(page(), "utf-8")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="All the benchmarks.")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--short", action="store_true", help="in less than ten minutes (default)")
    form.add_argument("--full", action="store_true", help="the large sizes and more rounds")
    form.add_argument("--page", action="store_true", help="measure nothing: write the page from the figures there are")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=[*SHORT], help=f"of {', '.join(SHORT)}")
    parser.add_argument("--undisturbed", action="store_true", help=f"{', '.join(UNDISTURBED)}: before other programs")
    return parser.parse_args()


def page() -> str:
    """The text of the page, from the stored figures."""
    figures = {name: json.loads(_figures(name).read_text("utf-8")) for name in SHORT if _figures(name).exists()}
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    former = re.search(r"a load of ([\d.]+) to ([\d.]+)", before)
    loads = [
        *map(float, former.groups() if former else ()),
        *(each["load"] for each in figures.values() if "load" in each),
    ]
    load = f"{min(loads):g} to {max(loads):g}" if loads else "?"
    parts = [HEAD.format(cores=os.cpu_count(), load=load)]
    for name in SHORT:
        found = figures.get(name)
        if found is None:
            parts += [each for each in _sections(before) if f"(`benchmarks/{name}.py`" in each]
        elif "tables" in found:
            parts += [_section(name, table, found) for table in found["tables"]]
        else:
            parts.append(_calendar(found))
    return "\n".join([*parts, BESIDE])


def _sections(written: str) -> list[str]:
    """The sections of a page that was written before."""
    return [f"## {each.strip()}\n" for each in re.split(r"^## ", written, flags=re.MULTILINE)[1:]]


def _section(name: str, table: dict[str, Any], run: dict[str, Any]) -> str:
    notes = "".join(f"\n{note}\n" for note in table["notes"])
    when = f"; {run['day']}, load {run['load']:g}" if "day" in run else ""
    when += ", undisturbed" if run.get("undisturbed") else ""
    lines = [table["columns"], ["---", *["---:"] * (len(table["columns"]) - 1)], *table["rows"]]
    body = "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
    return f"## {table['title']}\n\n{table['how']} (`benchmarks/{name}.py`{when})\n\n{body}\n{notes}"


def _calendar(operations: dict[str, Any]) -> str:
    lines = [
        "## Working time\n",
        "Ours beside other packages, in one process and in turns; microseconds a call, medians. "
        "(`benchmarks/calendar.py`)\n",
        "| operation | package | us | x ours | to reach |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for operation, found in operations.items():
        for package, seconds in found["seconds"].items():
            ratio, target = found["ratios"].get(package), found["targets"].get(package)
            cells = [operation, package, f"{seconds * 1e6:,.2f}", f"{ratio:.1f}" if ratio else "", _times(target)]
            lines.append("| " + " | ".join(cells) + " |")
        lines += [f"| {operation} | {package} | - | - | {why} |" for package, why in found["cannot"].items()]
    return "\n".join(lines) + "\n"


def _times(target: float | None) -> str:
    return f"{target:g} x" if target else ""


def _cell(cell: str | float | int | None) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.{0 if cell >= 100 else 1 if cell >= 10 else 2}f}"
    return cell if isinstance(cell, str) else f"{cell:,}"


def _command(name: str) -> list[str]:
    """The command of a benchmark. `calendar.py` is a separate program; the others are modules that share code."""
    program = ["-P", f"benchmarks/{name}.py"] if name == "calendar" else ["-m", f"benchmarks.{name}"]
    return [sys.executable, *program]


def _figures(name: str) -> Path:
    return FIGURES / f"{name}.json"


if __name__ == "__main__":
    sys.exit(main())
