"""Procedures at the number of the published tables, import and search: `python -m benchmarks.procedures`.

The published tables of TUSS are not part of the program, so the codes are made up, with terms of their length.
"""

import random
from collections.abc import Iterator

from atendimento_tui.data.engine import committing_lightly
from atendimento_tui.services.procedure_import import import_procedures
from atendimento_tui.services.procedures import find_procedures
from benchmarks.lists import NOW, databases, desk_at, highest_memory, keystrokes, settle, taken
from benchmarks.measure import Table, data_folder, options, report

CODES = 68_022
"""The codes of the tables 18, 19, 20 and 22 of version 202609."""

WHAT = ("tomografia", "artroplastia", "ressonância", "biópsia", "sutura", "prótese", "cateter", "dosagem", "consulta")
WHERE = ("joelho", "tórax", "crânio", "coluna lombar", "ombro", "abdome", "mão", "fígado", "coração", "pé")
HOW = ("com contraste", "unilateral", "bilateral", "por vídeo", "total", "parcial", "percutânea", "com anestesia")
TYPED = (
    "tomografia torax",
    "artroplastia joelho",
    "4010",
    "ressonancia de cranio",
    "biopsia figado",
    "protese 77",
    "ma",
)
MAP = """
nome = "Medida"
tabela = "22"
[colunas]
codigo = "codigo"
termo = "termo"
auditoria = "auditoria"
"""


def lines(many: int) -> Iterator[str]:
    """A table of procedures."""
    chance = random.Random(7)
    yield "codigo;termo;auditoria"
    for number in range(many):
        term = f"{chance.choice(WHAT)} de {chance.choice(WHERE)} {chance.choice(HOW)} modelo {number % 997}"
        yield f"{40_000_000 + number};{term};{chance.choice(('sim', 'não'))}"


def main() -> None:
    """Measure on both databases, one after the other."""
    parser = options("Procedures: import and search.", rounds=2)
    parser.add_argument("--lines", type=int, default=CODES, metavar="N", help=f"codes in the table (default {CODES:,})")
    arguments = parser.parse_args()
    file, file_map = data_folder() / "procedures.csv", data_folder() / "procedures.toml"
    file.write_text("\n".join(lines(arguments.lines)), "utf-8")
    file_map.write_text(MAP, "utf-8")
    imported = Table(
        f"{arguments.lines:,} procedures: the import",
        ["what", "database", "s", "processor s", "MiB, highest"],
        "A table with as many codes as the published ones, imported into a new desk, and then again. Commits do not"
        " wait for the disk. The processor's time is that of this program, without the server's.",
    )
    searched = Table(
        f"{arguments.lines:,} procedures: the search",
        ["database", "keystrokes", "p50 ms", "p95", "most", "processor p50", "processor p95", "to reach"],
        "The service at each keystroke of seven searches: words of the term, beginnings of codes; from the first on.",
    )
    for database, address in databases("procedures"):
        with desk_at(address) as desk, committing_lightly(desk.engine):
            for what in ("import", "the same file again, which changes nothing"):
                seconds, used = taken(lambda: import_procedures(desk, file, file_map, NOW, lambda *_: None))
                imported.rows.append([what, database, round(seconds, 1), round(used, 1), highest_memory()])
            settle(desk)
            times = keystrokes(TYPED, lambda text: find_procedures(desk, text, NOW), arguments.rounds)
            searched.rows.append([database, *times, "p95 50 ms"])
    for table in (imported, searched):
        table.show()
    report([imported, searched], arguments.json)


if __name__ == "__main__":
    main()
