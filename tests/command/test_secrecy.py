"""No command tells anybody but the committee of a secret ticket: a walk over the commands of the parser."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from atendimento_tui import cli
from atendimento_tui.cli.parser import Parser
from atendimento_tui.domain.access import PEOPLE_ROLES, Role
from atendimento_tui.domain.text import folded
from tests.command.conftest import Call
from tests.domain.walk import FILES
from tests.full import some
from tests.living import ANA, BRUNO, CELIA, NAMES, Living, audited, copy_of
from tests.secret import COMMITTEE, WORDS, Secret, open_secret, set_groups, set_role

NOT_CALLED = {"demo", "iniciar", "migrar", "separar", "restaurar", "importar", "entrar", "sair"}
"""Commands that make another desk, put this one aside, or ask for a password."""


def leaves(parser: argparse.ArgumentParser, *words: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every command, as its words."""
    groups = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]  # noqa: SLF001
    for group in groups:
        for name, inner in group.choices.items():
            yield from leaves(inner, *words, name)
    if not groups and words:
        yield words, parser


COMMANDS = {words: parser for words, parser in leaves(cli.command_parser()) if words[0] not in NOT_CALLED}


EXAMPLES: dict[str, tuple[str, ...]] = {
    "fila": ("", "--json", "--filtro quirquincho", "--filtro {protocol} --json", "--agora 2027-03-02T09:00"),
    "ver": ("{protocol}", "{protocol} --json"),
    "explicar": ("{protocol}", "{protocol} --json"),
    "tempos": ("--agora 2026-03-20T09:00-03:00", "--agora 2026-03-20T09:00-03:00 --json"),
    "anexar": ("{protocol} {service}",),
    "anexos": ("{protocol}", "{protocol} --json", "{protocol} --salvar {folder} --numero 1"),
    "calendarios avisar": ("{protocol}", "{protocol} --ja-sabe ligou"),
    "receber": ("{service}", "{service} --protocolo {protocol}"),
    "saida listar": ("", "--todas", "--json"),
    "saida ver": ("1",),
    "saida reenviar": ("1",),
    "saida desistir": ("1 --motivo x",),
    "saida endereco": ("1 a@exemplo.com.br",),
    "saida entregue": ("1",),
    "documentos": ("", "--json", "{protocol}", "{protocol} --json"),
    "exportar prazos": ("{csv}", "{csv} --separador ;"),
    "catalogo validar": ("{service}",),
    "catalogo incluir": ("{service} --criar-grupos",),
    "catalogo listar": ("",),
    "guia": ("{protocol}", "quirquincho --json"),
    "procedimentos buscar": ("quirquincho", "quirquincho --json"),
    "procedimentos ver": ("40101010", "40101010 --json"),
    "procedimentos alterar": ("40101010 --auditoria sim",),
    "procedimentos exemplos": ("",),
    "especialidades listar": ("", "--json"),
    "especialidades incluir": ("Cardiologia --item-rn566 II",),
    "especialidades alterar": ("Cardiologia --preparo exames",),
    "especialidades padrao": ("",),
    "locais listar": ("", "--json"),
    "locais incluir": ("Clínica --cidade Santos --uf SP",),
    "locais alterar": ("Clínica --ativo nao",),
    "agenda vagas": ("--especialidade cardio", "--json", "--especialidade cardio --protocolo {protocol}"),
    "agenda mes": ("--especialidade cardio", "--mes 03/2026 --json", "--svg {folder}/mes.svg"),
    "agenda reservar": ("1.1.1@2026-03-03T10:00-03:00 --protocolo {protocol} --json",),
    "agenda remarcar": ("{protocol} 1.1.1@2026-03-03T10:00-03:00 --json",),
    "agenda cancelar": ("{protocol} --motivo viajou", "--importado 1 --motivo viajou"),
    "agenda ics": ("{protocol} --salvar pasta",),
    "agenda espera incluir": ("{protocol} --especialidade cardio --json",),
    "agenda espera listar": ("", "--json"),
    "agenda espera oferecer": ("", "1.1.1@2026-03-03T10:00-03:00 --json"),
    "agenda espera aceitar": ("{protocol} --json",),
    "agenda espera recusar": ("{protocol} --motivo viajou --sair",),
    "agenda espera sair": ("{protocol}",),
    "agenda dia": ("02/03/2026", "02/03/2026 --json", "02/03/2026 --salvar pasta"),
    "profissionais listar": ("", "--json"),
    "profissionais incluir": ("Bia --especialidades Cardiologia",),
    "profissionais alterar": ("Bia --encaixes 1",),
    "profissionais ver": ("Bia", "Bia --json"),
    "profissionais ausencia": ("Bia --de 10/03/2026 --motivo curso", "Bia --retirar 1"),
    "horarios incluir": ("Bia --local Clínica --horas 8-12 --regra FREQ=DAILY",),
    "horarios encerrar": ("Bia 1 --ate 10/04/2026",),
    "horarios dia": ("Bia 1 11/03/2026", "Bia 1 11/03/2026 --incluir"),
    "horarios a-remarcar": ("", "--json"),
    "beneficiarios buscar": ("yara", "quirquincho --json"),
    "beneficiarios ver": ("yara", "yara --json"),
    "beneficiarios idades": ("--dias 90", "--json"),
    "pessoas listar": ("", "--todos --json", "--em-servico"),
    "pessoas incluir": ("Dora --papel atendente", "--de {people} --simular"),
    "pessoas alterar": ("celia.prado --nome Cecilia", "bruno.castro --grupo {group}"),
    "pessoas desativar": ("celia.prado --para-grupo Recepção --motivo saiu --simular", "celia.prado"),
    "pessoas reativar": ("celia.prado",),
    "pessoas ausencia": (
        "celia.prado --de 10/03/2026 --ate 12/03/2026 --motivo curso",
        "celia.prado --retirar 10/03/2026",
    ),
    "grupos listar": ("", "--todos --json"),
    "grupos incluir": ("{group}", "Cadastro"),
    "grupos alterar": ("{group} --incluir bruno.castro", "{group} --nome Outro", "{group} --retirar celia.prado"),
    "grupos desativar": ("{group} --para-grupo Recepção --motivo acabou --simular", "{group}"),
    "grupos reativar": ("{group}",),
    "senha": ("--de-uma-vez celia.prado",),
    "sessoes listar": ("", "--json", "--em-servico"),
    "sessoes encerrar": ("celia.prado",),
    "token criar": ("robô --papel comite_integridade --dias 3",),
    "token listar": ("", "--json"),
    "token encerrar": ("robô",),
    "calendarios listar": ("", "--json"),
    "calendarios a-avisar": ("", "--json"),
    "calendarios ver": ("expediente", "expediente --ano 2026 --json"),
    "calendarios alterar": ("expediente --horario seg-sex=08:00-18:00 --desde 09/03/2026 --simular",),
    "calendarios dia": ("expediente 03/03/2026 fechado --motivo luto --simular",),
    "calendarios feriado incluir": ("expediente 03/03/2026 Festa --simular", "expediente 03/03/2026 Festa --motivo f"),
    "calendarios feriado retirar": ("expediente 03/03/2026 --simular",),
    "calendarios feriado facultativo": ("expediente carnaval fecha --desde 01/04/2026 --simular",),
    "calendarios feriado importar": ("expediente {towns} --simular",),
    "unidade ver": ("", "--json"),
    "unidade alterar": ("telefones 1133334444",),
    "sistemas ver": ("",),
    "sistemas alterar": ("{systems}",),
    "varrer": ("", "--agora 2026-03-20T09:00", "--agendar"),
    "caminhos": ("",),
    "remessas listar": ("", "--todas --json"),
    "remessas fechar": ("{group} --salvar {folder}",),
    "remessas receber": ("{protocol} todos --disse Marta",),
    "remessas recusar": ("{protocol} rg ilegível --disse Marta",),
    "registro": ("--simular",),
    "dados-pessoais exportar": ("Zuleika --motivo pedido", "Zuleika --motivo pedido --json"),
    "dados-pessoais reter": ("Zuleika --motivo justiça",),
    "dados-pessoais liberar": ("Zuleika",),
    "dados-pessoais anonimizar": ("Zuleika --motivo pedido --simular", "Zuleika --motivo pedido"),
    "dados-pessoais vencidos": ("", "--json"),
    "dados-pessoais limpar": ("",),
    "copiar": ("{copy}",),
    "copias": ("", "--json"),
    "liberar-envio": ("",),
    "recuperar-anexos": ("{folder}",),
    "verificar": ("", "--anexos"),
    "recontar": ("",),
    "resumo": ("",),
    "completar": ("bash",),
    "diagnostico": ("", "--json", "--salvar {report}"),
    "manual": ("",),
}
"""Command -> its arguments in each call, about the secret ticket, its group or its member where it is about one."""


