"""The rules of a ticket in the services of the operator: complete histories."""

from datetime import datetime

import pytest

from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.texts.refusals import sentence
from tests.domain.histories import CASE, adult, clock, due, in_registry, live, refused, result
from tests.domain.walk import FILES, LEGAL, OTHER, Walk, at, process_of

# A procedure.

WHY = {"motivo": "O plano contratado não prevê este procedimento.", "clausula": "Cláusula 12.3"}


def procedure(**other: str) -> Walk:
    walk = Walk(process_of("solicitacao_procedimento"))
    walk.open(at(9, 10), **{**CASE, **other})
    return walk


@pytest.mark.parametrize(("kind", "last"), [("demais", at(20, 23, 59, 59)), ("OPME", at(27, 23, 59, 59))])
def test_a_message_of_a_procedure_in_audit_has_its_term(kind: str, last: datetime) -> None:
    """From Friday the 9th, not counting it, nor the holidays of Monday the 12th and Thursday the 15th."""
    walk = procedure(classe=kind)
    assert live(walk) == ["auditoria"]
    assert due(walk, "auditoria") == last
    assert walk.keys(at(9, 11)) == ["enviar_auditoria", "cancelar"]
    assert refused(walk, "autorizar", at(9, 11)) == "acao_nao_cabe"
    outcome = walk.do("enviar_auditoria", at(9, 11))
    assert outcome.messages == ("auditoria",)
    assert walk.group == "Auditoria"
    assert due(walk, "auditoria") == last  # sent on, it is the same promise
    assert len(walk.ticket.clocks) == 1
    assert walk.ticket.fields["situacao"] == "Em análise"


def test_a_wait_of_the_audit_does_not_stop_its_term() -> None:
    walk = procedure()
    walk.do("enviar_auditoria", at(9, 11))
    walk.do("pedir_justificativa", at(9, 12), text="Falta o laudo")
    assert walk.ticket.fields["situacao"] == "Aguardando justificativa técnica do solicitante"
    with pytest.raises(Refused) as moved_on:  # what a window still shows that another one was faster than
        walk.do("negar", at(9, 12))
    assert sentence(*moved_on.value.refusal) == (
        "“Não tem cobertura: negar” não é possível: o atendimento 20261009.000001 está agora na etapa "
        "“Aguardando justificativa do médico”. Nada foi alterado."
    )
    with pytest.raises(Refused) as unknown:
        walk.do("negarr", at(9, 12))
    assert sentence(*unknown.value.refusal).startswith("“negarr” não é uma ação da etapa “Aguardando justificativa do")
    assert clock(walk, "auditoria").pauses == ()
    walk.do("recebido", at(13))
    walk.do("pedir_documentos", at(13))
    assert walk.ticket.fields["situacao"] == "Aguardando documentação do prestador"
    walk.do("recebido", at(14))
    assert walk.place == ("auditoria", "aberto")
    assert walk.ticket.fields["situacao"] == "Em análise"


def test_audit_authorises_and_issues_a_number() -> None:
    walk = procedure()
    walk.do("enviar_auditoria", at(9, 11))
    walk.do("autorizar", at(14))
    assert walk.ticket.fields["guia"] == "guia-1"
    assert walk.ticket.fields["situacao"] == "Autorizado"
    assert walk.outcomes[-1].messages == ("autorizado",)
    assert walk.place == ("autorizado", "concluido")
    assert result(walk, "auditoria") == "no_prazo"


def test_audit_authorises_a_part_with_the_reason_for_the_other_part() -> None:
    walk = procedure()
    walk.do("enviar_auditoria", at(9, 11))
    assert refused(walk, "autorizar_parte", at(14), motivo=WHY["motivo"]) == "acao_campo"
    walk.do("autorizar_parte", at(14), **WHY)
    assert walk.ticket.fields["situacao"] == "Autorizado parcialmente"
    assert walk.ticket.fields["guia"] == "guia-1"


def test_a_denial_has_its_reason_and_its_clause_in_writing() -> None:
    walk = procedure()
    walk.do("enviar_auditoria", at(9, 11))
    for empty in ("", "em análise", "EM PROCESSAMENTO", "Negado.", "não cobre"):
        with pytest.raises(Refused):
            walk.do("negar", at(14), motivo=empty, clausula="Cláusula 12.3")
    assert refused(walk, "negar", at(14), motivo=WHY["motivo"]) == "acao_campo"
    outcome = walk.do("negar", at(14), **WHY)
    assert walk.ticket.fields["situacao"] == "Negado"
    assert "guia" not in walk.ticket.fields
    body = walk.process.messages[outcome.messages[0]].written({"protocolo": "1", **walk.ticket.fields})[1]
    assert WHY["motivo"] in body
    assert WHY["clausula"] in body
    assert "reanálise" in body


