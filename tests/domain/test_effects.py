"""Effects with conditions, and clocks of a kind of one service."""

import pytest

from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Nature
from atendimento_tui.domain.workflow.effects import Outcome
from tests.domain.walk import FILES, Walk, at, process_of

TEXT = FILES["visita"].read_text("utf-8")


def visit(severity: str = "media", notice: str = "telefone") -> Walk:
    walk = Walk(process_of("visita"))
    walk.open(at(13, 9), severity, aviso=notice)
    return walk


def clocks(walk: Walk) -> dict[str, tuple[bool, bool]]:
    """For each clock, whether it is live and whether it is paused."""
    return {clock.kind: (clock.is_live, clock.paused_at is not None) for clock in walk.ticket.clocks}


def test_a_message_is_written_only_where_its_condition_holds() -> None:
    assert visit().outcomes[-1].messages == ()
    assert visit(notice="WhatsApp").outcomes[-1].messages == ("marcada",)
    for notice, actual in (("telefone", ()), ("WhatsApp", ("feita",))):
        walk = visit(notice=notice)
        walk.do("marcar", at(13, 10), local="sim")
        assert walk.do("feita", at(13, 11)).messages == actual
        assert walk.place == ("fim", "concluido")


def test_a_condition_uses_the_answer_of_the_same_act_and_the_last_step_that_applies_is_used() -> None:
    walk = visit()
    outcome = walk.do("marcar", at(13, 10), local="nao")
    assert (walk.ticket.step, outcome.alerts, outcome.tasks) == ("escritorio", ("responsavel",), ())
    walk = visit()
    outcome = walk.do("marcar", at(13, 10), local="sim")
    assert (walk.ticket.step, outcome.alerts) == ("rua", ("responsavel", "grupo"))
    assert [(task.text, task.due_at) for task in outcome.tasks] == [("Levar a escada", None)]
    walk = visit("critica")
    outcome = walk.do("marcar", at(13, 10), local="sim")
    assert [(task.text, task.due_at) for task in outcome.tasks] == [
        ("Levar a escada", None),
        ("Ir de carro", at(13, 12)),
    ]


def test_effects_of_opening_use_the_severity_of_the_new_ticket() -> None:
    text = TEXT.replace(
        'quando = [{ campo = "aviso", igual = "WhatsApp" }]\nmens',
        'quando = [{ campo = "criticidade", igual = "alta" }]\nmens',
    )
    for severity, actual in (("alta", ("marcada",)), ("media", ())):
        walk = Walk(read_process(text))
        assert walk.open(at(13, 9), severity, aviso="telefone").messages == actual


def test_a_timer_has_effects_with_conditions_too() -> None:
    walk = visit()
    walk.do("marcar", at(13, 10), local="sim")
    assert [outcome.alerts for outcome in walk.sweep(at(14, 10))] == [("responsavel", "grupo")]
    late = visit()
    late.do("marcar", at(22, 10), local="sim")  # the contract's five days are over
    late.sweep(at(22, 12))
    assert [outcome.alerts for outcome in late.sweep(at(23, 10))] == [("responsavel",)]


def test_a_step_back_under_a_condition_is_refused_only_if_the_condition_holds() -> None:
    mark = 'chave = "feita"\nrotulo = "Feita"\ntecla = "f"\nfaz = ['
    aside = 'chave = "mesa"\nrotulo = "Mesa"\nfaz = { ir = "escritorio" }\n\n[[etapas.acoes]]\n'
    text = TEXT.replace('{ ir = "escritorio", alerta', '{ ir = "anterior", alerta').replace(mark, aside + mark)
    walk = Walk(read_process(text))
    walk.open(at(13, 9), aviso="telefone")
    assert walk.keys(at(13, 9)) == ["marcar"]  # what decides it is still to be asked
    with pytest.raises(Refused, match="acao_sem_volta"):
        walk.do("marcar", at(13, 9), local="nao")
    walk.do("marcar", at(13, 9), local="sim")
    assert walk.ticket.step == "rua"
    other = '[[etapas.acoes]]\nchave = "ir"\nrotulo = "Ir"\nfaz = { ir = "rua" }\n\n[[etapas]]\nchave = "rua"'
    text = text.replace('], ir = "rua", alerta', "], alerta").replace('[[etapas]]\nchave = "rua"', other)
    never = Walk(read_process(text))
    never.open(at(13, 9), aviso="telefone")
    assert never.keys(at(13, 9)) == ["ir"]


