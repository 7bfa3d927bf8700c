"""Calls of the command: options, help, version, wrong use, and output streams."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from atendimento_tui import __version__
from tests.command.conftest import Call
from tests.full import some
from tests.warm import Warm

LOG = Path(__file__).parents[1] / "data" / "log.csv"
AT = ("--agora", "2026-03-02T10:30:00-03:00")
COMMANDS = [
    (),
    ("demo",),
    ("iniciar",),
    ("fila",),
    ("ver",),
    ("explicar",),
    ("importar",),
    ("importar", "historico"),
    ("exportar",),
    ("exportar", "prazos"),
    ("migrar",),
    ("separar",),
    ("caminhos",),
]
ENGLISH = re.compile(
    r"\b(usage|options?|optional|positional|arguments?|commands?|show|this|help message|and exit|exit|default|the|of|"
    r"file|name|list|required|choose|invalid|unrecognized|error|expected|value|subcommands?|version)\b",
    re.IGNORECASE,
)


def english_in(text: str) -> set[str]:
    """English words outside the names of options."""
    return set(ENGLISH.findall(re.sub(r"--?[a-z][a-z-]*", "", text)))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_completely_portuguese(call: Call, command: tuple[str, ...]) -> None:
    result = call(*command, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"uso: {' '.join(('atendimento', *command))}")
    assert "mostra esta ajuda e sai" in result.out
    assert english_in(result.out) == set()


def test_the_version_is_printed(call: Call) -> None:
    assert call("--version") == (0, f"{__version__}\n", "")


def test_help_and_version_import_neither_the_screen_nor_the_database() -> None:
    program = """
import sys
from atendimento_tui.cli import main
for args in (["--version"], ["--help"], ["fila", "--help"], ["iniciar", "--help"], ["nada"]):
    try:
        main(args)
    except SystemExit:
        pass
late = {"textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "holidays", "phonenumbers"}
heavy = late & sys.modules.keys()
print(*sorted(heavy), file=sys.stderr)
sys.exit(len(heavy))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_as_a_program_it_prints_its_version_and_help(run_anew: Call) -> None:
    assert run_anew("--version") == (0, f"{__version__}\n", "")
    assert run_anew("--help").out.startswith("uso: atendimento")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nada"], "o comando 'nada' não existe; há 'demo', 'iniciar', 'fila'"),
        (["fila", "--cor"], "não conheço: --cor"),
        (["fila", "--lim", "3"], "não conheço: --lim 3"),
        (["ver"], "falta dizer: protocolo"),
        (["importar"], "falta dizer: COMANDO"),
        (["importar", "nada"], "COMANDO: 'nada' não existe; há "),
        (["importar", "historico"], "falta dizer: REGISTRO, --mapa"),
        (["exportar", "prazos"], "falta dizer: ARQUIVO"),
        (["migrar", "desk.db"], "falta dizer: DESTINO"),
        (["iniciar"], "falta dizer: --unidade, --cidade, --uf, --supervisor"),
        (["--banco"], "--banco pede um valor"),
        (["fila", "--limite"], "--limite pede um valor"),
        (["fila", "--limite", "dez"], "--limite: 'dez' não é"),
        (["fila", "--limite", "0"], "--limite: '0' não é"),
        (["fila", "--limite", "-1"], "--limite: '-1' não é"),
        (["fila", "--json=sim"], "--json não aceita valor"),
    ],
)
def test_wrong_use_is_reported_in_portuguese(call: Call, args: list[str], says: str) -> None:
    result = call(*args)
    assert (result.code, result.out) == (2, "")
    problem, hint = result.err.strip().split("\n")
    assert problem.startswith("uso incorreto: ")
    assert says in problem
    assert hint.startswith("Veja como usar com: atendimento")
    assert english_in(result.err.replace("--help", "")) == set()


def test_without_a_terminal_it_is_reported(run_anew: Call, banco: Path) -> None:
    for args in ((), ("--banco", banco)):
        result = run_anew(*args)
        assert (result.code, result.out) == (2, "")
        assert result.err == "A tela precisa de um terminal. Num script, use os comandos: atendimento --help.\n"


def test_unknown_colors_are_reported_in_a_sentence(run: Call, banco: Path) -> None:
    result = run("--banco", banco, TEXTUAL_COLOR_SYSTEM="muitas")
    assert result.code == 2
    assert result.err.startswith("A variável TEXTUAL_COLOR_SYSTEM (muitas) não nomeia um conjunto de cores que exista.")


def test_an_unknown_driver_is_reported_in_a_sentence(run: Call, banco: Path) -> None:
    result = run("--banco", banco, TEXTUAL_DRIVER="x:Y\x1b[31m")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("A variável TEXTUAL_DRIVER (x:Y [31m) não nomeia um modo de tela que exista.")


