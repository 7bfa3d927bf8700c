"""Beneficiaries at their full number: the import of a file, its second run, and searches as one types.

    python -m benchmarks.beneficiaries FOLDER [--linhas 100000]

Times are the processor's (`time.process_time`), so that other work on the machine does not count. The database is a
new SQLite file in the folder. Memory is the highest of the process while the file is imported.
"""

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from atendimento_tui.data.engine import committing_lightly
from atendimento_tui.services.beneficiaries import find_beneficiaries
from atendimento_tui.services.beneficiary_import import import_beneficiaries
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.setup import create_desk, new_desk

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST = [
    "Maria",
    "José",
    "Ana",
    "João",
    "Antônio",
    "Francisco",
    "Carlos",
    "Paulo",
    "Pedro",
    "Lucas",
    "Luiz",
    "Marcos",
    "Rita",
    "Célia",
    "Téo",
    "Zuleika",
]
LAST = [
    "da Silva",
    "dos Santos",
    "Oliveira",
    "Souza",
    "D'Ávila",
    "Sant'Anna",
    "Lima",
    "Costa",
    "Pereira",
    "Rodrigues",
    "Almeida",
    "Müller",
]
TYPED = ("maria da silva", "joão", "zuleika müller", "santanna", "529.982", "11 98765-4321", "al", "téo d'ávila lima")
MAP = """
[colunas]
nome = "nome"
cpf = "cpf"
carteirinha = "cartao"
nascimento = "nascimento"
titular = "titular"
parentesco = "grau"
telefone = "fone"
cidade = "cidade"
"""


def cpf(number: int) -> str:
    """A valid CPF."""
    digits = [int(each) for each in f"{number:09}"]
    for _ in range(2):
        rest = sum(digit * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    return "".join(map(str, digits))


def lines(many: int) -> Iterator[str]:
    """A file of families: a holder, and two dependents."""
    chance = random.Random(7)
    yield "nome;cpf;cartao;nascimento;titular;grau;fone;cidade"
    for number in range(1, many + 1):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(LAST)}"
        day = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1940, 2024)}"
        phone = f"11 9{chance.randint(10_000_000, 99_999_999)}"
        on = "" if number % 3 == 1 else cpf(number - (number - 1) % 3)
        yield f"{name};{cpf(number)};{number:010};{day};{on};{'filho(a)' if on else ''};{phone};Campinas"


def measured(work: Callable[[], object]) -> tuple[float, object]:
    """Processor seconds of some work, and its result."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def keystrokes(desk: Desk) -> list[float]:
    """Processor milliseconds of the search at each keystroke, from the first letter on."""
    times = []
    for typed in TYPED:
        for end in range(1, len(typed) + 1):
            seconds, _ = measured(lambda text=typed[:end]: find_beneficiaries(desk, text))  # type: ignore[misc]
            times.append(seconds * 1_000)
    return sorted(times)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--linhas", type=int, default=100_000)
    args = parser.parse_args()
    file, file_map = args.folder / "base.csv", args.folder / "mapa.toml"
    file.write_text("\n".join(lines(args.linhas)), "utf-8")
    file_map.write_text(MAP, "utf-8")
    new = new_desk(name="Medida", city="São Paulo", uf="SP", hours="seg-sex 09:00-18:00", supervisor="Ana Lima")
    with create_desk(args.folder / "desk.db", new, NOW) as desk, committing_lightly(desk.engine):
        for what in ("import", "the same file again"):
            seconds, done = measured(
                lambda: import_beneficiaries(desk, file, file_map, NOW, lambda *_: None, lambda _: None)
            )
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{what}: {seconds:.1f} s, {memory} MiB, {done}", flush=True)
        keystrokes(desk)
        times = keystrokes(desk)
        p50, p95, most = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
        print(f"search, {len(times)} keystrokes: p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {most:.1f} ms")


if __name__ == "__main__":
    main()
