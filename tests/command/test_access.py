"""Accounts by command: passwords, kept sessions, scripts' tokens, and who may call what."""

import json
import os
import re
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from atendimento_tui.services import access
from atendimento_tui.services.desk import open_desk
from tests.command.conftest import Call
from tests.living import NOW

FOUND = ("iniciar", "--unidade", "Centro", "--cidade", "Recife", "--uf", "PE", "--supervisor", "Ana Lima")
GOOD, OTHER = "cavalo certo bateria", "outra frase comprida"


def secrets(folder: Path, *lines: str) -> Path:
    path = folder / "senhas.txt"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the desk that the first test makes, for the others to copy."""
    return tmp_path_factory.mktemp("original") / "novo.db"


@pytest.fixture
def found(call: Call, original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new desk, made by command, with a first password."""
    monkeypatch.delenv("ATENDIMENTO_TOKEN", raising=False)
    database = tmp_path / "novo.db"
    if original.exists():
        return Path(shutil.copy(original, database))
    made = call("--banco", database, *FOUND, "--atendente", "Bia Reis", "--senha-arquivo", secrets(tmp_path, GOOD))
    assert made.code == 0, made.err
    assert "Os papéis valem dentro do programa" in made.err
    assert "O login de Ana Lima é ana.lima." in made.err
    shutil.copy(database, original)
    return database


def enter(call: Call, database: Path, folder: Path, login: str = "ana.lima", *lines: str) -> None:
    done = call("--banco", database, "entrar", login, "--senha-arquivo", secrets(folder, *(lines or (GOOD,))))
    assert (done.code, done.out) == (0, ""), done.err


def test_a_desk_with_passwords_answers_nobody_who_has_not_entered(call: Call, found: Path, tmp_path: Path) -> None:
    for command in (
        ("fila",),
        ("pessoas", "listar"),
        ("exportar", "prazos", str(tmp_path / "x.csv")),
        ("token", "listar"),
    ):
        refused = call("--banco", found, *command)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == (
            "Entre primeiro, com “atendimento entrar”. Um script usa um token: veja “atendimento token --help”.\n"
        )
    named = call("--banco", found, "--como", "Ana Lima", "fila")
    assert (named.code, named.out) == (1, "")
    assert named.err.startswith("--como é só da demonstração.")