def test_paths_are_printed_and_nothing_is_created(
    call: Call, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def places() -> dict[str, str]:
        result = call("caminhos")
        assert (result.code, result.err) == (0, "")
        return dict(line.split("\t") for line in result.out.splitlines())

    usual = places()
    assert list(usual) == [
        "pasta dos dados",
        "banco",
        "demonstração",
        "configuração",
        "senha do servidor de e-mail",
        "registro do programa",
        "pasta dos rascunhos",
    ]
    assert usual["registro do programa"].endswith("atendimento.log")
    assert all(path.startswith(str(own_folders / "home")) for path in usual.values())
    assert usual["banco"].endswith("atendimento.db")
    assert not (own_folders / "home").exists()
    monkeypatch.setenv("ATENDIMENTO_DATABASE_URL", "sqlite:///outro.db")
    assert places()["banco"] == "sqlite:///outro.db"
    assert call("--banco", "este.db", "caminhos").out.splitlines()[1] == "banco\teste.db"


def test_the_option_for_the_database_has_priority_over_the_environment(
    run: Call, banco: Path, own_folders: Path
) -> None:
    by_url = run("fila", "--agora", "2026-03-02T13:00:00Z", ATENDIMENTO_DATABASE_URL=f"sqlite:///{banco}")
    by_file = run("fila", "--agora", "2026-03-02T13:00:00Z", ATENDIMENTO_DATABASE_URL=str(banco))
    assert by_url.code == 0
    assert by_url.out.count("\n") == 5
    assert by_url == by_file
    nowhere = str(own_folders / "nowhere.db")
    assert run("--banco", banco, "fila", ATENDIMENTO_DATABASE_URL=nowhere).code == 0
    result = run("--banco", nowhere, "fila", ATENDIMENTO_DATABASE_URL=str(banco))
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"Não há banco em {nowhere}.")


def test_without_a_desk_the_error_says_how_to_create_one(call: Call) -> None:
    result = call("fila")
    assert result.code == 1
    assert "“atendimento iniciar”" in result.err


@pytest.mark.parametrize("instant", ["2026-03-02T09:00:00", "2026-03-02", "2026-03-02 09:00"])
@pytest.mark.parametrize("command", ["fila", "ver", "explicar", "exportar"])
def test_an_instant_without_a_zone_is_refused(call: Call, banco: Path, command: str, instant: str) -> None:
    rest = {"fila": [], "exportar": ["prazos", banco.with_name("x.csv")]}.get(command, ["20260302000001"])
    result = call("--banco", banco, command, *rest, "--agora", instant)
    assert (result.code, result.out) == (1, "")
    assert result.err == f"“{instant}” não diz o fuso. Escreva, por exemplo, 2026-03-02T09:00:00-03:00.\n"
    assert not banco.with_name("x.csv").exists()


@pytest.mark.parametrize(
    "instant", ["ontem", "", "2026-02-30T09:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"]
)
def test_an_invalid_instant_is_refused(call: Call, banco: Path, instant: str) -> None:
    result = call("--banco", banco, "fila", "--agora", instant)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"“{instant}” não é um instante ISO.")


HOSTILE = "\x1b]0;x\x07\x9b31m\udcff\u202e[/]\n"


@pytest.mark.parametrize(
    "args",
    [("fila", "--filtro", HOSTILE), ("ver", HOSTILE), ("explicar", HOSTILE), ("fila", "--agora", HOSTILE), (HOSTILE,)],
)
def test_quoted_input_has_no_control_characters(call: Call, banco: Path, args: tuple[str, ...]) -> None:
    result = call("--banco", banco, *args)
    assert result.code in (0, 1, 2)
    for text in (result.out, result.err):
        assert all(character.isprintable() or character == "\n" for character in text)
    assert call("--banco", HOSTILE, "fila").code == 1


def test_a_closed_pipe_on_stdout_is_no_error(warm: Warm, banco: Path) -> None:
    """`atendimento fila | head -0`."""
    (reading, writing), (messages, stderr) = os.pipe(), os.pipe()
    os.close(reading)
    done = warm.start(["-m", "atendimento_tui", "--banco", str(banco), "fila"], (0, writing, stderr), env=os.environ)
    for theirs in (writing, stderr):
        os.close(theirs)
    with os.fdopen(messages) as said:
        assert (done.wait(), said.read()) == (0, "")


