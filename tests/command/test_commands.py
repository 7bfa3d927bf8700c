"""Each command: its output, its stream and its exit code."""

import csv
import json
import os
import re
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Semaphore
from typing import Any

import openpyxl
import pytest

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.demo import create as demo
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import intake, processes
from atendimento_tui.services.desk import Desk, open_desk
from tests.command.conftest import Call
from tests.databases import Databases
from tests.full import IN_FULL
from tests.living import ANA, NOW, audited, create_test_desk, rows
from tests.services.test_processes import ProcessTicket
from tests.warm import Warm

LOG = Path(__file__).parent.parent / "data" / "log.csv"
MAP = LOG.with_suffix(".toml")
AT = ("--agora", "2026-03-02T10:30:00-03:00")
FOUND = ("iniciar", "--unidade", "Centro", "--cidade", "Recife", "--uf", "PE", "--supervisor", "Ana")


def protocol(number: int) -> str:
    return f"12345620260302{number:06}"


def read_json(text: str) -> Any:
    """The JSON, once it is sure that nothing else stands beside it."""
    return json.loads(text)


# iniciar


def test_unusually_many_holidays_need_confirmation(call: Call, tmp_path: Path) -> None:
    days = tmp_path / "todas.csv"
    lines = [f"{n:02}/03/2026,Dia {n},MUNICIPAL,,PE,2611606" for n in range(1, 21)]
    days.write_bytes("\n".join([*lines, "01/04/2026,Outra,MUNICIPAL,,AC,1200013"]).encode("cp1252"))
    founding = ("--banco", tmp_path / "desk.db", *FOUND, "--municipais", days)
    result = call(*founding)
    assert (result.code, result.out) == (1, "")
    assert "tem 20 feriados de Recife em 2026:\n  01/03/2026 Dia 1\n  02/03/2026 Dia 2\n" in result.err
    assert "Outra" not in result.err
    assert not (tmp_path / "desk.db").exists()
    assert call(*founding, "--aceitar-municipais").code == 0
    result = call("--banco", tmp_path / "other.db", *FOUND, "--municipais", days, "--codigo-ibge", "1200013")
    assert result.code == 0


