"""The format of processes: every word is used, every error has its place and the nearest known word."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from atendimento_tui.actions import reserved_letters
from atendimento_tui.domain.process import check, check_outgoing, paths, reachability, read, references
from atendimento_tui.domain.process.amounts import read_amount
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.outgoing import MessageRule
from atendimento_tui.domain.process.parts import Part
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.toml import content_hash
from atendimento_tui.texts.refusals import codes, sentence
from tests.domain.test_effect_union import ASKED, process_with
from tests.domain.walk import CATALOG, FILES, process_of
from tests.full import IN_FULL

GUIDE = Path(__file__).parents[2] / "docs" / "processes.md"

# Every word of the format.


def inner_types(annotation: Any) -> Iterator[Any]:
    """All types that an annotation is made of."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from inner_types(inner)


@cache
def parts(part: type[BaseModel] = Process) -> set[type[BaseModel]]:
    found, edge = {part}, [part]
    while edge:
        for rule in edge.pop().model_fields.values():
            for each in inner_types(rule.annotation):
                if isinstance(each, type) and issubclass(each, Part) and each not in found:
                    found.add(each)
                    edge.append(each)
    return found


def format_words() -> set[str]:
    """`Part.word`, `Part.word=value` for values of a fixed list, `Enum=value` for values of an enum."""
    words = set()
    for part in parts():
        for rule in part.model_fields.values():
            word = f"{part.__name__}.{rule.alias}"
            words.add(word)
            for each in inner_types(rule.annotation):
                if get_origin(each) is Literal:
                    words |= {f"{word}={value}" for value in get_args(each)}
                elif isinstance(each, type) and issubclass(each, StrEnum):
                    words |= {f"{each.__name__}={value}" for value in each}
    return words


@cache
def enums_of(word: str) -> list[str]:
    """Names of the kinds of words that a field holds."""
    part_name, _, alias = word.partition(".")
    part = next(part for part in parts() if part.__name__ == part_name)
    rule = next(rule for rule in part.model_fields.values() if rule.alias == alias)
    return [e.__name__ for e in inner_types(rule.annotation) if isinstance(e, type) and issubclass(e, StrEnum)]


def words_used(part: BaseModel) -> Iterator[str]:
    """The words that a process uses, as `EffectRule.ir`, each also with its values, as `StepRule.estado=aberto`."""
    for name in part.model_fields_set:
        word = f"{type(part).__name__}.{type(part).model_fields[name].alias}"
        yield word
        for value in values_in(getattr(part, name)):
            if isinstance(value, Part):
                yield from words_used(value)
            else:
                yield f"{word}={value.value if isinstance(value, Enum) else value}"