def test_without_audit_coverage_is_checked_at_once() -> None:
    walk = procedure(auditoria="não")
    assert live(walk) == ["resposta_ans"]
    assert "autorizar" in walk.keys(at(9, 10))
    walk.do("autorizar", at(9, 10, 5))
    assert walk.ticket.fields["guia"] == "guia-1"
    assert walk.ticket.fields["situacao"] == "Autorizado"

    walk = procedure(auditoria="não")
    walk.do("negar", at(9, 10, 5), **WHY)
    assert "guia" not in walk.ticket.fields
    assert walk.place == ("negado", "concluido")


def test_a_procedure_without_audit_may_be_sent_to_audit() -> None:
    walk = procedure(auditoria="não", classe="OPME")
    walk.do("enviar_auditoria", at(13, 9))
    assert walk.ticket.fields["auditoria"] == "sim"
    assert live(walk) == ["auditoria"]
    assert due(walk, "auditoria") == at(28, 23, 59, 59)
    assert result(walk, "resposta_ans") == "cancelado"


def test_an_urgent_procedure_is_answered_on_its_day_without_audit() -> None:
    process = process_of("solicitacao_procedimento")
    urgent = {**CASE, "carater": "urgência ou emergência"}
    del urgent["auditoria"]
    assert "auditoria" not in [rule.key for rule in workflow.fields_asked(process, urgent)]
    assert "auditoria" in [rule.key for rule in workflow.fields_asked(process, CASE)]
    walk = Walk(process)
    walk.open(at(9, 10), **urgent)
    assert due(walk, "resposta_ans") == at(9, 23, 59, 59)
    assert "enviar_auditoria" not in walk.keys(at(9, 10))
    walk.do("autorizar", at(9, 10, 1))


def test_a_procedure_given_up_is_cancelled() -> None:
    walk = procedure()
    walk.do("enviar_auditoria", at(9, 11))
    walk.do("pedir_documentos", at(9, 12))
    walk.do("cancelar", at(9, 13))
    assert walk.ticket.fields["situacao"] == "Cancelada"
    assert result(walk, "auditoria") == "cancelado"


def test_the_group_is_alerted_at_half_of_the_term() -> None:
    walk = procedure(classe="OPME")
    walk.do("enviar_auditoria", at(9, 11))
    happened = walk.sweep(at(20, 23, 59, 59))
    assert [(outcome.event.at, outcome.event.text, outcome.alerts) for outcome in happened] == [
        (at(20, 23, 59, 59), "metade", ("grupo",))
    ]


def test_the_states_of_the_guia_are_those_of_tiss() -> None:
    """`statusSolicitacao` 1 to 7 of TISS 4.03.00."""
    assert process_of("solicitacao_procedimento").field("situacao").options == (
        "Autorizado",
        "Em análise",
        "Negado",
        "Aguardando justificativa técnica do solicitante",
        "Aguardando documentação do prestador",
        "Cancelada",
        "Autorizado parcialmente",
    )


# Targets.


def test_every_severity_has_its_target() -> None:
    walk = Walk(process_of("falha_tecnica"))
    assert workflow.due_by_severity(walk.context, {}, at(9, 17, 50)) == {
        Severity.CRITICAL: at(13, 12, 50),
        Severity.HIGH: at(13, 16, 50),
        Severity.MEDIUM: at(14, 15, 50),
        Severity.LOW: at(20, 12, 50),
    }
    assert list(workflow.due_by_severity(walk.context, {}, at(9))) == ["critica", "alta", "media", "baixa"]


def test_the_due_date_before_opening_is_that_of_the_opened_ticket() -> None:
    for severity in Severity:
        walk = Walk(process_of("falha_tecnica"))
        promised = workflow.due_by_severity(walk.context, {}, at(10, 3))
        walk.open(at(10, 3), severity, produto="x", descricao="y")
        assert due(walk, "solucao") == promised[severity]


