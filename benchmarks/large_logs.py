"""Imports logs that are too large with the command: its message, and its maximum memory.

As a program it creates and imports each log, and prints time and memory. It takes ten minutes or more and 2 GB of disk:

    python -m benchmarks.large_logs
"""

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

MOST_MIB = 300
"""Maximum memory of an import of any log."""

MAP = Path(__file__).parents[1] / "tests" / "data" / "log.toml"
HEAD = "caso,rotulo,instante,pessoa,assunto,setor\n"
LINE = "{case},Fila,2026-03-02T09:00:00,Ana,x,TI\n"
MEGABYTE = 1 << 20


class Log(NamedTuple):
    """A log, and the last message of its import."""

    name: str
    parts: Callable[[], Iterator[str]]
    code: int
    said: str


def one_long_line() -> Iterator[str]:
    """One field of a gigabyte, between two valid lines."""
    yield LINE.format(case="A-1") + "A-2,Fila,2026-03-02T09:00:00,Ana,"
    for _ in range(1024):
        yield "x" * MEGABYTE
    yield ",TI\n" + LINE.format(case="A-3")


def the_same_line() -> Iterator[str]:
    """The same line repeated, 192 MB."""
    line = LINE.format(case="A-1")
    for _ in range(192):
        yield line * (MEGABYTE // len(line))


def an_open_quote() -> Iterator[str]:
    """An unclosed quote before 100 MB of valid lines."""
    yield 'A-0,Fila,2026-03-02T09:00:00,"Ana,x,TI\n'
    lines = "".join(LINE.format(case=f"B-{number}") for number in range(50))
    for _ in range(100):
        yield lines * (MEGABYTE // len(lines))


def long_cases() -> Iterator[str]:
    """Ten cases of 20,000 lines, half of them pauses."""
    for number in range(200_000):
        label = "Fila" if number // 10 % 2 else "Aceito+Espera - Peça"
        at = f"2026-03-{number // 8_000 + 1:02}T{number % 24:02}:{number // 24 % 60:02}:{number // 1440 % 60:02}"
        yield f"C-{number % 10},{label},{at},Ana {number % 10_000},x,TI\n"


def no_labels() -> Iterator[str]:
    """A million cases, none of which can be parsed."""
    for number in range(1_000_000):
        yield f"{number},Nada,2026-03-02T09:00:00,Ana,x,TI\n"


LOGS = (
    Log("long.csv", one_long_line, 0, "Casos importados: 2 (eventos: 2)."),
    Log("same.csv", the_same_line, 0, "Casos importados: 1 (eventos: 1)."),
    Log("quote.csv", an_open_quote, 0, "Casos importados: 0 (eventos: 0)."),
    Log("cases.csv", long_cases, 0, "Casos importados: 10 (eventos: 200000)."),
    Log("broken.csv", no_labels, 0, "Casos importados: 0 (eventos: 0)."),
    Log("packed.csv.gz", the_same_line, 0, "Casos importados: 1 (eventos: 1)."),
    Log("bomb.csv.gz", one_long_line, 1, "quando descompactado"),
)


def imported(log: Log, folder: Path) -> list[str]:
    """Create the log, import it, and print its time and memory.

    Returns:
        The faults.
    """
    path = folder / log.name
    opened: Any = gzip.open(path, "wt", 6, "utf-8") if path.suffix == ".gz" else path.open("w", encoding="utf-8")
    with opened as file:
        file.write(HEAD)
        file.writelines(log.parts())
    size, began = path.stat().st_size, time.monotonic()
    command = [sys.executable, "-m", "atendimento_tui", "--banco", str(folder / f"{log.name}.db")]
    done = subprocess.run(
        [*command, "importar", "historico", str(path), "--mapa", str(MAP)], capture_output=True, text=True, check=False
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024  # of the largest one so far
    path.unlink()
    print(f"{log.name}: {size:,} bytes, {time.monotonic() - began:.0f} s, at most {peak} MiB so far")
    wrong = [f"{log.name}: {peak} MiB"] if peak > MOST_MIB else []
    if done.returncode != log.code or log.said not in done.stderr or "Traceback" in done.stderr:
        wrong.append(f"{log.name}: exit {done.returncode}, {done.stderr[-500:]}")
    return wrong


def main() -> int:
    """Import all logs; the exit code is 0 if there is no fault."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = [line for log in LOGS for line in imported(log, Path(folder))]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