def test_clocks_of_a_kind_of_the_service_have_the_given_nature() -> None:
    process = process_of("visita")
    assert {kind: process.nature_of(kind) for kind in process.clocks} == {
        "vistoria": Nature.OURS,
        "contrato": Nature.LAW,
        "avaliacao_da_visita": Nature.CLIENT,
    }
    walk = visit()
    assert clocks(walk) == {"vistoria": (True, False), "contrato": (True, False)}
    walk.do("marcar", at(13, 10), local="sim")
    assert clocks(walk) == {"vistoria": (True, True), "contrato": (True, False)}  # only ours rests
    walk.do("feita", at(13, 11))
    assert clocks(walk) == {
        "vistoria": (False, False),
        "contrato": (False, False),
        "avaliacao_da_visita": (True, False),
    }
    assert walk.sweep(at(30, 10)) == []  # nobody of ours is warned of the client's time


def test_a_pause_pauses_all_clocks_of_the_desk_of_any_kind() -> None:
    walk = visit()
    walk.keep(Outcome(acts.pause(walk.ticket, 7, at(13, 10), "cliente viajou")))
    assert clocks(walk) == {"vistoria": (True, True), "contrato": (True, False)}
    walk.keep(Outcome(acts.resume(walk.ticket, 7, at(13, 11))))
    assert clocks(walk) == {"vistoria": (True, False), "contrato": (True, False)}


def test_clocks_of_the_desk_and_of_the_law_warn() -> None:
    walk = visit()
    actual = [(outcome.event.kind, outcome.event.text) for outcome in walk.sweep(at(23, 10))]
    assert {text for _, text in actual} == {"vistoria", "contrato"}


def test_a_clock_of_the_client_that_ran_before_the_end_ends_with_it() -> None:
    text = TEXT.replace('["vistoria", "contrato"]', '["vistoria", "contrato", "avaliacao_da_visita"]')
    text = text.replace('{ ir = "fim", inicia = "avaliacao_da_visita" }', '{ ir = "fim" }')
    walk = Walk(read_process(text))
    walk.open(at(13, 9), aviso="telefone")
    walk.do("marcar", at(13, 10), local="sim")
    walk.do("feita", at(13, 11))
    assert walk.ticket.live_clocks == []


def test_the_due_date_before_opening_may_be_that_of_a_kind_of_the_service() -> None:
    assert set(workflow.due_by_severity(visit().context, {"aviso": "telefone"}, at(13, 9)).values()) == {at(13, 17)}


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ('natureza = "nossa"\n', "", "prazos.vistoria", "processo_natureza"),
        ('natureza = "lei"', 'natureza = "leis"', "prazos.contrato.natureza", "processo_valor"),
        (
            '{ alerta = "responsavel" },',
            '{ alarme = "grupo" },',
            "etapas.rua.tempos.cobrar.faz.1.alarme",
            "processo_palavra",
        ),
        (
            'inicia = "avaliacao_da_visita"',
            'inicia = ["avaliacao_da_visita", "contrato"]',
            "etapas.rua.acoes.feita.faz.1.inicia",
            "processo_fim",
        ),
        (
            '{ dentro = "contrato" }',
            '{ dentro = "contratos" }',
            "etapas.rua.tempos.cobrar.faz.2.quando.1.dentro",
            "processo_desconhecido",
        ),
        (
            'quando = [{ campo = "aviso", igual = "WhatsApp" }]\nmens',
            'quando = [{ dentro = "contrato" }]\nmens',
            "ao_abrir.2.quando.1",
            "processo_condicao_campo",
        ),
        ('mensagem = "marcada"', 'ir = "fim"', "ao_abrir.2.ir", "processo_ao_abrir"),
        (
            'faz = { ir = "fim" }',
            'faz = { ir = "fins" }',
            "etapas.escritorio.acoes.feita.faz.ir",
            "processo_desconhecido",
        ),
        ('faz = { ir = "fim" }', 'faz = { vai = "fim" }', "etapas.escritorio.acoes.feita.faz.vai", "processo_palavra"),
    ],
)
def test_an_error_in_effects_has_its_place(old: str, new: str, place: str, code: str) -> None:
    assert old in TEXT
    with pytest.raises(ProcessError) as raised:
        read_process(TEXT.replace(old, new, 1))
    assert (raised.value.place, raised.value.code) == (place, code)