def test_targets_follow_the_answers() -> None:
    context = Walk(process_of("solicitacao_procedimento")).context
    assert set(workflow.due_by_severity(context, CASE, at(9)).values()) == {at(20, 23, 59, 59)}
    assert set(workflow.due_by_severity(context, {**CASE, "classe": "OPME"}, at(9)).values()) == {at(27, 23, 59, 59)}
    assert set(workflow.due_by_severity(context, {**CASE, "auditoria": "nao"}, at(9)).values()) == {at(20, 23, 59, 59)}
    assert workflow.due_by_severity(context, {}, at(9)) == {}


# Documents, counters, days.


def test_a_complete_checklist_makes_an_action_possible() -> None:
    walk = adult()
    assert [rule.key for rule in workflow.documents_missing(walk.process, walk.ticket)] == [
        "rg",
        "matricula",
        "semestre",
    ]
    assert [rule.key for rule in workflow.documents_needed(walk.process, {"curso": "anual"})] == ["rg", "matricula"]
    assert refused(walk, "remeter", at(13), erp="1") == "acao_documentos"
    for key in ("rg", "matricula"):
        walk.document(key, at(13, 10))
    walk.document("semestre", at(13, 10), "ilegível")
    (shown,) = [each for each in walk.possible(at(13, 11)) if each.action.key == "remeter"]
    assert shown.why_not
    assert shown.why_not.values["missing"] == "Comprovante do segundo semestre"
    walk.document("semestre", at(13, 11))
    assert walk.keys(at(13, 11)) == ["remeter"]  # there is nothing left to ask for
    assert refused(walk, "pedir", at(13, 11)) == "acao_nao_cabe"
    outcome = walk.do("remeter", at(13, 12), erp="Solus 7")
    assert outcome.messages == ("ao_cadastro",)
    assert walk.ticket.fields["lote"] == "lote-1"
    assert walk.ticket.owner is None


def test_an_action_for_missing_documents_is_refused_when_none_is_missing() -> None:
    process = process_of("maioridade")
    text = FILES["maioridade"].read_text("utf-8").replace('quando = [{ checklist = "incompleta" }]\n', "")
    walk = Walk(read_process(text))
    assert process != walk.process
    walk.open(at(13), cpf="529.982.247-25", curso="anual")
    walk.document("rg", at(13))
    walk.document("matricula", at(13))
    assert refused(walk, "pedir", at(13)) == "acao_documentos_completos"


def test_corrections_are_counted_and_end_after_their_term() -> None:
    walk = in_registry()
    for number, day in enumerate((14, 16), start=1):
        outcome = walk.do("devolver", at(day))
        assert walk.ticket.fields["voltas"] == str(number)
        assert outcome.tasks[0].due_at == at(day, 13)
        assert walk.place == ("correcao", "aguardando")
        if number == 1:
            walk.do("entregou", at(day, 10))
            assert walk.place == ("cadastro", "aberto")
    assert "desistiu" not in walk.keys(at(16))
    assert refused(walk, "desistiu", at(16)) == "acao_desconhecida"
    ends = at(16, 23, 59, 59, month=11)  # thirty days on is a Sunday
    assert due(walk, "correcao") == ends
    walk.sweep(at(30, month=11))
    assert walk.ticket.closed_at == ends
    assert walk.place == ("abandonado", "abandonado")
    assert live(walk) == []


def test_a_number_is_issued_once() -> None:
    text = FILES["maioridade"].read_text("utf-8").replace('ir = "anterior"', 'ir = "balcao"')
    walk = in_registry(Walk(read_process(text)))
    walk.do("devolver", at(14))
    walk.do("entregou", at(14))
    outcome = walk.do("remeter", at(14))
    assert "campo.lote" not in outcome.event.changes
    assert walk.numbers == {"lote": 1}


def test_a_calendar_of_another_name_counts_its_own_days() -> None:
    walk = in_registry()
    assert clock(walk, "retorno").calendar == OTHER
    assert due(walk, "retorno") == at(20, 23, 59, 59)  # of Tuesdays and Thursdays: the 15th and the 20th
    assert clock(walk, "sac").calendar == LEGAL
    assert due(walk, "sac") == at(20, 23, 59, 59)  # seven days, whatever they are