def test_missing_groups_of_a_file_are_listed_first(call: Call, banco: Path, tmp_path: Path) -> None:
    file = tmp_path / "servico.toml"
    text = (Path(__file__).parents[1] / "processes" / "livro_perdido.toml").read_text("utf-8")
    file.write_bytes(text.replace('"Acervo"', '"Recepcao"').encode("cp1252"))
    result = call("--banco", banco, "catalogo", "incluir", file)
    assert (result.code, result.out) == (1, "")
    assert "  “Recepcao” (aqui há “Recepção”: é esse?)\n" in result.err
    assert "livro_perdido" not in call("--banco", banco, "catalogo", "listar").out
    result = call("--banco", banco, "catalogo", "incluir", file, "--criar-grupos")
    assert result.code == 0
    assert "foi lido como Windows-1252 (Latin-1)" in result.err
    assert "Grupos criados, por enquanto com a equipe toda: Recepcao." in result.err
    assert "livro_perdido\tLivro perdido" in call("--banco", banco, "catalogo", "listar").out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_read_and_its_encoding_reported(
    call: Call, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "servico.toml"
    text = (Path(__file__).parents[1] / "processes" / "contestacao_cobranca.toml").read_text("utf-8")
    file.write_bytes(text.encode(encoding))
    result = call("catalogo", "validar", file)
    assert result.code == 0
    assert {"utf-8-sig": "UTF-8 com BOM", "utf-16": "UTF-16", "cp1252": "Windows-1252"}[encoding] in result.err
    assert "Contestação de cobrança" in result.err


def test_invalid_toml_is_reported_with_its_reason(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "servico.toml"
    for content, says in (
        ('chave = "x\n', "linha 1, coluna 11: o texto não fecha as aspas na mesma linha"),
        ("a = " + "[" * 20_000, "fundo demais"),
        ("a = " + "9" * 5_000, "longo demais"),
        ("a" + ".a" * 20_000 + " = 1", "fundo demais"),
    ):
        file.write_text(content, "utf-8")
        result = call("catalogo", "validar", file)
        assert (result.code, result.out) == (1, "")
        assert says in result.err
        assert len(result.err) < 500


def test_names_of_one_letter_are_refused(call: Call, tmp_path: Path) -> None:
    result = call("--banco", tmp_path / "desk.db", *FOUND[:-1], "A")
    assert (result.code, result.err) == (
        1,
        "“A” é curto demais para o nome de quem supervisiona: use ao menos 2 letras.\n",
    )


# guia


def test_a_guia_is_told_once_a_day_in_the_same_way_and_can_be_looked_at_only(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    create_test_desk(str(path))
    with open_desk(str(path), NOW) as desk:
        answers = {"medico": "Dra. Íris", "procedimento": "40101010", "carater": "eletiva", "classe": "demais"}
        ticket = ProcessTicket(desk, NOW).open("solicitacao_procedimento", Severity.MEDIUM, auditoria="nao", **answers)
        protocol_ = ticket.view().row.protocol
    found = read_json(call("--banco", path, "guia", protocol_, "--so-ver", "--json").out)
    assert [(each["protocolo"], each["codigo_situacao"]) for each in found] == [(protocol_, 2)]
    assert found[0]["prazo"].endswith("T23:59:59-03:00")
    for more in ((), ("--json",), ("--meio", "aplicativo", "--a", "a própria")):
        assert call("--banco", path, "guia", protocol_, *more).code == 0
    refused = call("--banco", path, "guia", protocol_, "--meio", "pombo")
    assert (refused.code, refused.out) == (1, "")
    assert "“pombo” não é um meio" in refused.err
    with open_desk(str(path), NOW) as desk:
        told = rows(desk, "SELECT text FROM event WHERE kind = 'situacao_informada' ORDER BY seq")
    assert told == [("Em análise · comando · quem chamou o comando",), ("Em análise · aplicativo · a própria",)]


# fila


def test_the_queue_as_json(run: Call, banco: Path) -> None:
    result = run("--banco", banco, "fila", "--json", *AT)
    assert (result.code, result.err) == (0, "")
    found = read_json(result.out)
    assert [row["protocolo"] for row in found] == [protocol(number) for number in (2, 4, 3, 5, 1)]
    assert found[0] == {
        "protocolo": protocol(2),
        "origem": None,
        "servico": "Segunda via de boleto",
        "assunto": "Boleto de março",
        "solicitante": None,
        "etapa": "triagem",
        "grupo": "Suporte N1",
        "responsavel": "Bruno Castro",
        "criticidade": "critica",
        "estado": "aberto",
        "prazo": {
            "tipo": "solucao",
            "vence": "2026-03-02T10:00:00-03:00",
            "restante_s": -1800,
            "situacao": "vencido",
        },
    }
    assert found[1]["prazo"]["vence"] == "2026-03-09T23:59:59-03:00"
    assert found[2]["prazo"] == {"tipo": "solucao", "vence": None, "restante_s": 25_200, "situacao": "pausado"}
    assert found[3]["prazo"] is None
    assert (found[4]["assunto"], found[4]["solicitante"]) == ("Dúvida", "José")


def test_the_same_instant_in_another_zone_gives_the_same_result(call: Call, banco: Path) -> None:
    here = call("--banco", banco, "fila", "--json", *AT)
    assert call("--banco", banco, "fila", "--json", "--agora", "2026-03-02T13:30:00Z") == here
    assert call("--banco", banco, "fila", "--json", "--agora", "2026-03-02T22:30:00+09:00") == here


def test_the_queue_as_text(run: Call, banco: Path) -> None:
    result = run("--banco", banco, "fila", *AT)
    assert (result.code, result.err) == (0, "")
    first, *rest = result.out.splitlines()
    assert " ".join(first.split()).startswith("crítica ✖ vencido −0h30 123456.20260302.000002 Segunda via de boleto")
    assert len(rest) == 4


def test_the_queue_is_cut_and_filtered(call: Call, banco: Path) -> None:
    def found(*args: str) -> list[str]:
        return [row["protocolo"] for row in read_json(call("--banco", banco, "fila", "--json", *AT, *args).out)]

    assert found("--limite", "2") == [protocol(2), protocol(4)]
    assert found("--filtro", "jose duvida") == [protocol(1)]
    assert found("--filtro", "BRUNO") == [protocol(2)]
    assert found("--filtro", "nada disso") == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_queue_says_that_there_are_more(call: Call, banco: Path, form: tuple[str, ...]) -> None:
    listed = partial(call, "--banco", banco, "fila", *form, *AT, "--limite")
    assert listed("4").err.startswith("Mostrados: 4. Há mais: use --limite")
    assert listed("5").err == ""
    assert (listed(f"{sys.maxsize}").code, listed("9" * 30).code) == (0, 0)


def test_an_empty_queue_is_reported_and_is_an_empty_list(call: Call, banco: Path) -> None:
    result = call("--banco", banco, "fila", "--filtro", "nada disso")
    assert (result.code, result.out, result.err) == (0, "", "A fila está vazia.\n")
    assert call("--banco", banco, "fila", "--json", "--filtro", "nada disso") == (0, "[]\n", "")


# ver, explicar


def test_a_ticket_as_text_and_as_json(run: Call, banco: Path) -> None:
    result = run("--banco", banco, "ver", "123456.20260302.000003", *AT)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("123456.20260302.000003 · Segunda via de boleto · aguardando\n")
    assert "Ana Lima pausou: aguardando o cliente" in result.out
    found = read_json(run("--banco", banco, "ver", protocol(3), "--json", *AT).out)
    assert found["estado"] == "aguardando"
    assert [line["ato"] for line in found["historico"]] == ["aberto", "pausado"]
    assert found["prazos"][0]["trabalhado_s"] == 3600
    assert found["prazos"][0]["pausado_s"] == 1800


def test_the_explanation_of_a_due_date(run: Call, banco: Path) -> None:
    result = run("--banco", banco, "explicar", protocol(1), *AT)
    assert (result.code, result.err) == (0, "")
    assert "123456.20260302.000001 vence amanhã 16:00" in result.out
    assert "fora do expediente" in result.out
    found = read_json(run("--banco", banco, "explicar", protocol(1), "--json", *AT).out)
    assert found["contado_s"] == found["prazo"]["alvo"] == 16 * 3600
    edges = [(line["inicio"], line["fim"]) for line in found["intervalos"]]
    assert edges[0][0] == "2026-03-02T09:00:00-03:00"
    assert edges[-1][1] == found["prazo"]["vence"] == "2026-03-03T16:00:00-03:00"
    assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]


def test_wrong_counts_of_the_queue_are_found_and_counted_again(run: Call, banco: Path) -> None:
    assert "estão certas" in run("--banco", banco, "recontar").err
    with closing(sqlite3.connect(banco)) as raw, raw:
        raw.execute("UPDATE queue_count SET n = n + 1 WHERE part = 'todas'")
    assert "atendimento recontar" in run("--banco", banco, "verificar").err
    assert "foram refeitas" in run("--banco", banco, "recontar").err
    assert run("--banco", banco, "verificar").code == 0


def test_how_long_attendances_take_as_text_and_as_json(run: Call, banco: Path) -> None:
    with open_desk(banco, NOW) as desk:
        [version] = [each.version for each in processes.offered(desk) if each.key == "falha_tecnica"]
        begun = intake.begin(desk, version, ANA, "n-1", NOW)
        order = Order(begun.ticket, ANA, "n-2", NOW + timedelta(minutes=5, seconds=20))
        answers = {"produto": "Prontuário", "descricao": "Não abre"}
        intake.finish(desk, order, intake.Intake(Severity.HIGH, "Loja", channel="telefone", answers=answers))
    heading, line = run("--banco", banco, "tempos", *AT).out.splitlines()
    assert heading.split() == ["serviço", "canal", "mediana", "atendimentos", "tempo", "típico"]
    assert line.split() == ["Falha", "técnica", "telefone", "5m20s", "1", "—"]
    [found] = read_json(run("--banco", banco, "tempos", "--json", *AT).out)
    assert (found["mediana_s"], found["tempo_tipico"]) == (320, None)
    nothing = run("--banco", banco, "tempos", "--dias", "1", "--agora", "2026-03-09T09:00-03:00")
    assert (nothing.code, nothing.out) == (0, "")
    assert "--dias" in nothing.err


@pytest.mark.parametrize("command", ["ver", "explicar"])
@pytest.mark.parametrize("asked", ["999", "x", "'; DROP TABLE ticket; --"])
def test_an_unknown_protocol_is_refused(call: Call, banco: Path, command: str, asked: str) -> None:
    result = call("--banco", banco, command, asked, "--json")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Não há atendimento")


def test_a_ticket_without_a_clock_is_not_explained(call: Call, banco: Path) -> None:
    result = call("--banco", banco, "explicar", protocol(5))
    assert (result.code, result.err) == (1, "O atendimento 123456.20260302.000005 não tem prazo.\n")


def test_a_closed_ticket_is_shown_and_explained(call: Call, banco: Path) -> None:
    result = call("--banco", banco, "explicar", protocol(6), "--json", *AT)
    assert read_json(result.out)["prazo"]["resultado"] == "no_prazo"
    assert "concluído" in call("--banco", banco, "ver", protocol(6)).out


# iniciar


def test_a_desk_is_created_once(run: Call, tmp_path: Path) -> None:
    database = tmp_path / "novo" / "desk.db"
    result = run("--banco", database, *FOUND, "--horario", "seg-sex 08:00-12:00; sab 08:00-10:00", "--atendente", "Bia")
    made, first, rights = result.err.splitlines()
    assert (result.code, result.out, made) == (0, "", f"Atendimento criado em {database}.")
    assert first.startswith("Ninguém tem senha ainda")
    assert rights.startswith("Os papéis valem dentro do programa")
    before = database.read_bytes()
    result = run("--banco", database, *FOUND)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"Já existe um banco em {database}.")
    assert database.read_bytes() == before
    with audited(database) as desk:
        assert [person.name for person in desk.info().members] == ["Ana", "Bia"]
        assert desk.calendar(1).is_open(datetime.fromisoformat("2026-03-07T09:59:00-03:00"))


def created(folder: Path) -> list[Path]:
    """What a call left in the folder, besides the user's own folders with the log of its refusal."""
    return [path for path in folder.iterdir() if path.name != "home"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--uf", "XX"), "Não há unidade da federação “XX”"),
        (("--registro-ans", "12"), "O registro ANS tem seis dígitos"),
        (("--horario", "9-18"), "O horário “9-18” não é válido"),
        (("--facultativo", "Dia do Gato"), "não é um ponto facultativo conhecido"),
        (("--supervisor", " "), "Falta o nome"),
        (("--municipais", "nowhere.csv"), "Não foi possível ler nowhere.csv"),
    ],
)
def test_an_invalid_answer_creates_no_desk(call: Call, tmp_path: Path, wrong: tuple[str, str], says: str) -> None:
    result = call("--banco", tmp_path / "desk.db", *FOUND, *wrong)
    assert (result.code, result.out) == (1, "")
    assert says in result.err
    assert created(tmp_path) == []


