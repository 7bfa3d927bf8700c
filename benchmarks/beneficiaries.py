"""Beneficiaries at their full number, import and search: `python -m benchmarks.beneficiaries [--lines N]`."""

import random
from collections.abc import Iterator

from atendimento_tui.data.engine import committing_lightly
from atendimento_tui.services.beneficiaries import find_beneficiaries
from atendimento_tui.services.beneficiary_import import import_beneficiaries
from benchmarks.lists import NOW, databases, desk_at, highest_memory, keystrokes, settle, taken
from benchmarks.measure import Table, data_folder, options, report

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


def main() -> None:
    """Measure on both databases, one after the other."""
    parser = options("Beneficiaries: import and search.", rounds=2)
    parser.add_argument("--lines", type=int, default=100_000, metavar="N", help="people in the file (default 100,000)")
    arguments = parser.parse_args()
    file, file_map = data_folder() / "beneficiaries.csv", data_folder() / "beneficiaries.toml"
    file.write_text("\n".join(lines(arguments.lines)), "utf-8")
    file_map.write_text(MAP, "utf-8")
    imported = Table(
        f"{arguments.lines:,} beneficiaries: the import",
        ["what", "database", "s", "processor s", "MiB, highest"],
        "A file of families (a holder, two dependents) is imported into a new desk, and then again. Commits do not"
        " wait for the disk. The processor's time is that of this program, without the server's.",
        notes=["The highest memory of the process, which imports into SQLite first; it does not grow with the file."],
    )
    searched = Table(
        f"{arguments.lines:,} beneficiaries: the search",
        ["database", "keystrokes", "p50 ms", "p95", "most", "processor p50", "processor p95", "to reach"],
        "The service at each keystroke of eight searches: names, parts of them, a CPF, a telephone; from the first on.",
        notes=[
            "A search reads at most 400 people by the trigram index, and at most 2,000 names in their order"
            " (`tests/services/test_records.py` counts them, and looks at the plans of both databases)."
        ],
    )
    for database, address in databases("beneficiaries"):
        with desk_at(address) as desk, committing_lightly(desk.engine):
            for what in ("import", "the same file again, which changes nothing"):
                seconds, used = taken(lambda: import_beneficiaries(desk, file, file_map, NOW, _silent, lambda _: None))
                imported.rows.append([what, database, round(seconds, 1), round(used, 1), highest_memory()])
            settle(desk)
            times = keystrokes(TYPED, lambda text: find_beneficiaries(desk, text), arguments.rounds)
            searched.rows.append([database, *times, "p95 50 ms"])
    for table in (imported, searched):
        table.show()
    report([imported, searched], arguments.json)


def _silent(_done: int, _total: int) -> None:
    """Show no progress."""


if __name__ == "__main__":
    main()