def test_a_terminal_with_another_encoding_gets_what_it_can_show(run_anew: Call, banco: Path) -> None:
    result = run_anew("--banco", banco, "fila", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.code == 0
    assert result.out.isascii()
    assert "cr\\xedtica" in result.out


def test_database_and_person_may_follow_the_command(call: Call, banco: Path, tmp_path: Path) -> None:
    before = call("--banco", banco, "--como", "Bruno Castro", "fila", *AT)
    assert before.code == 0
    assert call("fila", "--banco", banco, "--como", "Bruno Castro", *AT) == before
    assert call("--banco", tmp_path / "nowhere.db", "fila", *AT, "--banco", banco) == before  # the last one counts
    out = tmp_path / "prazos.csv"
    assert call("exportar", "--banco", banco, "prazos", out).code == 0
    assert call("exportar", "prazos", tmp_path / "2.csv", "--banco", banco).code == 0


# Streams that take nothing.


FULL = "A resposta não pôde ser escrita (o disco está cheio). O que já estava gravado no banco continua lá.\n"
CLOSED = "A resposta não tem para onde ir: a saída está fechada.\n"


@pytest.mark.parametrize("command", ["fila", "fila --json", "--help", "--version", "caminhos", "fila --filtro BRUNO"])
def test_an_output_that_the_disk_refuses_is_reported(warm: Warm, banco: Path, command: str) -> None:
    done = warm.run(["--banco", str(banco), *command.split()], env=os.environ, streams={1: "/dev/full"})
    assert (done.code, done.err.decode()) == (1, FULL)


@pytest.mark.parametrize("command", ["fila", "--version", "caminhos"])
def test_an_output_without_a_stream_is_reported(warm: Warm, banco: Path, command: str) -> None:
    done = warm.run(["--banco", str(banco), *command.split()], env=os.environ, streams={1: None})
    assert (done.code, done.err.decode()) == (1, CLOSED)


@pytest.mark.parametrize(
    "streams",
    [{2: None}, {2: "/dev/full"}, {0: None}, {0: None, 2: None}],
    ids=["stderr closed", "stderr full", "stdin closed", "stdin and stderr closed"],
)
def test_an_unwritable_stderr_does_not_change_the_exit_code(
    warm: Warm, banco: Path, streams: dict[int, str | None]
) -> None:
    done = warm.run(["--banco", str(banco), "fila"], env=os.environ, streams=streams)
    assert (done.code, done.out.count(b"\n"), done.err) == (0, 5, b"")
    assert warm.run(["--banco", str(banco), "ver", "1"], env=os.environ, streams=streams).code == 1


# Of a full stream Python knows no more than a process that is forked: at each commit it starts with closed ones.
@pytest.mark.parametrize(
    ("bent", "code", "message"),
    some(
        [
            pytest.param("> /dev/full", 1, FULL, id="stdout full"),
            pytest.param(">&-", 1, CLOSED, id="stdout closed"),
            pytest.param("<&- 2>&- > /dev/null", 0, "", id="stdin and stderr closed"),
            pytest.param("2>/dev/full > /dev/null", 0, "", id="stderr full"),
        ],
        1,
        2,
    ),
)
def test_the_same_holds_for_an_interpreter_that_starts_with_such_streams(
    banco: Path, bent: str, code: int, message: str
) -> None:
    program = f"{sys.executable} -W error -m atendimento_tui --banco {banco} fila {bent}"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, message)


def test_values_of_the_environment_are_escaped(run: Call, tmp_path: Path) -> None:
    result = run("caminhos", XDG_DATA_HOME=f"{tmp_path}/\x1b]0;x\x07\n\u202e", ATENDIMENTO_DATABASE_URL="\x1b[31m")
    assert result.code == 0
    assert len(result.out.splitlines()) == 7
    assert all(character.isprintable() or character in "\n\t" for character in result.out)


# Secrets.

SECRET = "s3gr/do:x"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql+psycopg://ana:{SECRET}@127.0.0.1:1/desk",
        f"postgresql://127.0.0.1:1/desk?user=ana&password={SECRET}",
        f"postgresql://ana:{SECRET}@127.0.0.1:1/desk?sslmode=nada&sslpassword={SECRET}",
        f"mysql://ana:{SECRET}@host/desk",
        f"postgresql://ana:{SECRET}@127.0.0.1:porta/desk",
    ],
)
@pytest.mark.parametrize("command", ["caminhos", "fila", "iniciar", "demo --so-criar", "migrar", "importar", "wrong"])
def test_no_password_is_ever_printed(call: Call, own_folders: Path, address: str, command: str) -> None:
    found = ["iniciar", "--unidade", "Centro", "--cidade", "Recife", "--uf", "PE", "--supervisor", "Ana"]
    whole = {
        "iniciar": found,
        "migrar": ["migrar", address, address],
        "importar": ["importar", "historico", str(LOG), "--mapa", str(LOG.with_suffix(".toml"))],
        "wrong": [address],
    }
    result = call("--banco", address, *whole.get(command, command.split()))
    assert result.code in ((0,) if command == "caminhos" else (1, 2))
    assert result.out + result.err
    assert SECRET not in result.out + result.err
    assert all(SECRET not in path.read_text("utf-8") for path in own_folders.rglob("*.log"))


def test_a_fault_is_reported_in_a_sentence_with_its_detail_in_the_log(
    call: Call, banco: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError(f"postgresql://ana:{SECRET}@host/desk")

    monkeypatch.setattr("atendimento_tui.services.queue.listed", broken)
    result = call("--banco", banco, "fila")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Algo deu errado no programa; o que já estava gravado continua gravado.")
    [log] = own_folders.rglob("*.log")
    assert log.stat().st_mode & 0o777 == 0o600
    text = log.read_text("utf-8")
    assert "Traceback" in text
    assert "fault KeyError" in text
    assert re.search(r"test_call\.py:\d+ broken", text)
    assert not any(word in text for word in ("ana:", "host", SECRET)), "the message may quote what people wrote"


def test_an_interrupted_command_reports_it(call: Call, banco: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("atendimento_tui.services.queue.listed", interrupted)
    result = call("--banco", banco, "fila")
    assert result == (130, "", "Interrompido. O que já estava gravado continua gravado.\n")