# importar, exportar


def test_a_history_is_imported_and_its_deadlines_exported(run: Call, tmp_path: Path) -> None:
    database, out = tmp_path / "desk.db", tmp_path / "prazos.csv"
    result = run("--banco", database, "importar", "historico", LOG, "--mapa", MAP)
    assert (result.code, result.out) == (0, "")
    assert "linha 45: o instante não pode ser lido" in result.err
    assert "linhas que não puderam ser lidas: 4 (A-12, A-13, A-14, A-15)." in result.err
    assert result.err.endswith("Casos importados: 11 (eventos: 46). Casos que já estavam aqui: 0.\n")
    again = run("--banco", database, "importar", "historico", LOG, "--mapa", MAP)
    assert again.err.endswith("Casos importados: 0 (eventos: 0). Casos que já estavam aqui: 11.\n")
    result = run("--banco", database, "exportar", "prazos", out, "--agora", "2026-03-27T12:00:00-03:00")
    assert (result.code, result.out, result.err) == (0, "", f"Prazos gravados em {out}: 15.\n")
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 15


def test_an_invalid_map_is_reported_and_creates_no_desk(call: Call, tmp_path: Path) -> None:
    wrong = tmp_path / "map.toml"
    wrong.write_text(MAP.read_text("utf-8").replace('como = "cancelado"', 'como = "cancelada"'), "utf-8")
    result = call("--banco", tmp_path / "desk.db", "importar", "historico", LOG, "--mapa", wrong)
    assert (result.code, result.out) == (1, "")
    assert f"O mapa {wrong} tem um erro em “rotulos.Cancelado.como”: deve ser 'atendendo'," in result.err
    assert not (tmp_path / "desk.db").exists()