def calls_of(words: str, secret: Secret, folder: Path) -> list[list[str]]:
    """The command's calls."""

    def new(name: str, content: str = "") -> str:
        file = folder / f"{uuid4().hex}-{name}"
        if content:
            file.write_text(content, "utf-8")
        return str(file)

    given = {
        "protocol": secret.protocol,
        "group": COMMITTEE,
        "csv": new("prazos.csv"),
        "people": new("pessoas.csv", "nome;papel\nDora Melo;atendente\n"),
        "towns": new("municipios.csv", "municipio;uf;data;nome\nSão Paulo;SP;2026-07-09;Feriado\n"),
        "systems": new("sistemas.toml", '[[sistemas]]\nnome = "CRM"\n'),
        "service": str(FILES["denuncia"]),
        "copy": new("copia.db"),
        "folder": new("anexos"),
        "report": new("diagnostico.txt"),
    }
    return [[*words.split(), *(part.format(**given) for part in line.split())] for line in EXAMPLES[words]]


@pytest.fixture
def desk_file(new_desk_file: Path, tmp_path: Path) -> Path:
    return copy_of(new_desk_file, tmp_path)


@pytest.fixture
def secret(desk_file: Path) -> Secret:
    with audited(desk_file) as desk:
        opened = open_secret(Living(desk))
        set_groups(desk, ANA, 1)
        set_groups(desk, BRUNO, 1, 2)
        return opened