def values_in(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value
    else:
        yield value


def used(processes: Iterable[Process]) -> set[str]:
    words: set[str] = set()
    for process in processes:
        for word in words_used(process):
            words.add(word)
            field, _, value = word.partition("=")
            words |= {f"{enum}={value}" for enum in enums_of(field)}
    return words


def test_every_word_of_the_format_is_used_in_a_test_process() -> None:
    effects = [read_process(process_with(does)) for does, _ in ASKED.values()]
    assert format_words() - used([*map(process_of, FILES), *effects]) == set()


def test_the_enumeration_has_all_words_of_the_format() -> None:
    words = format_words()
    assert len(parts()) == 12
    assert {"EffectRule.continua", "Condition.dentro", "FieldRule.tipo=competencia", "Severity=critica"} <= words
    assert {"State=abandonado", "Nature=lei", "TimerRule.no_dia", "TaskRule.em", "EffectRule.alerta=direcao"} <= words


def test_a_word_that_no_process_uses_is_found() -> None:
    assert "EffectRule.grupo_de" in format_words() - used(process_of(path.stem) for path in CATALOG.glob("*.toml"))


def test_the_guide_has_every_word() -> None:
    actual = set(re.findall(r"`([^`\n]+)`", GUIDE.read_text("utf-8")))
    words = {word.rpartition("=")[2] if "=" in word else word.partition(".")[2] for word in format_words()}
    assert words - actual == set()


@pytest.mark.parametrize("name", FILES)
def test_keys_of_actions_are_not_keys_of_the_program(name: str) -> None:
    for step in process_of(name).steps:
        letters = [action.letter for action in step.actions if action.letter]
        assert len(letters) == len(set(letters))
        assert not reserved_letters() & set(letters)


def test_every_letter_of_the_program_is_reserved() -> None:
    assert set("acehjkprsuyg123456") <= reserved_letters()


def test_a_version_is_identified_by_its_content() -> None:
    assert content_hash("a") == content_hash("a") != content_hash("a ")
    assert re.fullmatch("[0-9a-f]{64}", content_hash("ç"))


@pytest.mark.parametrize(
    ("written", "basis", "amount"),
    [
        ("16h", "horas", 57600),
        ("4h30", "horas", 16200),
        ("4h05min", "horas", 14700),
        ("45min", "horas", 2700),
        ("7d", "uteis", 7),
    ],
)
def test_amounts(written: str, basis: str, amount: int) -> None:
    assert read_amount(written, basis) == amount


@pytest.mark.parametrize(
    ("written", "basis"),
    [
        ("7d", "horas"),
        ("16h", "uteis"),
        ("4h75", "horas"),
        ("-1h", "horas"),
        ("999999h", "horas"),
        ("99999d", "corridos"),
        ("٣h", "horas"),
        ("d", "uteis"),
    ],
)
def test_an_invalid_amount_is_refused(written: str, basis: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        read_amount(written, basis)


def test_a_message_is_filled_in_and_texts_of_people_are_not_templates() -> None:
    message = MessageRule.model_validate({"assunto": "{a}\n{b}", "texto": "{a} e {c}"})
    assert message.written({"a": "{b}", "b": "x\ny"}) == ("{b} x y", "{b} e ")


def test_groups_are_all_groups_that_a_process_names() -> None:
    assert process_of("falha_tecnica").groups() == ("Suporte N1", "Suporte N2", "P&D")
    assert set(process_of("incidente").groups()) >= {"Produção", "Desenvolvimento", "Suporte N2"}


def test_parts_of_a_process_are_found_by_key() -> None:
    process = process_of("falha_tecnica")
    assert process.step("n2").name == "Investigação N2"
    assert process.field("produto").required
    with pytest.raises(KeyError):
        process.step("n9")


# Errors.

BASE = """
chave = "servico"
nome = "Serviço"
canais = ["balcão"]

[prazos.solucao]
alvo = { critica = "4h", baixa = "8h" }

[prazos.validacao]
base = "uteis"
alvo = "7d"

[prazos.reabertura]
alvo = "10h"

[[campos]]
chave = "produto"
rotulo = "Produto"

[[campos]]
chave = "vezes"
rotulo = "Vezes"
tipo = "numero"

[[campos]]
chave = "quando"
rotulo = "Quando"
tipo = "data"

[[campos]]
chave = "tipo"
rotulo = "Tipo"
tipo = "escolha"
opcoes = ["falha", "pedido"]

[[campos]]
chave = "vaga"
rotulo = "Vaga"
tipo = "vaga"
depois = true

[[documentos]]
chave = "rg"
nome = "RG"

[mensagens.aberto]
texto = "Seu protocolo: {protocolo}"

[ao_abrir]
inicia = ["solucao"]
mensagem = "aberto"

[[etapas]]
chave = "n1"
nome = "N1"

[[etapas.acoes]]
chave = "resolver"
rotulo = "Resolver"
tecla = "o"
faz = { ir = "validacao", inicia = "validacao" }

[[etapas]]
chave = "validacao"
nome = "Validação"
estado = "validacao"

[[etapas.acoes]]
chave = "aprovar"
rotulo = "Aprovar"
tecla = "v"
faz = { ir = "concluido", inicia = "reabertura" }

[[etapas.tempos]]
chave = "fim"
prazo = "validacao"
acao = "aprovar"

[[etapas]]
chave = "concluido"
nome = "Concluído"
estado = "concluido"

[[etapas.acoes]]
chave = "reabrir"
rotulo = "Reabrir"
tecla = "b"
faz = { ir = "n1", novo_ciclo = true, inicia = "solucao" }
"""

TOP = BASE[1 : BASE.index("\n[[etapas]]")]
PAPER = '[papeis.troca]\nnome = "Troca"\nmodelo = "Troca"\n'
RG_PAPER = PAPER.replace("papeis.troca", "papeis.rg")
RESOLVE = 'faz = { ir = "validacao", inicia = "validacao" }'
APPROVE = 'faz = { ir = "concluido", inicia = "reabertura" }'
REOPEN = 'faz = { ir = "n1", novo_ciclo = true, inicia = "solucao" }'
N1 = "etapas.n1.acoes.resolver"
END = "etapas.validacao.acoes.aprovar"
TIME = "etapas.validacao.tempos.fim"

GO, DOES_AT = 'ir = "validacao"', "etapas.n1.acoes.resolver.faz"
TIMER_AT = "etapas.validacao.tempos.fim"

MISTAKES: list[tuple[str, str, str, str, str | None]] = [
    ('chave = "servico"', "chave = ", "", "processo_toml", None),
    ('texto = "Seu', 'canal_de = "tipo"\ntexto = "Seu', "mensagens.aberto.canal_de", "processo_canal_de", None),
    (
        "[mensagens.aberto]",
        f"{RG_PAPER}[mensagens.aberto]\nanexa = 'rg'",
        "mensagens.aberto.anexa",
        "processo_anexa_dois",
        None,
    ),
    ('texto = "Seu', 'anexa = "rgs"\ntexto = "Seu', "mensagens.aberto.anexa", "processo_desconhecido", "rg"),
    ('tipo = "vaga"', 'tipo = "vaga"\ncorrige = "supervisor"', "campos.vaga.corrige", "processo_vaga_corrige", None),
    ('tipo = "numero"', 'tipo = "numero"\nencaixe = "produto"', "campos.vezes.encaixe", "processo_vaga", None),
    ("inicia = [", 'reserva = "vaga"\ninicia = [', "ao_abrir.reserva", "processo_vaga_pessoa", None),
    (GO, f"{GO}, confirma = true", f"{DOES_AT}.confirma", "processo_vaga_falta", None),
    (GO, f'{GO}, reserva = "vaga", remarca = "vaga"', f"{DOES_AT}.remarca", "processo_vaga_duas", None),
    (GO, f'{GO}, reserva = "vagas"', f"{DOES_AT}.reserva", "processo_desconhecido", "vaga"),
    ('prazo = "validacao"', 'prazo = "validacao"\nantes = "1d"', f"{TIMER_AT}.antes", "processo_antes", None),
    ("[[etapas]]\n", "[[etapas\n", "", "processo_toml", None),
    ('nome = "Serviço"', 'nomee = "Serviço"', "nomee", "processo_palavra", "nome"),
    ("[[campos]]", "[[campo]]", "campo", "processo_palavra", "campos"),
    ('rotulo = "Produto"', 'rótulo = "Produto"', "", "processo_toml", None),
    ('rotulo = "Produto"', 'rotuloo = "Produto"', "campos.produto.rotuloo", "processo_palavra", "rotulo"),
    ("[prazos.validacao]\nbase", "[prazos.validacao]\nbaze", "prazos.validacao.baze", "processo_palavra", "base"),
    ("mensagem = ", "mensagens = ", "ao_abrir.mensagens", "processo_palavra", "mensagem"),
    (RESOLVE, RESOLVE.replace("inicia", "iniciar"), f"{N1}.faz.iniciar", "processo_palavra", "inicia"),
    ('tecla = "o"', 'exige = [{ campos = "tipo" }]', f"{N1}.exige.1.campos", "processo_palavra", "campo"),
    ('acao = "aprovar"', 'acoes = "aprovar"', f"{TIME}.acoes", "processo_palavra", "acao"),
    ('texto = "Seu', 'textos = "Seu', "mensagens.aberto.textos", "processo_palavra", "texto"),
    ('nome = "Serviço"\n', "", "nome", "processo_falta", None),
    ('rotulo = "Resolver"\n', "", f"{N1}.rotulo", "processo_falta", None),
    ('rotulo = "Vezes"\n', "", "campos.vezes.rotulo", "processo_falta", None),
    ('tipo = "numero"', 'tipo = "numeros"', "campos.vezes.tipo", "processo_valor", "numero"),
    ('estado = "concluido"', 'estado = "concluida"', "etapas.concluido.estado", "processo_valor", "concluido"),
    ('base = "uteis"', 'base = "úteis"', "prazos.validacao.base", "processo_valor", "uteis"),
    ("[prazos.validacao]", "[prazos.validassao]", "prazos.validassao", "processo_natureza", "validacao"),
    ('chave = "servico"', 'chave = "Serviço novo"', "chave", "processo_chave", None),
    ("[mensagens.aberto]", '[mensagens."a b"]', "mensagens.a b", "processo_chave", None),
    ('rotulo = "Produto"', "rotulo = 5", "campos.produto.rotulo", "processo_invalido", None),
    (
        'rotulo = "Produto"',
        'rotulo = "x"\nobrigatorio = "nunca"',
        "campos.produto.obrigatorio",
        "processo_invalido",
        None,
    ),
    ('rotulo = "Produto"', 'rotulo = "x"\nminimo = -1', "campos.produto.minimo", "processo_invalido", None),
    (RESOLVE, "faz = 3", f"{N1}.faz", "processo_invalido", None),
    (RESOLVE, RESOLVE.replace("validacao", "valida", 1), f"{N1}.faz.ir", "processo_desconhecido", "validacao"),
    (RESOLVE, RESOLVE.replace('"validacao" }', '"solucoes" }'), f"{N1}.faz.inicia", "processo_desconhecido", "solucao"),
    (RESOLVE, RESOLVE.replace("}", ', numera = "produtos" }'), f"{N1}.faz.numera", "processo_desconhecido", "produto"),
    (
        RESOLVE,
        RESOLVE.replace("}", ', define = { tipos = "x" } }'),
        f"{N1}.faz.define",
        "processo_desconhecido",
        "tipo",
    ),
    (
        RESOLVE,
        RESOLVE.replace("}", ', define = { tipo = "falta" } }'),
        f"{N1}.faz.define.tipo",
        "processo_desconhecido",
        "falha",
    ),
    (
        RESOLVE,
        RESOLVE.replace("}", ', mensagem = "abertura" }'),
        f"{N1}.faz.mensagem",
        "processo_desconhecido",
        "aberto",
    ),
    (RESOLVE, RESOLVE.replace("}", ', grupo_de = "tip" }'), f"{N1}.faz.grupo_de", "processo_desconhecido", "tipo"),
    (RESOLVE, RESOLVE.replace("}", ', alerta = "supervisor" }'), f"{N1}.faz.alerta.1", "processo_valor", "supervisao"),
    ('tecla = "o"', 'pede = "produtto"', f"{N1}.pede", "processo_desconhecido", "produto"),
    ('tecla = "o"', 'papeis = "supervisora"', f"{N1}.papeis", "processo_desconhecido", "supervisor"),
    ('tecla = "o"', 'quando = [{ dentro = "solucoes" }]', f"{N1}.quando.1.dentro", "processo_desconhecido", "solucao"),
    (
        'tecla = "o"',
        'quando = [{ campo = "tip", igual = "falha" }]',
        f"{N1}.quando.1.campo",
        "processo_desconhecido",
        "tipo",
    ),
    (
        'tecla = "o"',
        'exige = [{ campo = "tipo", igual = "falhas" }]',
        f"{N1}.exige.1.igual",
        "processo_desconhecido",
        "falha",
    ),
    (
        'tecla = "o"',
        'exige = [{ campo = "criticidade", diferente = "critico" }]',
        f"{N1}.exige.1.diferente",
        "processo_desconhecido",
        "critica",
    ),
    ('acao = "aprovar"', 'acao = "aprova"', f"{TIME}.acao", "processo_desconhecido", "aprovar"),
    ('prazo = "validacao"', 'prazo = "valida"', f"{TIME}.prazo", "processo_desconhecido", "validacao"),
    ('prazo = "validacao"', 'no_dia = "quanto"', f"{TIME}.no_dia", "processo_desconhecido", "quando"),
    ("{protocolo}", "{protocol}", "mensagens.aberto.texto", "processo_desconhecido", "protocolo"),
    ("{protocolo}", "{protocolo.__class__}", "mensagens.aberto.texto", "processo_desconhecido", "protocolo"),
    ("{protocolo}", "{protocolo", "mensagens.aberto.texto", "processo_chaves", None),
    (
        'canais = ["balcão"]',
        'canais = ["balcão"]\nassunto = "{cpf}"\n[[campos]]\nchave = "cpf"\nrotulo = "CPF"\ntipo = "cpf"',
        "assunto",
        "processo_assunto_pessoal",
        None,
    ),
    ('nome = "Serviço"', 'nome = "Serviço"\nsigilo = "Comitê"', "sigilo", "processo_sigilo", None),
    (TOP, f'sigilo = "Suporte"\n{TOP}remete = "Suporte"\n', "ao_abrir.remete", "processo_sigilo_remessa", None),
    (TOP, f'sigilo = "Suporte"\n{TOP}registra = true\n', "ao_abrir.registra", "processo_sigilo_registro", None),
    ('texto = "Seu', 'grupo = "N2"\ntexto = "Seu', "mensagens.aberto.grupo", "processo_grupo", None),
    (TOP, f'{TOP}\n{PAPER}arquivo = "../troca"\n', "papeis.troca.arquivo", "processo_arquivo", None),
    (TOP, f'{TOP}\n{PAPER}preenche = {{ "CPF" = "" }}\n', "papeis.troca.preenche", "processo_preenche", None),
    (
        TOP,
        f'{TOP}\n{PAPER}arquivo = "troca"\npreenche = {{ "Novo titular" = "{{solicitant}}" }}\n',
        "papeis.troca.preenche.Novo titular",
        "processo_desconhecido",
        "solicitante",
    ),
    ("critica = ", "critico = ", "prazos.solucao.alvo", "processo_desconhecido", "critica"),
    ("[prazos.solucao]\n", '[prazos.solucao]\npor = "tip"\n', "prazos.solucao.por", "processo_desconhecido", "tipo"),
    ("[prazos.solucao]\n", '[prazos.solucao]\npor = "produto"\n', "prazos.solucao.por", "processo_por", None),
    (
        "[prazos.solucao]\n",
        '[prazos.solucao]\nquando = [{ dentro = "solucao" }]\n',
        "prazos.solucao.quando.1",
        "processo_condicao_campo",
        None,
    ),
    (
        'nome = "Serviço"',
        'nome = "Serviço"\ntempo_tipico = { balcao = "8min" }',
        "tempo_tipico",
        "processo_desconhecido",
        "balcão",
    ),
    (
        'nome = "Serviço"',
        'nome = "Serviço"\ntempo_tipico = { "balcão" = "8" }',
        "tempo_tipico.balcão",
        "processo_tempo",
        None,
    ),
    ('"4h"', '"4 horas"', "prazos.solucao.alvo.critica", "processo_tempo", None),
    ('alvo = "7d"', 'alvo = "7h"', "prazos.validacao.alvo", "processo_tempo", None),
    ('prazo = "validacao"', 'a_cada = "0d"', f"{TIME}.a_cada", "processo_tempo", None),
    ('prazo = "validacao"', 'apos = "logo"', f"{TIME}.apos", "processo_tempo", None),
    (
        RESOLVE,
        RESOLVE.replace("}", ', tarefa = { texto = "x", em = "já" } }'),
        f"{N1}.faz.tarefa.em",
        "processo_tempo",
        None,
    ),
    ('chave = "vezes"', 'chave = "produto"', "campos", "processo_repetido", None),
    ('chave = "validacao"', 'chave = "n1"', "etapas", "processo_repetido", None),
    ('opcoes = ["falha", "pedido"]', 'opcoes = ["falha", "falha"]', "campos.tipo.opcoes", "processo_repetido", None),
    ('opcoes = ["falha", "pedido"]\n', "", "campos.tipo.opcoes", "processo_opcoes", None),
    ('rotulo = "Produto"', 'rotulo = "x"\nopcoes = ["a"]', "campos.produto.opcoes", "processo_opcoes", None),
    ('rotulo = "Vezes"', 'rotulo = "x"\nminimo = 3', "campos.vezes.minimo", "processo_so_texto", None),
    ('rotulo = "Vezes"', 'rotulo = "x"\nrecusa = "nada"', "campos.vezes.recusa", "processo_so_texto", None),
    (
        'rotulo = "Vezes"',
        'rotulo = "x"\nquando = [{ checklist = "completa" }]',
        "campos.vezes.quando.1",
        "processo_condicao_campo",
        None,
    ),
    (
        'nome = "RG"',
        'nome = "RG"\nquando = [{ campo = "tip", preenchido = true }]',
        "documentos.rg.quando.1.campo",
        "processo_desconhecido",
        "tipo",
    ),
    (
        'nome = "RG"',
        'nome = "RG"\nguarda = false\ncopia = ["original", "arquivo"]',
        "documentos.rg.guarda",
        "processo_guarda",
        None,
    ),
    ('nome = "RG"', 'nome = "RG"\ncopia = ["copia", "copia"]', "documentos.rg.copia", "processo_repetido", None),
    ('tecla = "o"', 'exige = [{ campo = "tipo" }]', f"{N1}.exige.1", "processo_condicao", None),
    ('tecla = "o"', "exige = [{ preenchido = true }]", f"{N1}.exige.1", "processo_condicao", None),
    ('tecla = "o"', "exige = [{}]", f"{N1}.exige.1", "processo_condicao", None),
    (
        'tecla = "o"',
        'exige = [{ campo = "vezes", igual = "três" }]',
        f"{N1}.exige.1.igual",
        "processo_valor_campo",
        None,
    ),
    ('chave = "produto"', 'chave = "protocolo"', "campos.protocolo.chave", "processo_reservado", None),
    ('chave = "produto"', 'chave = "documento_rg"', "campos.documento_rg.chave", "processo_reservado", None),
    ('tecla = "o"', 'tecla = "a"', f"{N1}.tecla", "processo_tecla", None),
    ('tecla = "o"', 'tecla = "O"', f"{N1}.tecla", "processo_tecla", None),
    ('tecla = "o"', 'tecla = "oo"', f"{N1}.tecla", "processo_tecla", None),
    ('tecla = "o"', 'tecla = "?"', f"{N1}.tecla", "processo_tecla", None),
    ('tecla = "o"', "so_sistema = true", f"{N1}.so_sistema", "processo_so_sistema", None),
    ('prazo = "validacao"', 'prazo = "validacao"\na_cada = "2d"', TIME, "processo_tempo_inicio", None),
    ('prazo = "validacao"\n', "", TIME, "processo_tempo_inicio", None),
    ('acao = "aprovar"\n', "", TIME, "processo_tempo_efeito", None),
    ('acao = "aprovar"', 'acao = "aprovar"\nfaz = { alerta = "grupo" }', TIME, "processo_tempo_efeito", None),
    ('prazo = "validacao"', 'apos = "2h"\nfracao = 50', f"{TIME}.fracao", "processo_fracao", None),
    ("[ao_abrir]\n", '[ao_abrir]\nir = "n1"\n', "ao_abrir.ir", "processo_ao_abrir", None),
    ("[ao_abrir]\n", "[ao_abrir]\nnovo_ciclo = true\n", "ao_abrir.novo_ciclo", "processo_ao_abrir", None),
    (RESOLVE, RESOLVE.replace("}", ", novo_ciclo = true }"), f"{N1}.faz", "processo_ciclo", None),
    (REOPEN, REOPEN.replace("novo_ciclo = true, ", ""), "etapas.concluido.acoes.reabrir.faz", "processo_ciclo", None),
    (REOPEN, REOPEN.replace("inicia", "continua"), "etapas.concluido.acoes.reabrir.faz", "processo_ciclo_selado", None),
    (APPROVE, APPROVE.replace("reabertura", "solucao"), f"{END}.faz.inicia", "processo_fim", None),
    (
        APPROVE,
        APPROVE.replace('inicia = "reabertura"', 'continua = "solucao"'),
        f"{END}.faz.continua",
        "processo_fim",
        None,
    ),
    (
        RESOLVE,
        RESOLVE.replace("}", ', numera = "produto", define = { produto = "x" } }'),
        f"{N1}.faz.define",
        "processo_um_valor",
        None,
    ),
    ('rotulo = "Produto"', 'rotulo = "x"\natualiza = "nome"', "campos.produto.atualiza", "processo_cadastro", None),
    (
        'rotulo = "Produto"',
        'rotulo = "x"\ntipo = "cadastro"\natualiza = "telefones"',
        "campos.produto.atualiza",
        "processo_desconhecido",
        "telefone",
    ),
    ('rotulo = "Produto"', 'rotulo = "x"\nconfere = "vezes"', "campos.produto.confere", "processo_confere", None),
    ('rotulo = "Produto"', 'rotulo = "x"\nimportado = true', "campos.produto.importado", "processo_importado", None),
    (RESOLVE, RESOLVE.replace("ir =", "atualiza = true, ir ="), f"{N1}.faz.atualiza", "processo_atualiza", None),
    (
        'rotulo = "Produto"',
        'rotulo = "x"\ntipo = "data"\nsistema = "CRM"',
        "campos.produto.sistema",
        "processo_sistema",
        None,
    ),
    ('rotulo = "Produto"', 'rotulo = "x"\nliga = "reanálise"', "campos.produto.liga", "processo_liga", None),
    ('rotulo = "Produto"', 'rotulo = "x"\nserie = "y"', "campos.produto.serie", "processo_serie", None),
    (RESOLVE, RESOLVE.replace("}", ', soma = "tipo" }'), f"{N1}.faz.soma", "processo_soma", None),
    ('inicia = ["solucao"]\n', "", "prazos.solucao", "processo_prazo_parado", None),
    (RESOLVE, APPROVE, "etapas.validacao", "processo_inalcancavel", None),
    (APPROVE, "faz = {}", "etapas.validacao", "processo_sem_saida", None),
    (
        'texto = "Seu',
        'assunto = "{protocol}"\ntexto = "Seu',
        "mensagens.aberto.assunto",
        "processo_desconhecido",
        "protocolo",
    ),
    ('texto = "Seu', 'assunto = "{protocolo"\ntexto = "Seu', "mensagens.aberto.assunto", "processo_chaves", None),
    ('rotulo = "Produto"', 'rotulo = "  \u2060 "', "campos.produto.rotulo", "processo_em_branco", None),
    ('nome = "N1"', 'nome = "N1"\ngrupo = ""', "etapas.n1.grupo", "processo_em_branco", None),
    ('opcoes = ["falha", "pedido"]', 'opcoes = ["falha", " "]', "campos.tipo.opcoes.2", "processo_em_branco", None),
    ('nome = "Serviço"', f'nome = "{"a" * 121}"', "nome", "processo_longo", None),
    ("Seu protocolo", "Seu " * 2500 + "protocolo", "mensagens.aberto.texto", "processo_longo", None),
    ('rotulo = "Resolver"', 'rotulo = "Re\\u001bsolver"', f"{N1}.rotulo", "processo_controle", None),
    ('rotulo = "Resolver"', 'rotulo = "Re\\nsolver"', f"{N1}.rotulo", "processo_controle", None),
    ('nome = "RG"', 'nome = "RG\\u0000"', "documentos.rg.nome", "processo_controle", None),
    (
        'opcoes = ["falha", "pedido"]',
        f"opcoes = {[str(n) for n in range(301)]}",
        "campos.tipo.opcoes",
        "processo_demais",
        None,
    ),
    ('rotulo = "Produto"', 'rotulo = "x"\nminimo = 9999999', "campos.produto.minimo", "processo_minimo", None),
    (
        '[[documentos]]\nchave = "rg"\nnome = "RG"\n',
        "".join(f'[[documentos]]\nchave = "d{n}"\nnome = "D"\n' for n in range(101)),
        "documentos",
        "processo_demais",
        None,
    ),
    *(
        (
            'tecla = "o"',
            f"exige = {conditions}",
            f"{N1}.exige",
            "processo_contradicao",
            None,
        )
        for conditions in (
            '[{ campo = "tipo", igual = "falha" }, { campo = "tipo", igual = "pedido" }]',
            '{ campo = "tipo", igual = "falha", diferente = "falha" }',
            '{ campo = "produto", igual = "a", preenchido = false }',
            '[{ campo = "tipo", diferente = ["falha", "pedido"] }, { campo = "tipo", preenchido = true }]',
            '{ campo = "criticidade", diferente = ["baixa", "media", "alta", "critica"] }',
            '[{ checklist = "completa" }, { checklist = "incompleta" }]',
        )
    ),
    (
        'tecla = "o"',
        'quando = { campo = "produto", preenchido = false }\nexige = { campo = "produto", preenchido = true }',
        f"{N1}.exige",
        "processo_contradicao",
        None,
    ),
    (
        'rotulo = "Produto"',
        'rotulo = "x"\nquando = { campo = "produto", preenchido = true }',
        "campos.produto.quando",
        "processo_circulo",
        None,
    ),
    (
        'rotulo = "Vezes"',
        'rotulo = "x"\ndepois = true\nobrigatorio = true',
        "campos.vezes",
        "processo_ninguem_pergunta",
        None,
    ),
    (
        'rotulo = "Vezes"\ntipo = "numero"',
        'rotulo = "x"\ndepois = true\n[[campos]]\nchave = "outro"\nrotulo = "y"\n'
        'quando = { campo = "vezes", preenchido = true }',
        "campos.outro.quando",
        "processo_nunca",
        None,
    ),
    (
        'rotulo = "Quando"',
        'rotulo = "x"\ndepois = true\n[[documentos]]\nchave = "outro"\nnome = "y"\n'
        'quando = { campo = "quando", preenchido = true }\n[[campos]]\nchave = "z"\nrotulo = "z"',
        "documentos.outro.quando",
        "processo_nunca",
        None,
    ),
]


"""Old text, new text, and the reported place, code and nearest known word."""


ASIDE = """
[[etapas]]
chave = "de_lado"
nome = "De lado"

[[etapas.acoes]]
chave = "volta"
rotulo = "Volta"
faz = { ir = "anterior" }
"""


def test_a_step_back_makes_steps_reachable() -> None:
    text = BASE + ASIDE
    with pytest.raises(ProcessError, match="processo_inalcancavel"):
        read_process(text)
    aside = '[[etapas.acoes]]\nchave = "por_de_lado"\nrotulo = "Pôr de lado"\nfaz = { ir = "de_lado" }\n\n'
    text = text.replace('[[etapas]]\nchave = "validacao"', aside + '[[etapas]]\nchave = "validacao"')
    assert read_process(text).step("de_lado").name == "De lado"


def broken(old: str, new: str) -> str:
    text = BASE.replace(old, new, 1)
    if old == 'inicia = ["solucao"]\n':  # and nothing else starts it
        text = text.replace(', inicia = "solucao" }', " }")
    if "sigilo" in new:  # and a step is of another group
        text = text.replace('nome = "N1"', 'nome = "N1"\ngrupo = "Suporte"')
    if old == APPROVE and new == "faz = {}":  # and the end is no step at all
        text = text.replace('inicia = "validacao" }', 'inicia = ["validacao", "reabertura"] }')
        text = text[: text.index('[[etapas]]\nchave = "concluido"')]
    return text


def test_the_process_without_errors_is_accepted() -> None:
    assert read_process(BASE).key == "servico"


@pytest.mark.parametrize(("old", "new", "place", "code", "near"), MISTAKES)
def test_an_error_is_reported(old: str, new: str, place: str, code: str, near: str | None) -> None:
    assert old in BASE
    with pytest.raises(ProcessError) as error:
        read_process(broken(old, new))
    found = error.value
    assert (found.code, found.place) == (code, place)
    if near is not None:
        assert found.values["nearest"] == near
    text = sentence(found.code, {"path": "servico.toml", "place": found.place, **found.values})
    assert text.startswith("servico.toml")
    assert "—" not in text  # nothing is left to fill in
    assert not near or f"Seria “{near}”?" in text


LATER = """
[[campos]]
chave = "laudo"
rotulo = "Laudo"
depois = true

[[campos]]
chave = "parecer"
rotulo = "Parecer"
tipo = "escolha"
opcoes = ["bom", "ruim"]
depois = true
"""
WAITING = """
[[etapas.acoes]]
chave = "{key}"
rotulo = "Ação"
{rest}
"""


def with_actions(*rest: str) -> str:
    """The base with two later fields, and more actions in its first step."""
    more = "".join(WAITING.format(key=f"mais_{n}", rest=each) for n, each in enumerate(rest, start=1))
    text = BASE.replace("[[documentos]]", LATER + "[[documentos]]", 1)
    return text.replace('[[etapas]]\nchave = "validacao"', more + '[[etapas]]\nchave = "validacao"')


MORE = "etapas.n1.acoes.mais_1"
ON_REPORT = '{ campo = "laudo", preenchido = true }'


@pytest.mark.parametrize(
    ("actions", "place"),
    [
        ([f"exige = {ON_REPORT}"], f"{MORE}.exige"),
        ([f"quando = {ON_REPORT}"], f"{MORE}.quando"),
        (['exige = { campo = "parecer", igual = "bom" }'], f"{MORE}.exige"),
        (['exige = { campo = "parecer", igual = "bom" }', 'faz = { define = { parecer = "ruim" } }'], f"{MORE}.exige"),
        ([f"exige = {ON_REPORT}", 'faz = { define = { laudo = "" } }'], f"{MORE}.exige"),
        (
            [
                f'exige = {ON_REPORT}\nfaz = {{ define = {{ parecer = "bom" }} }}',
                'exige = { campo = "parecer", igual = "bom" }\npede = "laudo"',
            ],
            f"{MORE}.exige",
        ),
    ],
)
def test_a_condition_on_a_value_that_never_occurs_is_reported(actions: list[str], place: str) -> None:
    with pytest.raises(ProcessError) as error:
        read_process(with_actions(*actions))
    assert (error.value.code, error.value.place) == ("processo_nunca", place)
    assert error.value.values["word"] in ("laudo", "parecer")


@pytest.mark.parametrize(
    "actions",
    [
        [f'exige = {ON_REPORT}\npede = "laudo"'],
        [f"exige = {ON_REPORT}", 'faz = { define = { laudo = "feito" } }'],
        [f"exige = {ON_REPORT}", 'faz = { numera = "laudo" }'],
        ['quando = { campo = "parecer", igual = "bom" }', 'pede = "parecer"'],
        ['exige = { campo = "parecer", diferente = "bom" }'],
        ['exige = { campo = "laudo", preenchido = false }'],
        [
            'quando = { campo = "produto", preenchido = false }\npede = "produto"\n'
            'exige = { campo = "produto", preenchido = true }'
        ],
        ['quando = [{ campo = "vezes", igual = "1" }, { campo = "vezes", diferente = "2" }]'],
        [f'exige = [{ON_REPORT}, {{ checklist = "incompleta" }}]\npede = ["laudo"]'],
    ],
)
def test_a_process_in_which_everything_can_happen_is_accepted(actions: list[str]) -> None:
    assert read_process(with_actions(*actions)).key == "servico"


def test_circular_conditions_of_several_fields_are_reported() -> None:
    text = BASE.replace('rotulo = "Produto"', 'rotulo = "x"\nquando = { campo = "vezes", preenchido = true }')
    text = text.replace('rotulo = "Vezes"', 'rotulo = "x"\nquando = { campo = "quando", preenchido = true }')
    assert read_process(text)
    text = text.replace('rotulo = "Quando"', 'rotulo = "x"\nquando = { campo = "produto", preenchido = false }')
    with pytest.raises(ProcessError) as error:
        read_process(text)
    assert (error.value.code, error.value.place) == ("processo_circulo", "campos.produto.quando")


@pytest.mark.parametrize("word", ["quando", "exige"])
def test_one_condition_alone_is_a_list_of_one(word: str) -> None:
    condition = '{ campo = "tipo", igual = "falha" }'
    alone = read_process(BASE.replace('tecla = "o"', f"{word} = {condition}"))
    assert alone == read_process(BASE.replace('tecla = "o"', f"{word} = [{condition}]"))
    with pytest.raises(ProcessError) as error:
        read_process(BASE.replace('tecla = "o"', f'{word} = {{ campo = "tipos", igual = "falha" }}'))
    assert error.value.values["nearest"] == "tipo"


def test_one_option_and_one_channel_need_no_list() -> None:
    text = BASE.replace('canais = ["balcão"]', 'canais = "balcão"').replace('["falha", "pedido"]', '"falha"')
    assert (read_process(text).channels, read_process(text).field("tipo").options) == (("balcão",), ("falha",))


def test_the_step_without_an_end_is_reported_not_its_predecessors() -> None:
    text = BASE[: BASE.index('[[etapas]]\nchave = "concluido"')].replace('[prazos.reabertura]\nalvo = "10h"\n', "")
    text = text.replace(APPROVE, 'faz = { cancela = "validacao" }')
    with pytest.raises(ProcessError) as error:
        read_process(text)
    assert (error.value.code, error.value.place) == ("processo_sem_saida", "etapas.validacao")
    message = sentence(error.value.code, {"path": "x", "place": error.value.place, **error.value.values})
    assert 'estado = "concluido"' in message


def test_an_invalid_line_is_reported_by_its_number() -> None:
    with pytest.raises(ProcessError) as error:
        read_process('chave = "x"\nnome = \n')
    assert (error.value.values["line"], error.value.values["column"]) == (2, 8)
    with pytest.raises(ProcessError) as error:
        read_process('chave = "x')
    assert error.value.values["line"] == 1


def test_every_error_has_a_sentence_and_a_test() -> None:
    raised = set()
    for module in (check, check_outgoing, paths, reachability, read, references):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ProcessError":
                code = node.args[1]
                assert isinstance(code, ast.Constant)
                raised.add(str(code.value))
    assert raised <= codes()
    assert {code for code in codes() if code.startswith("processo_")} == raised
    assert raised == {code for *_, code, _ in MISTAKES}


TEXTS = [path.read_text("utf-8") for path in FILES.values()]
LINES = sorted({line for text in TEXTS for line in text.splitlines() if line.strip()})


VALUES = ["1", "-1", "[]", "{}", '""', '[["x"]]', "2026-01-01", "1e9", "true", '{ a = "b" }']


def sentence_of(text: str) -> str | None:
    """The error of an invalid text; None for a process."""
    try:
        read_process(text)
    except ProcessError as error:
        return sentence(error.code, {"path": "servico.toml", "place": error.place, **error.values})
    return None


@given(st.data())
@settings(max_examples=300 if IN_FULL else 100)
def test_any_file_gives_a_process_or_a_reported_error(data: st.DataObject) -> None:
    """Lines are removed, doubled, moved, or get another value: every error is a reported one."""
    lines = data.draw(st.sampled_from(TEXTS)).splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        odd = [f"{lines[at].partition(' = ')[0]} = {value}" for value in VALUES]
        lines[at] = data.draw(st.sampled_from(["", f"{lines[at]}\n{lines[at]}", *odd, *LINES]))
    text = sentence_of("\n".join(lines))
    assert text is None or (text.startswith("servico.toml") and "{'" not in text)