def test_a_missing_log_creates_no_desk(call: Call, tmp_path: Path) -> None:
    result = call("--banco", tmp_path / "desk.db", "importar", "historico", tmp_path / "x.csv", "--mapa", MAP)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"Não foi possível ler {tmp_path / 'x.csv'}")
    assert created(tmp_path) == []


def test_a_case_that_grew_is_reported(call: Call, tmp_path: Path) -> None:
    database, more = tmp_path / "desk.db", tmp_path / "more.csv"
    call("--banco", database, "importar", "historico", LOG, "--mapa", MAP)
    more.write_text(LOG.read_text("utf-8") + "A-2,Fila,2026-03-20T09:00:00,Ana,x,TI\n", "utf-8")
    result = call("--banco", database, "importar", "historico", more, "--mapa", MAP)
    assert "têm mais eventos no arquivo e ficaram como estavam: 1." in result.err


def test_an_export_that_cannot_be_written_is_refused(call: Call, banco: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere" / "prazos.csv", tmp_path):
        result = call("--banco", banco, "exportar", "prazos", place)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith("Não foi possível gravar")
    assert [path for path in created(tmp_path) if path.suffix != ".db"] == []


# migrar


def test_a_desk_is_migrated_to_a_server_and_back(run: Call, banco: Path, server: Databases, tmp_path: Path) -> None:
    target, back = server.new(), tmp_path / "de-volta.db"
    result = run("migrar", banco, target)
    assert (result.code, result.out) == (0, "")
    *progress, done, then, held = result.err.splitlines()
    assert held.startswith("Nenhuma mensagem sai do novo até que a supervisão libere")
    assert progress[0].startswith("Linhas copiadas: ")
    assert progress[-1] == "Atendimentos conferidos: 6 de 6"
    assert done.startswith(f"O atendimento está em {target}, conferido. Atendimentos: 6. Linhas: ")
    assert then.startswith(f"Feche as telas abertas em {banco}, que ficou como estava")
    assert run("migrar", target, back).code == 0
    asked = ("fila", "--json", *AT)
    here = run("--banco", banco, *asked)
    assert len(read_json(here.out)) == 5
    assert run("--banco", target, *asked) == run("--banco", back, *asked) == here


def test_a_desk_is_not_migrated_onto_another_one(call: Call, banco: Path, tmp_path: Path) -> None:
    result = call("migrar", banco, banco)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"Já existe um banco em {banco}. Nada foi alterado.")
    result = call("migrar", tmp_path / "nowhere.db", tmp_path / "new.db")
    assert result.err.startswith(f"Não há banco em {tmp_path / 'nowhere.db'}.")
    assert not (tmp_path / "new.db").exists()


