"""Import of beneficiaries: new, changed, same and refused lines; trial; interruption; memory."""

import tracemalloc
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from atendimento_tui.contracts.beneficiaries import ImportDone, LineDone
from atendimento_tui.data.engine import reading
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import beneficiaries, beneficiary_import
from atendimento_tui.services.beneficiaries import record_of
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.proof import prove
from atendimento_tui.texts.refusals import of_line
from tests.databases import on_files
from tests.full import IN_FULL
from tests.living import NOW, rows

MAP = """
[colunas]
nome = "NOME BENEFICIÁRIO"
cpf = "CPF"
carteirinha = "Cartão"
nascimento = "NASC"
titular = "CPF TITULAR"
parentesco = "GRAU"
telefone = "FONE"
cidade = "CIDADE"
[valores.parentesco]
"01" = ""
"03" = "filho(a)"
[fixos]
plano = "Essencial"
"""
HEADER = "NOME BENEFICIÁRIO;CPF;Cartão;NASC;CPF TITULAR;GRAU;FONE;CIDADE;OUTRA"
LINES = [
    "TÉO D'ÁVILA;;9002;20/05/2008;529.982.247-25;03;;São Paulo;x",
    "MARIA D'ÁVILA;529.982.247-25;9001;12/03/1980;;01;(11) 98765-4321;São Paulo;x",
    "RUI COSTA;111.444.777-35;9003;1990-02-01;;01;;Santos;x",
]


def cpf(number: int) -> str:
    """A valid CPF."""
    digits = [int(each) for each in f"{number:09}"]
    for _ in range(2):
        rest = sum(digit * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)) % 11
        digits.append(0 if rest < 2 else 11 - rest)
    return "".join(map(str, digits))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mapa.toml").write_text(MAP, "utf-8")
    return tmp_path


def bring(
    desk: Desk, folder: Path, lines: Sequence[str], *, trial: bool = False, encoding: str = "utf-8"
) -> tuple[ImportDone, list[LineDone]]:
    told: list[LineDone] = []
    (folder / "base.csv").write_text("\n".join([HEADER, *lines, ""]), encoding)
    arguments = (folder / "base.csv", folder / "mapa.toml", NOW, lambda *_: None, told.append)
    return beneficiary_import.import_beneficiaries(desk, *arguments, trial=trial), told


def refusals(told: Sequence[LineDone]) -> dict[int, str]:
    assert all(of_line(*each.why) for each in told if each.why)
    return {each.number: each.why.code for each in told if each.why}


def people(desk: Desk) -> int:
    [(counted,)] = rows(desk, "SELECT count(*) FROM beneficiary")
    return int(counted)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_holder_may_stand_after_the_dependents_and_the_same_file_again_changes_nothing(
    desk: Desk, folder: Path, encoding: str
) -> None:
    assert bring(desk, folder, LINES, encoding=encoding)[0] == ImportDone(3, 0, 0, 0)
    [maria] = beneficiaries.find_beneficiaries(desk, "maria")
    view = beneficiaries.view_record(desk, maria.id)
    assert [(each.name, each.values["relation"]) for each in view.family] == [("TÉO D'ÁVILA", "filho(a)")]
    assert (view.values["plan"], view.values["city"], view.events[0].kind) == ("Essencial", "São Paulo", "incluido")
    before = rows(desk, "SELECT count(*) FROM trail_event")
    assert bring(desk, folder, LINES, encoding=encoding)[0] == ImportDone(0, 0, 3, 0)
    assert rows(desk, "SELECT count(*) FROM trail_event") == before
    assert prove(desk).faults == ()


def test_a_changed_line_is_an_event_and_a_blank_cell_keeps_what_is_known(desk: Desk, folder: Path) -> None:
    bring(desk, folder, LINES)
    changed = [LINES[0], "MARIA D'ÁVILA LIMA;529.982.247-25;;;;01;;Campinas;x", LINES[2]]
    done, told = bring(desk, folder, changed)
    assert done == ImportDone(0, 1, 2, 0)
    assert [(each.number, each.items) for each in told if each.items] == [(3, ("name", "city"))]
    with reading(desk.engine) as connection:
        values = record_of(connection, 1).values
    assert (values["name"], values["card"], values["phone"]) == ("MARIA D'ÁVILA LIMA", "9001", "+5511987654321")
    newest = beneficiaries.view_record(desk, 1).events[0]
    assert (newest.kind, newest.changes["city"]) == ("alterado", ("São Paulo", "Campinas"))