def test_a_session_is_kept_until_it_is_left(call: Call, found: Path, tmp_path: Path) -> None:
    enter(call, found, tmp_path)
    [file] = (tmp_path / "home").rglob("sessoes/*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert call("--banco", found, "fila") == (0, "", "A fila está vazia.\n")
    left = call("--banco", found, "sair")
    assert (left.code, left.err) == (0, "A sessão foi encerrada.\n")
    assert not file.exists()
    assert call("--banco", found, "fila").code == 1
    assert call("--banco", found, "sair").err == "Não há sessão guardada para este atendimento.\n"


def test_a_session_file_that_others_can_read_is_refused(call: Call, found: Path, tmp_path: Path) -> None:
    enter(call, found, tmp_path)
    [file] = (tmp_path / "home").rglob("sessoes/*")
    file.chmod(0o644)
    assert "pode ser lido por outros" in call("--banco", found, "fila").err


@pytest.mark.parametrize("login", ["ana.lima", "ninguem"])
def test_a_wrong_login_and_a_wrong_password_are_refused_alike(
    call: Call, found: Path, tmp_path: Path, login: str
) -> None:
    refused = call("--banco", found, "entrar", login, "--senha-arquivo", secrets(tmp_path, "errada errada"))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Login ou senha não conferem.")


def test_a_file_of_passwords_is_read_by_its_owner_only(call: Call, found: Path, tmp_path: Path) -> None:
    path = secrets(tmp_path, GOOD)
    path.chmod(0o640)
    refused = call("--banco", found, "entrar", "ana.lima", "--senha-arquivo", path)
    assert "pode ser lido por outros" in refused.err
    assert GOOD not in refused.err
    missing = call("--banco", found, "entrar", "ana.lima", "--senha-arquivo", tmp_path / "nada")
    assert missing.err.startswith(f"Não se pode ler {tmp_path / 'nada'}")


def test_passwords_come_from_stdin_in_a_script(run: Call, found: Path) -> None:
    done = run("--banco", found, "entrar", "ana.lima", "--senha-arquivo", "-", stdin=f"{GOOD}\n")
    assert (done.code, done.err) == (0, "Você entrou como Ana Lima. “atendimento sair” encerra a sessão.\n")
    with closing(sqlite3.connect(found)) as raw:
        [(stored,)] = raw.execute("SELECT hash FROM credential")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$"), "a process of its own uses the usual parameters"
    assert "Diga --senha-arquivo" in run("--banco", found, "entrar", "ana.lima").err


def test_a_colleague_gets_a_password_for_one_time_and_chooses_another(call: Call, found: Path, tmp_path: Path) -> None:
    enter(call, found, tmp_path)
    once = call("--banco", found, "senha", "--de-uma-vez", "bia.reis")
    assert re.fullmatch(r"(\w{4}-){2}\w{4}\n", once.out)
    assert call("--banco", found, "senha", "--de-uma-vez", "ninguem").err.startswith("Ninguém neste atendimento")
    enter(call, found, tmp_path, "bia.reis", once.out.strip(), OTHER)
    refused = call("--banco", found, "senha", "--de-uma-vez", "ana.lima")
    assert (refused.code, refused.out) == (1, "")
    assert "não pode redefinir senhas" in refused.err


def test_the_own_password_is_changed(call: Call, found: Path, tmp_path: Path) -> None:
    short = call("--banco", found, "senha", "ana.lima", "--senha-arquivo", secrets(tmp_path, GOOD, "curta"))
    assert short.err.startswith("A senha precisa de ao menos 10 caracteres.")
    one = call("--banco", found, "senha", "ana.lima", "--senha-arquivo", secrets(tmp_path, GOOD))
    assert one.err.startswith("O arquivo de senhas precisa destas linhas (2)")
    done = call("--banco", found, "senha", "ana.lima", "--senha-arquivo", secrets(tmp_path, GOOD, OTHER))
    assert (done.code, done.err) == (0, "A sua senha foi trocada.\n")
    enter(call, found, tmp_path, "ana.lima", OTHER)


def test_a_desk_without_passwords_is_its_owner_s_until_the_first_one(call: Call, tmp_path: Path) -> None:
    database = tmp_path / "sem.db"
    made = call("--banco", database, *FOUND)
    assert "Defina a primeira com “atendimento senha ana.lima”." in made.err
    assert call("--banco", database, "fila").code == 0
    done = call("--banco", database, "senha", "--senha-arquivo", secrets(tmp_path, GOOD))
    assert (done.code, done.err.startswith("A senha de ana.lima foi definida.")) == (0, True)
    assert call("--banco", database, "fila").code == 1


@pytest.mark.parametrize("password", ["curta", "ana.lima", "Centro", "CENTRO"])
def test_a_bad_first_password_creates_nothing(call: Call, tmp_path: Path, password: str) -> None:
    refused = call("--banco", tmp_path / "x.db", *FOUND, "--senha-arquivo", secrets(tmp_path, password))
    assert refused.code == 1
    assert refused.err.startswith("A senha ")
    assert not (tmp_path / "x.db").exists()


def test_a_script_acts_with_its_token_and_its_role(
    call: Call, found: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(call, found, tmp_path)
    made = call("--banco", found, "token", "criar", "painel", "--papel", "auditor")
    assert (made.code, made.out.count("\n")) == (0, 1)
    [token] = json.loads(call("--banco", found, "token", "listar", "--json").out)
    assert (token["nome"], token["papel"], token["tipo"]) == ("painel", "auditor", "programa")
    assert made.out.strip() not in call("--banco", found, "token", "listar").out
    call("--banco", found, "sair")
    monkeypatch.setenv("ATENDIMENTO_TOKEN", made.out.strip())
    assert call("--banco", found, "fila").code == 0
    assert "não pode" in call("--banco", found, "pessoas", "incluir", "Zoé").err
    monkeypatch.delenv("ATENDIMENTO_TOKEN")
    monkeypatch.setenv("ATENDIMENTO_TOKEN_ARQUIVO", str(secrets(tmp_path, made.out.strip())))
    assert call("--banco", found, "fila").code == 0
    monkeypatch.delenv("ATENDIMENTO_TOKEN_ARQUIVO")
    enter(call, found, tmp_path)
    assert call("--banco", found, "token", "encerrar", "painel").code == 0
    monkeypatch.setenv("ATENDIMENTO_TOKEN", made.out.strip())
    assert call("--banco", found, "fila").err.startswith("Essa sessão terminou")


def test_an_unknown_role_of_a_token_is_refused(call: Call, found: Path) -> None:
    assert call("--banco", found, "token", "criar", "x", "--papel", "chefe").err.startswith(
        "Não há papel “chefe”. Há: "
    )


def test_a_supervisor_ends_the_sessions_of_a_person(call: Call, found: Path, tmp_path: Path) -> None:
    enter(call, found, tmp_path)
    assert "Ana Lima\tsupervisão\tcomando" in call("--banco", found, "sessoes", "listar").out
    assert call("--banco", found, "sessoes", "listar", "--em-servico").out == ""
    assert call("--banco", found, "sessoes", "encerrar", "ana.lima").err == "Sessões encerradas: 1.\n"
    assert call("--banco", found, "fila").err.startswith("Essa sessão terminou")


def test_the_owner_of_the_file_sweeps_and_copies_without_signing_in(call: Call, found: Path) -> None:
    assert call("--banco", found, "varrer").code == 0
    assert call("--banco", found, "copias").code == 0


def test_who_does_not_own_the_file_signs_in_for_everything(
    call: Call, found: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = found.stat().st_uid
    monkeypatch.setattr("os.geteuid", lambda: owner + 4711)
    for command in ("varrer", "copias", "copiar", "fila"):
        assert call("--banco", found, command).err.startswith("Entre primeiro")


class TestAccountOfTheSystem:
    @pytest.fixture
    def by_account(self, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A desk that one enters by the account of the computer; here the caller of sudo."""
        monkeypatch.setattr("atendimento_tui.cli.setup.account_name", lambda _owner: "ana")
        made = call("--banco", tmp_path / "conta.db", *FOUND, "--atendente", "Bia", "--entrada", "sistema")
        assert made.code == 0, made.err
        return tmp_path / "conta.db"

    @pytest.mark.parametrize(("account", "code"), [("ana", 0), ("bia", 0), ("zeca", 1), ("", 1)])
    def test_the_account_is_the_login(
        self, call: Call, by_account: Path, monkeypatch: pytest.MonkeyPatch, account: str, code: int
    ) -> None:
        monkeypatch.setattr("atendimento_tui.cli.common.account_name", lambda _owner: account)
        assert call("--banco", by_account, "fila").code == code

    def test_there_are_no_passwords(self, call: Call, by_account: Path) -> None:
        for command in (("entrar", "ana"), ("senha", "ana")):
            assert call("--banco", by_account, *command).err.startswith("Neste atendimento se entra pela conta")


def test_the_demonstration_has_no_passwords(call: Call, banco: Path) -> None:
    for command in (("entrar", "ana.lima"), ("senha", "ana.lima")):
        assert call("--banco", banco, *command).err.startswith("A demonstração não tem senhas")
    assert call("--banco", banco, "--como", "Bruno Castro", "fila").code == 0


def test_no_secret_is_in_the_database_or_in_the_log(call: Call, found: Path, tmp_path: Path) -> None:
    enter(call, found, tmp_path)
    call("--banco", found, "entrar", "invasor.desconhecido", "--senha-arquivo", secrets(tmp_path, "palavra secreta"))
    [file] = (tmp_path / "home").rglob("sessoes/*")
    hidden = [GOOD, "palavra secreta", "invasor.desconhecido", file.read_text("ascii").strip()]
    with open_desk(found, NOW) as desk:
        assert access.entry(desk).has_passwords
    written = [found, *found.parent.glob("novo.db-*"), *(tmp_path / "home").rglob("*.log")]
    for path in written:
        content = path.read_bytes()
        assert not [word for word in hidden if word.encode() in content], path