# demo


@pytest.fixture
def quick_demo(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The demonstration unfurnished, and where it was made."""
    made: list[str] = []

    def make(path: str, _now: datetime) -> Desk:
        create_test_desk(path)
        desk = open_desk(path, NOW)
        made.append(desk.name)
        return desk

    monkeypatch.setattr(demo, "create_demo", make)
    return made


def test_the_demonstration_is_created_and_its_path_printed(
    call: Call, run: Call, quick_demo: list[str], tmp_path: Path
) -> None:
    database = tmp_path / "demo.db"
    assert call("--banco", database, "demo", "--so-criar") == (0, f"{database}\n", "")
    assert quick_demo == [str(database)]
    before = database.read_bytes()
    result = run("--banco", database, "demo", "--so-criar")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"Já existe um banco em {database}.")
    assert database.read_bytes() == before


def test_the_demonstration_of_a_day_is_created_once(call: Call, quick_demo: list[str], own_folders: Path) -> None:
    first = call("demo", "--so-criar")
    path = Path(first.out.removesuffix("\n"))
    assert (first.code, first.err) == (0, "")
    assert quick_demo == [f"{path}.parcial"]  # made beside its place, and put there whole
    assert path.is_relative_to(own_folders / "home")
    assert sorted(found.name for found in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]
    assert call("demo", "--so-criar") == first
    assert call("--banco", path, "fila").code == 0
    assert len(quick_demo) == 1


def test_of_those_who_create_the_demonstration_at_once_one_does_and_the_others_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, waiting, made = tmp_path / "demo.db", Semaphore(0), []

    def make(partial: str, _now: datetime) -> Desk:
        made.append(partial)
        assert waiting.acquire(timeout=20)
        assert waiting.acquire(timeout=20)
        assert not path.exists()
        create_test_desk(partial)
        return open_desk(partial, NOW)

    monkeypatch.setattr(demo, "create_demo", make)
    with ThreadPoolExecutor(3) as at_once:
        for ended in [at_once.submit(demo.create_daily_demo, path, NOW, waiting.release) for _ in range(3)]:
            ended.result()
    assert len(made) == 1
    with audited(path):
        pass


if IN_FULL:  # the demonstration itself takes six seconds

    def test_demonstrations_started_concurrently_are_one_desk(warm: Warm, own_folders: Path) -> None:
        begun = [warm.begin(["demo", "--so-criar"], env=os.environ) for _ in range(3)]
        ended = [process.ended() for process in begun]
        assert {each.code for each in ended} == {0}
        [path] = {each.out.decode() for each in ended}
        assert {each.err.decode() for each in ended} <= {
            "",
            "A demonstração de hoje está sendo criada em outro terminal: um instante.\n",
        }
        assert Path(path.removesuffix("\n")).is_relative_to(own_folders)
        with audited(path.removesuffix("\n")) as desk:
            assert desk.unit.is_demo
            assert rows(desk, "SELECT count(*) > 100 FROM ticket") == [(1,)]


def test_an_interrupted_demonstration_is_created_again(
    call: Call, quick_demo: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path, _now: datetime) -> None:
        create_test_desk(path)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(demo, "create_demo", killed)
        assert call("demo", "--so-criar").code == 130
    result = call("demo", "--so-criar")
    assert (result.code, len(quick_demo)) == (0, 1)
    assert call("--banco", result.out.removesuffix("\n"), "fila").code == 0


def test_the_demonstration_is_created_in_the_chosen_database(
    call: Call, quick_demo: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_url = tmp_path / "url.db"
    assert call("--banco", f"sqlite:///{by_url}", "demo", "--so-criar").code == 0
    monkeypatch.setenv("ATENDIMENTO_DATABASE_URL", str(tmp_path / "environment.db"))
    assert call("demo", "--so-criar").out == f"{tmp_path / 'environment.db'}\n"
    assert quick_demo == [str(by_url), str(tmp_path / "environment.db")]
    assert call("demo", "--so-criar").code == 1  # there is a desk already
    assert call("--banco", "mysql://host/desk", "demo", "--so-criar").code == 1
    assert len(quick_demo) == 2


# A damaged file.


def test_a_damaged_desk_is_reported_and_renamed(call: Call, tmp_path: Path) -> None:
    database = tmp_path / "desk.db"
    create_test_desk(database)
    assert call("--banco", database, "separar").code == 1
    with database.open("r+b") as pages:
        pages.seek(4096)
        pages.write(b"\xa5" * 40_960)
    result = call("--banco", database, "fila")
    assert (result.code, result.out) == (1, "")
    assert f"O banco {database} está danificado." in result.err
    assert f"“atendimento --banco {database} separar”" in result.err
    assert "cópia" not in result.err
    result = call("--banco", database, "separar")
    assert result.code == 0
    assert "Não há cópia ao lado dele." in result.err
    [aside] = tmp_path.glob("desk.db.danificado-*[0-9]")
    assert str(aside) in result.err
    assert not database.exists()


@pytest.mark.parametrize(
    "name", ["banco.db", "banco.db-wal", "banco.db-shm", "banco.db-journal", "link.csv", "hard.csv"]
)
@pytest.mark.parametrize("replace", [(), ("--substituir",)], ids=["", "substituir"])
def test_an_export_never_replaces_a_desk(call: Call, banco: Path, name: str, replace: tuple[str, ...]) -> None:
    database = banco.rename(banco.with_name("banco.db"))
    banco.with_name("link.csv").symlink_to(database)
    banco.with_name("hard.csv").hardlink_to(database)
    before = database.read_bytes()
    result = call("--banco", database, "exportar", "prazos", banco.with_name(name), *replace)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"{banco.with_name(name)} é um banco de dados, ou um dos arquivos dele")
    assert database.read_bytes() == before
    assert call("--banco", database, "fila").code == 0


def test_an_export_replaces_a_file_only_on_request(call: Call, banco: Path, tmp_path: Path) -> None:
    (out := tmp_path / "prazos.csv").write_text("meu")
    result = call("--banco", banco, "exportar", "prazos", out)
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        f"Já existe {out}. Nada foi alterado. Diga outro nome, ou --substituir para trocar o arquivo pelo novo.\n"
    )
    assert out.read_text() == "meu"
    assert call("--banco", banco, "exportar", "prazos", out, "--substituir").code == 0
    assert out.read_text("utf-8-sig").startswith("protocolo,origem,")
    assert out.stat().st_mode & 0o777 == 0o600


def test_an_export_is_a_spreadsheet_if_its_name_ends_so(call: Call, banco: Path, tmp_path: Path) -> None:
    for name in ("prazos.csv", "prazos.xlsx"):
        assert call("--banco", banco, "exportar", "prazos", tmp_path / name, *AT).code == 0
    with (tmp_path / "prazos.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.DictReader(file))
    with closing(openpyxl.load_workbook(tmp_path / "prazos.xlsx")) as book:
        assert book.sheetnames == ["prazos"]
        header, *lines = book["prazos"].iter_rows()
    assert [cell.value for cell in header] == list(expected[0])
    assert len(lines) == len(expected) == 5
    for line, as_csv in zip(lines, expected, strict=True):
        cells = dict(zip(as_csv, line, strict=True))
        assert (cells["protocolo"].value, cells["protocolo"].data_type) == (as_csv["protocolo"], "s")
        for name in ("ciclo", "trabalhado_s", "pausado_s"):
            assert (cells[name].value, cells[name].data_type) == (int(as_csv[name]), "n")
        local = datetime.fromisoformat(as_csv["inicio"]).replace(tzinfo=None)
        assert (cells["inicio"].value, cells["inicio"].is_date) == (local, True)


def test_the_separator_of_columns_can_be_chosen(call: Call, banco: Path, tmp_path: Path) -> None:
    out = tmp_path / "prazos.csv"
    assert call("--banco", banco, "exportar", "prazos", out, "--separador", ";").code == 0
    assert out.read_text("utf-8-sig").startswith("protocolo;origem;ciclo;")
    assert call("--banco", banco, "exportar", "prazos", out, "--separador", "tab", "--substituir").code == 0
    assert out.read_text("utf-8-sig").startswith("protocolo\torigem\tciclo\t")
    result = call("--banco", banco, "exportar", "prazos", out, "--separador", "x")
    assert (result.code, result.err.split("\n")[0]) == (2, "uso incorreto: --separador: 'x' não é válido")
    result = call("--banco", banco, "exportar", "prazos", tmp_path / "p.xlsx", "--separador", ";")
    assert (result.code, list(tmp_path.glob("*.xlsx"))) == (1, [])


def test_invisible_characters_are_escaped_in_exports(call: Call, tmp_path: Path) -> None:
    database, log = tmp_path / "desk.db", tmp_path / "log.csv"
    log.write_text(LOG.read_text("utf-8").replace("A-1,", "A\u202e1,"), "utf-8")
    assert call("--banco", database, "importar", "historico", log, "--mapa", MAP).code == 0
    for name in ("p.csv", "p.xlsx"):
        assert call("--banco", database, "exportar", "prazos", tmp_path / name).code == 0
    assert "A\\u202e1" in (tmp_path / "p.csv").read_text("utf-8-sig")
    with closing(openpyxl.load_workbook(tmp_path / "p.xlsx")) as book:
        origins = {row[0]: str(row[1]) for row in book["prazos"].iter_rows(values_only=True)}
    [number] = [protocol for protocol, origin in origins.items() if origin == "A\\u202e1"]
    result = call("--banco", database, "ver", str(number), "--json")
    assert "\u202e" not in result.out
    assert '"origem": "A\\u202e1"' in result.out
    assert read_json(result.out)["origem"] == "A\u202e1"


# Full disk, folders, and Portuguese errors.


@pytest.mark.parametrize("size", [0, 4096, 20_000, 60_000])
@pytest.mark.parametrize("command", ["iniciar", "demo", "importar", "migrar"])
def test_a_full_disk_is_reported_in_a_sentence_and_leaves_no_file(
    warm: Warm, banco: Path, tmp_path: Path, command: str, size: int
) -> None:
    """No file may be longer than so many bytes, which holds for root as well."""
    new = tmp_path / "novo" / "desk.db"
    whole: dict[str, list[str | Path]] = {
        "iniciar": ["--banco", new, *FOUND],
        "demo": ["--banco", new, "demo", "--so-criar"],
        "importar": ["--banco", new, "importar", "historico", LOG, "--mapa", MAP],
        "migrar": ["migrar", banco, new],
    }
    done = warm.run([*map(str, whole[command])], env=os.environ, file_bytes=size)
    text = (done.out + done.err).decode()
    assert done.code == 1
    assert any(actual in text for actual in ("O disco falhou ao gravar", "O disco está cheio", "Não foi possível"))
    assert "Traceback" not in text
    assert not new.parent.exists() or not list(new.parent.iterdir())


@pytest.mark.parametrize("command", ["fila", "iniciar", "migrar", "demo", "importar", "separar", "para"])
def test_a_folder_is_reported_as_such(call: Call, banco: Path, tmp_path: Path, command: str) -> None:
    (folder := tmp_path / "pasta").mkdir()
    whole: dict[str, list[str | Path]] = {
        "iniciar": [*FOUND],
        "migrar": ["migrar", folder, tmp_path / "new.db"],
        "para": ["migrar", banco, folder],
        "demo": ["demo", "--so-criar"],
        "importar": ["importar", "historico", LOG, "--mapa", MAP],
    }
    result = call("--banco", folder, *whole.get(command, [command]))
    assert (result.code, result.out) == (1, "")
    assert result.err == f"{folder} é uma pasta, não um banco. Diga o arquivo, como {folder}/atendimento.db.\n"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("arquivo/desk.db", "Não foi possível abrir {path} (uma parte do caminho não é uma pasta)."),
        ("x" * 256, "Não foi possível abrir {path} (o nome é longo demais)."),
        ("fila", "{path} não é um arquivo comum."),
    ],
)
def test_the_reason_of_an_unusable_database_is_portuguese(call: Call, tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "arquivo").touch()
    os.mkfifo(tmp_path / "fila")
    path = tmp_path / name
    for command in (("fila",), FOUND):
        result = call("--banco", path, *command)
        assert (result.code, result.out) == (1, "")
        assert result.err.startswith(says.format(path=path)) or result.err.startswith(f"Não há banco em {path}.")
        assert not re.search(r"\b(is|file|name|too|long|directory)\b", result.err.replace(str(path), ""), re.IGNORECASE)
    assert result.err.startswith(says.format(path=path))


# --como


@pytest.mark.parametrize(
    "command",
    [
        ("fila",),
        ("ver", protocol(1)),
        ("explicar", protocol(1)),
        ("varrer",),
        ("exportar", "prazos", "x.csv"),
        ("catalogo", "listar"),
        ("importar", "historico", str(LOG), "--mapa", str(MAP)),
    ],
    ids=" ".join,
)
def test_an_unknown_person_cannot_act(
    call: Call, banco: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(banco.parent)
    before = banco.read_bytes()
    result = call("--banco", banco, *command, "--como", "Ninguém")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Não há ninguém chamado “Ninguém” neste atendimento. Pessoas: ")
    assert "Bruno Castro" in result.err
    assert banco.read_bytes() == before
    assert not (banco.parent / "x.csv").exists()


def test_a_person_is_found_by_any_spelling_of_the_name(call: Call, banco: Path) -> None:
    for name in ("Bruno Castro", "bruno castro", "  BRUNO  CASTRO "):
        assert call("--banco", banco, "--como", name, "fila").code == 0
    for name in ("", "Bruno", "Bruno Castro Alves"):
        assert call("--banco", banco, "--como", name, "fila").code == 1


def test_a_missing_desk_is_reported_before_the_person(call: Call, tmp_path: Path) -> None:
    result = call("--banco", tmp_path / "new.db", "importar", "historico", LOG, "--mapa", MAP, "--como", "Ana")
    assert result.code == 1
    assert result.err.startswith(f"Não há banco em {tmp_path / 'new.db'}.")
    assert not (tmp_path / "new.db").exists()


# verificar, resumo


def test_a_digest_is_printed_kept_and_compared(call: Call, banco: Path, tmp_path: Path) -> None:
    result = call("--banco", banco, "verificar")
    assert (result.code, result.out) == (0, "")
    assert "Eventos: 8. Resumos: 1." in result.err
    assert "Só se provou que o banco é coerente consigo mesmo." in result.err
    kept = call("--banco", banco, "resumo")
    assert (kept.code, len(kept.out.splitlines())) == (0, 1)
    assert re.fullmatch(r"resumo 2 \d{4}-\d\d-\d\d 8 [0-9a-f]{64}", kept.out.strip())
    assert "Guarde esta linha fora deste computador" in kept.err
    assert call("--banco", banco, "resumo").out == kept.out  # once a day
    first = call("--banco", banco, "resumo", "--dia", "2026-03-02")
    assert first.out.startswith("resumo 1 2026-03-02 0 ")
    file = tmp_path / "resumos.txt"
    file.write_text(first.out + kept.out, "utf-8")
    result = call("--banco", banco, "verificar", "--resumo", file)
    assert result.code == 0
    assert "Os 2 resumos guardados fora são os deste banco." in result.err
    assert "Só se provou" not in result.err


def test_a_change_is_told_with_its_protocol_and_the_code_is_1(call: Call, banco: Path, tmp_path: Path) -> None:
    kept = tmp_path / "resumo.txt"
    kept.write_text(call("--banco", banco, "resumo").out, "utf-8")
    with closing(sqlite3.connect(banco)) as raw, raw:
        raw.execute("UPDATE event SET text = 'Outra' WHERE text = 'Feito.'")
    result = call("--banco", banco, "verificar")
    assert (result.code, result.out) == (1, "")
    assert "12345620260302000006: um texto do evento 2 não é o que foi gravado." in result.err
    assert "1 erro encontrado." in result.err
    assert "Outra" not in result.err
    with closing(sqlite3.connect(banco)) as raw, raw:
        raw.execute("DELETE FROM trail_digest WHERE id = 2")
    result = call("--banco", banco, "verificar", "--resumo", kept)
    assert "Resumo 2, de " in result.err
    assert "2 erros encontrados; o primeiro é o do alto." in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("resumo", "--dia", "2020-01-01"), 1, "Não há resumo de 01/01/2020"),
        (("resumo", "--dia", "ontem"), 2, "'ontem' não é válido"),
        (("verificar", "--resumo", "nenhum.txt"), 1, "nenhum.txt"),
        (("verificar", "--resumo", __file__), 1, "Não há resumo em"),
    ],
)
def test_a_digest_that_is_not_there_is_told(
    call: Call, banco: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = call("--banco", banco, *arguments)
    assert (result.code, result.out) == (code, "")
    assert said in result.err


def test_a_sweep_makes_the_digest_of_the_day(call: Call, banco: Path) -> None:
    for _ in range(2):
        assert call("--banco", banco, "varrer").code == 0
    with closing(sqlite3.connect(banco)) as raw:
        assert raw.execute("SELECT count(*) FROM trail_digest").fetchone() == (2,)