def everything(
    call: Call, desk_file: Path, who: list[str], secret: Secret, folder: Path, commands: Iterable[str] = EXAMPLES
) -> dict[str, str]:
    """What each command prints and writes."""
    found: dict[str, list[str]] = {}
    for words in commands:
        for given in calls_of(words, secret, folder):
            result = call("--banco", desk_file, *who, *given)
            files = [Path(each) for each in given if each.endswith((".csv", ".svg", ".txt")) and Path(each).exists()]
            written = [each.read_text("utf-8-sig") for each in files]
            found.setdefault(words, []).extend((result.out, result.err, *written))
    return {words: folded("\n".join(texts)) for words, texts in found.items()}


def test_each_command_has_an_example(parser: Parser, tmp_path: Path) -> None:
    """A new command fails here until it has one, and so does one whose arguments change."""
    assert {" ".join(words) for words in COMMANDS} == EXAMPLES.keys()
    secret = Secret(1, "12345620260302900001", 1, 3, 1)
    for words in EXAMPLES:
        for given in calls_of(words, secret, tmp_path):
            parser.parse_args(given)


def test_the_commands_are_found() -> None:
    assert {("fila",), ("ver",), ("explicar",), ("varrer",), ("exportar", "prazos")} <= COMMANDS.keys()


def test_a_member_is_told(call: Call, desk_file: Path, secret: Secret, tmp_path: Path) -> None:
    asked = ("fila", "ver", "explicar", "exportar prazos")
    told = everything(call, desk_file, ["--como", NAMES[CELIA]], secret, tmp_path, asked)
    assert [name for name, text in told.items() if secret.protocol[-6:] not in text] == []
    assert [word for word in WORDS if word not in told["ver"]] == []
    assert secret.protocol in told["exportar prazos"]


@pytest.mark.parametrize("role", some([None, *PEOPLE_ROLES], 0, 5))
def test_no_command_tells_anybody_else(
    call: Call, desk_file: Path, secret: Secret, tmp_path: Path, role: Role | None
) -> None:
    if role:
        with audited(desk_file) as desk:
            set_role(desk, BRUNO, role)
    told = everything(call, desk_file, ["--como", NAMES[BRUNO]] if role else [], secret, tmp_path)
    for name, text in told.items():
        asked = name in (
            "ver",
            "explicar",
            "fila",
            "anexar",
            "anexos",
            "documentos",
            "receber",
            "calendarios avisar",
            "remessas receber",
            "remessas recusar",
            "agenda reservar",
            "agenda remarcar",
            "agenda cancelar",
            "agenda ics",
            "agenda espera incluir",
            "agenda espera aceitar",
            "agenda espera recusar",
            "agenda espera sair",
            "agenda vagas",
        )  # a refusal repeats what was asked for
        words = WORDS if asked else (*WORDS, secret.protocol, f".{secret.protocol[-6:]}")
        assert [word for word in words if word in text] == [], (name, text)
    logs = [file.read_text("utf-8") for file in (tmp_path / "home").rglob("*.log*")]
    assert logs
    logged = folded("".join(logs))
    assert [word for word in (*WORDS, secret.protocol[-6:]) if word in logged] == []