def test_wrong_lines_are_refused_by_number_and_the_others_are_written(desk: Desk, folder: Path) -> None:
    wrong = [
        *LINES,
        "ANA;529.982.247-26;;;;01;;;x",
        "MARIA DE NOVO;529.982.247-25;9009;;;01;;;x",
        "SEM NÚMERO;;;01/02/1990;;01;;;x",
        "ÓRFÃO;;9010;01/02/2010;390.533.447-05;03;;;x",
        "SEM GRAU;;9011;01/02/2010;529.982.247-25;;;;x",
        "CURTA;1",
        "DE DEPENDENTE;;9012;01/02/2010;9002;03;;;x",
        ";;9013;01/02/1990;;01;;;x",
        "DO FUTURO;;9014;01/02/2090;;01;;;x",
        '"ABERTA;;9015;01/02/1990;;01;;;x',
    ]
    expected = {
        5: "campo_invalido_cpf",
        6: "linha_repetida",
        7: "linha_sem_numero",
        8: "titular_desconhecido",
        9: "titular_sem_parentesco",
        10: "linha_incompleta",
        11: "titular_dependente",
        12: "nome_vazio",
        13: "nascimento_impossivel",
        14: "aspas_abertas",
    }
    trial, looked = bring(desk, folder, wrong, trial=True)
    assert people(desk) == 0, "a trial writes nothing"
    assert trial == ImportDone(3, 0, 0, 10)
    assert refusals(looked) == expected
    done, told = bring(desk, folder, wrong)
    assert done == ImportDone(3, 0, 0, 10)
    assert refusals(told) == expected
    assert people(desk) == 3
    assert not any("390533447" in of_line(*each.why) for each in told if each.why)


def test_an_interrupted_import_is_resumed_by_running_it_again(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beneficiary_import, "LINES_AT_ONCE", 2)
    lines = [f"PESSOA {n};{cpf(n)};;;;01;;;x" for n in range(1, 8)]
    real, batches = beneficiary_import._Run.write, count()  # noqa: SLF001 - the one place that writes a batch

    def killed(run: object, batch: object) -> object:
        if next(batches) == 2:
            raise KeyboardInterrupt
        return real(run, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(beneficiary_import._Run, "write", killed)  # noqa: SLF001
    with pytest.raises(KeyboardInterrupt):
        bring(desk, folder, lines)
    assert people(desk) == 4
    assert bring(desk, folder, lines)[0] == ImportDone(3, 0, 4, 0)
    assert prove(desk).faults == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[colunas]\nnome = "N"\n', "mapa_sem_chave"),
        ('[colunas]\nnome = "N"\ncpff = "C"\n', "mapa_item"),
        ('[colunas]\nnome = "N"\ncpf = "C"\n[fixos]\nplanoo = "x"\n', "mapa_item"),
        ("[colunas]\n", "mapa_invalido"),
        ('[colunas]\nnome = "N"\ncpf = "C"\n', "colunas_faltando"),
    ],
)
def test_a_wrong_map_is_refused_before_anything_is_written(desk: Desk, folder: Path, text: str, code: str) -> None:
    (folder / "mapa.toml").write_text(text, "utf-8")
    with pytest.raises(Refused, match=code):
        bring(desk, folder, LINES)
    assert people(desk) == 0


@on_files
def test_memory_does_not_grow_with_the_file(desk: Desk, folder: Path) -> None:
    """Twenty thousand lines that are the same take no more memory than two thousand; a hundred thousand in full."""
    bring(desk, folder, LINES[1:2])

    def lines(many: int) -> Iterator[str]:
        yield HEADER
        yield from (f"PESSOA {number};{cpf(number)[:-1]}x;;;;01;;;x" for number in range(many))

    def peak(many: int) -> int:
        (folder / "base.csv").write_text("\n".join(lines(many)), "utf-8")
        tracemalloc.start()
        done = beneficiary_import.import_beneficiaries(
            desk, folder / "base.csv", folder / "mapa.toml", NOW, lambda *_: None, lambda _: None, trial=True
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert done.refused == many
        return most

    peak(600)  # fills the caches
    assert peak(100_000 if IN_FULL else 3_000) < peak(1_200) * 1.3 + 300_000