def test_a_timer_fires_once_after_a_time_in_the_step() -> None:
    walk = in_registry()
    # The term's last day but one is one on which the desk is closed: the warning comes on the day before.
    assert [(d.event.at, d.event.kind) for d in walk.sweep(at(14, 11, 59))] == [(at(14, 9), "prazo_atencao")]
    (outcome,) = walk.sweep(at(14, 12))
    assert (outcome.event.at, outcome.messages, outcome.alerts) == (
        at(14, 12),
        ("aviso", "aviso_geral"),
        ("grupo", "supervisao"),
    )
    assert [timer.key for timer in workflow.timers(walk.ticket, walk.context, ()) if timer.key in walk.fired]
    assert not [each for each in walk.sweep(at(16, 11)) if each.event.text == "demora"]


def dated() -> Walk:
    """A visit on a day that may be moved while the ticket waits."""
    text = """
chave = "combinado"
nome = "Combinado"
[[campos]]
chave = "dia"
rotulo = "Dia"
tipo = "data"
[[etapas]]
chave = "espera"
nome = "Espera"
[[etapas.acoes]]
chave = "mudar"
rotulo = "Mudar o dia"
pede = "dia"
[[etapas.acoes]]
chave = "de_novo"
rotulo = "De novo"
faz = { ir = "espera" }
[[etapas.acoes]]
chave = "sair"
rotulo = "Sair"
faz = { ir = "fim" }
[[etapas.tempos]]
chave = "visita"
no_dia = "dia"
faz = { alerta = "grupo" }
[[etapas.tempos]]
chave = "lembrete"
apos = "2h"
faz = { alerta = "responsavel" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""
    walk = Walk(read_process(text))
    walk.open(at(9, 10), dia="13/10/2026")
    return walk


def happened(walk: Walk, now: datetime) -> list[tuple[str, datetime]]:
    return [(outcome.event.text, outcome.event.at) for outcome in walk.sweep(now)]


def test_a_timer_of_a_day_follows_its_field() -> None:
    walk = dated()
    walk.sweep(at(9, 17))
    walk.do("mudar", at(9, 17), dia="14/10/2026")
    assert happened(walk, at(13, 17)) == []
    assert happened(walk, at(14, 9)) == [("visita", at(14, 9))]
    walk.do("mudar", at(14, 10), dia="19/10/2026")  # it was put off: it comes again
    assert happened(walk, at(16, 17)) == []
    assert happened(walk, at(19, 10)) == [("visita", at(19, 9))]
    walk.do("mudar", at(19, 11), dia="14/10/2026")  # which has happened
    assert happened(walk, at(20, 17)) == []
    walk.do("mudar", at(20, 17), dia="22/10/2026")
    walk.do("mudar", at(21, 9), dia="")
    assert happened(walk, at(30, 17)) == []
    walk.do("mudar", at(30, 17), dia="29/10/2026")  # a day that is past: at once
    assert happened(walk, at(30, 17)) == [("visita", at(30, 17))]


def test_a_timer_fired_under_an_old_key_does_not_fire_again() -> None:
    walk = dated()
    stay = walk.ticket.step_since
    assert stay
    walk.fired.add(f"espera.visita.{stay:%Y%m%d%H%M%S%f}")
    assert [text for text, _ in happened(walk, at(19, 10))] == ["lembrete"]


def test_entering_the_same_step_again_is_a_new_stay() -> None:
    walk = dated()
    walk.do("mudar", at(9, 10), dia="")
    assert happened(walk, at(9, 13)) == [("lembrete", at(9, 12))]
    assert happened(walk, at(13, 17)) == []
    walk.do("de_novo", at(14, 9))
    assert happened(walk, at(14, 12)) == [("lembrete", at(14, 11))]


def test_a_timer_fires_on_the_day_in_a_field() -> None:
    walk = in_registry()
    walk.do("aceitar", at(14), volta_em="02/11/2026")
    (outcome,) = walk.sweep(at(3, 9, month=11))
    assert outcome.event.at == at(3, 9, month=11)  # the 2nd is a holiday: when the desk opens next
    assert outcome.alerts == ("responsavel",)
    assert [task.due_at for task in outcome.tasks] == [None]
    assert "erp" in walk.ticket.fields
    walk.do("concluir", at(3, 10, month=11))
    assert walk.ticket.fields["erp"] == ""


def test_without_its_day_such_a_timer_does_not_fire() -> None:
    walk = in_registry()
    walk.do("aceitar", at(14))
    assert walk.sweep(at(30, month=11)) == []
