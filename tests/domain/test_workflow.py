"""The rules of a ticket in its process: complete histories, each word of the format, and timers."""

import random
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.clocks import Clock, paused, result_of, term_of, worked
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import ClockChange, Event
from atendimento_tui.domain.words import ClockKind, Nature, Severity
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.texts.refusals import sentence
from tests.domain.walk import BOSS, DESK, FILES, LEGAL, OTHER, Walk, at, process_of

MINUTE = timedelta(minutes=1)


def refused(walk: Walk, key: str, when: datetime, role: str = "atendente", text: str = "ok", **answers: str) -> str:
    """The code of the refusal of an action, which changes nothing."""
    before = walk.ticket
    with pytest.raises(Refused) as refusal:
        walk.do(key, when, role=role, text=text, **answers)
    assert walk.ticket == before
    assert "—" not in sentence(refusal.value.code, refusal.value.values)
    return refusal.value.code


def clock(walk: Walk, kind: str, cycle: int = 1) -> Clock:
    """The newest clock of that kind."""
    return [c for c in walk.ticket.clocks if c.kind == kind and c.cycle == cycle][-1]


def due(walk: Walk, kind: str, cycle: int = 1) -> datetime:
    found = clock(walk, kind, cycle)
    return term_of(found, walk.calendars[found.calendar]).due_at


def minutes(walk: Walk, kind: str, now: datetime, cycle: int = 1) -> tuple[float, float]:
    found = clock(walk, kind, cycle)
    calendar = walk.calendars[found.calendar]
    return worked(found, calendar, now) / MINUTE, paused(found, calendar, now) / MINUTE


def result(walk: Walk, kind: str, cycle: int = 1) -> str | None:
    found = clock(walk, kind, cycle)
    return result_of(found, walk.calendars[found.calendar])


def live(walk: Walk) -> list[str]:
    return sorted(clock.kind for clock in walk.ticket.live_clocks)


# A technical failure.

CLOSING = at(23, 23, 59, 59)
LAST_DAY = at(3, 23, 59, 59, month=11)


def solved_on_the_thirteenth() -> Walk:
    """Opened on a Friday evening, its solution rejected once, solved again on Tuesday: validation is to 23 October.

    Monday the 12th and Thursday the 15th are holidays.
    """
    walk = Walk(process_of("falha_tecnica"))
    walk.open(at(9, 17, 50), "critica", produto="Prontuário", descricao="Não abre")
    walk.do("encaminhar_n2", at(13, 9, 30))
    walk.do("encaminhar_pd", at(13, 10), passos="1. abrir 2. cai")
    walk.do("liberar", at(13, 10, 30), versao_corrigida="4.2")
    walk.do("solucionar", at(13, 11), solucao="Atualize")
    walk.do("reprovar", at(13, 13), text="não resolveu")
    walk.do("solucionar", at(13, 13, 30), solucao="Atualize e reinicie")
    return walk


def test_a_failure_goes_from_n1_to_the_client() -> None:
    walk = Walk(process_of("falha_tecnica"))
    opening = walk.open(at(9, 17, 50), "critica", produto="Prontuário", descricao="Não abre")
    assert walk.place == ("n1", "aberto")
    assert walk.group == "Suporte N1"
    assert opening.messages == ("aberto",)
    assert live(walk) == ["finalizacao", "primeira_resposta", "solucao"]
    assert due(walk, "solucao") == at(13, 12, 50)  # ten minutes on Friday, the rest after a weekend and a holiday
    assert due(walk, "primeira_resposta") == at(13, 9, 50)


def test_a_failure_goes_through_all_its_steps() -> None:
    walk = solved_on_the_thirteenth()
    assert [outcome.event.action for outcome in walk.outcomes[1:]] == [
        "Encaminhar ao N2",
        "Encaminhar ao P&D",
        "Liberar a versão corrigida",
        "Versão aplicada: apresentar a solução",
        "Reprovado",
        "Versão aplicada: apresentar a solução",
    ]
    assert walk.place == ("validacao", "validacao")
    assert result(walk, "primeira_resposta") == "no_prazo"


def test_the_time_in_validation_does_not_count_once_the_solution_is_rejected() -> None:
    walk = solved_on_the_thirteenth()
    assert minutes(walk, "solucao", at(13, 14)) == (10 + 120 + 30, 120)
    assert due(walk, "solucao") == at(13, 14, 50)
    assert result(walk, "solucao") == "no_prazo"
    assert [(pause.reason, pause.began_at, pause.ended_at) for pause in clock(walk, "solucao").pauses] == [
        ("validação do cliente", at(13, 11), at(13, 13))
    ]
    assert minutes(walk, "finalizacao", at(13, 14)) == (160, 150)  # it rests again since 13:30


def test_rejection_returns_to_the_step_that_had_it_and_asks_for_a_call() -> None:
    walk = solved_on_the_thirteenth()
    back = walk.outcomes[-2]
    assert back.event.changes["step"] == ("validacao", "aplicacao")
    assert back.event.changes["state"] == ("validacao", "aberto")
    assert [(task.text, task.due_at) for task in back.tasks] == [("Ligar e entender o que deu errado", at(14, 13))]
    assert [result(walk, "validacao")] == [None]
    assert [c.cancelled for c in walk.ticket.clocks if c.kind == "validacao"] == [True, False]


def test_reminders_then_closing_by_itself_on_the_seventh_business_day() -> None:
    walk = solved_on_the_thirteenth()
    happened = walk.sweep(at(23, 12))
    assert [(outcome.event.at, outcome.messages) for outcome in happened if outcome.messages] == [
        (at(22, 13, 30), ("lembrete",))  # the program was off: of three reminders only the last is sent
    ]
    assert due(walk, "validacao") == CLOSING
    (closing,) = walk.sweep(at(27))
    assert closing.event.at == CLOSING
    assert closing.event.actor is None
    assert closing.messages == ("fechado",)
    assert walk.place == ("concluido", "concluido")
    assert walk.ticket.closed_at == CLOSING
    assert [result(walk, kind) for kind in ("validacao", "solucao", "finalizacao")] == [
        "cancelado",
        "no_prazo",
        "no_prazo",
    ]
    assert live(walk) == ["reabertura"]


def test_each_reminder_is_sent_on_its_day_when_the_program_runs() -> None:
    walk = solved_on_the_thirteenth()
    sent = [
        outcome.event.at
        for day in range(14, 28)
        for outcome in walk.sweep(at(day, 20))
        if outcome.messages == ("lembrete",)
    ]
    assert sent == [at(16, 13, 30), at(20, 13, 30), at(22, 13, 30)]


def test_missed_timers_fire_in_their_order() -> None:
    walk = solved_on_the_thirteenth()
    happened = [(outcome.event.at, outcome.messages) for outcome in walk.sweep(at(27)) if outcome.messages]
    assert happened == [(at(22, 13, 30), ("lembrete",)), (CLOSING, ("fechado",))]


def test_it_can_be_reopened_until_the_last_day() -> None:
    walk = solved_on_the_thirteenth()
    walk.sweep(at(24))
    assert due(walk, "reabertura") == LAST_DAY  # ten days on, a holiday: the next business day
    late = Walk(walk.process)
    late.ticket, late.events = walk.ticket, list(walk.events)
    assert refused(late, "reabrir", LAST_DAY + timedelta(seconds=1)) == "acao_fora_do_prazo"
    assert late.sweep(at(4, month=11))[-1].event.text == "fim_da_reabertura"
    assert live(late) == []
    assert refused(late, "reabrir", at(4, month=11)) == "acao_fora_do_prazo"

    sealed = [c for c in walk.ticket.clocks if c.kind != "reabertura"]
    walk.do("reabrir", LAST_DAY, text="voltou")
    assert walk.place == ("aplicacao", "aberto")  # where the work had stopped
    assert walk.ticket.cycle == 2
    assert walk.ticket.closed_at is None
    assert result(walk, "reabertura") == "no_prazo"
    assert [c for c in walk.ticket.clocks if c.cycle == 1 and c.kind != "reabertura"] == sealed
    assert live(walk) == ["finalizacao", "primeira_resposta", "solucao"]
    assert {c.started_at for c in walk.ticket.live_clocks} == {LAST_DAY}
    assert due(walk, "solucao", 2) == at(4, 13, month=11)


def test_the_first_cycle_does_not_change_in_the_second() -> None:
    walk = solved_on_the_thirteenth()
    walk.sweep(at(24))
    walk.do("reabrir", at(26), text="voltou")
    sealed = [c for c in walk.ticket.clocks if c.cycle == 1]
    walk.do("solucionar", at(26, 10), solucao="Outra")
    walk.do("reprovar", at(26, 11))
    walk.do("solucionar", at(26, 12), solucao="Mais uma")
    walk.do("aprovar", at(26, 15))
    assert minutes(walk, "solucao", at(30), 2) == (120, 60)
    walk.sweep(at(30, month=11))
    assert [c for c in walk.ticket.clocks if c.cycle == 1] == sealed
    assert live(walk) == []
    assert {c.kind: result(walk, c.kind, 2) for c in walk.ticket.clocks if c.cycle == 2} == {
        "primeira_resposta": "no_prazo",
        "solucao": "no_prazo",
        "finalizacao": "no_prazo",
        "validacao": "no_prazo",
        "reabertura": "cancelado",
    }


def test_pd_gets_the_steps_and_n1_never_sends_to_it() -> None:
    walk = Walk(process_of("falha_tecnica"))
    walk.open(at(13), produto="x", descricao="y")
    assert "encaminhar_pd" not in walk.keys(at(13))
    assert refused(walk, "encaminhar_pd", at(13)) == "acao_desconhecida"
    walk.do("encaminhar_n2", at(13))
    assert "encaminhar_pd" in walk.keys(at(13))  # what it needs is about to be asked
    assert refused(walk, "encaminhar_pd", at(13)) == "acao_campo"
    assert refused(walk, "encaminhar_pd", at(13), passos="  ") == "acao_campo"
    walk.do("encaminhar_pd", at(13), passos="1, 2, 3")
    assert walk.group == "P&D"
    assert walk.ticket.owner is None
    assert "encaminhar_pd" not in walk.keys(at(13))


def test_a_workaround_stops_the_first_answer_and_not_the_solution() -> None:
    walk = Walk(process_of("falha_tecnica"))
    walk.open(at(13), produto="x", descricao="y")
    walk.do("encaminhar_n2", at(13, 10))
    walk.do("paliativa", at(13, 11), paliativa="Use o outro menu")
    assert live(walk) == ["finalizacao", "solucao"]
    assert walk.place == ("n2", "aberto")
    assert walk.outcomes[-1].messages == ("paliativa",)


def test_only_a_supervisor_cancels_and_a_cancelled_clock_has_no_result() -> None:
    walk = Walk(process_of("falha_tecnica"))
    walk.open(at(13), produto="x", descricao="y")
    (shown,) = [each for each in walk.possible(at(13)) if each.action.key == "cancelar"]
    assert shown.why_not
    assert shown.why_not.code == "acao_papel"
    assert refused(walk, "cancelar", at(13)) == "acao_papel"
    walk.do("cancelar", at(13), role=BOSS)
    assert walk.place == ("cancelado", "cancelado")
    assert {result(walk, c.kind) for c in walk.ticket.clocks} == {"cancelado"}
    assert walk.possible(at(13)) == []


# A question, and a suggestion.


def test_a_question_waits_for_the_client_and_its_clocks_with_it() -> None:
    walk = Walk(process_of("duvida"))
    walk.open(at(13, 9), "baixa", produto="x", pergunta="Como?")
    walk.do("encaminhar_n2", at(13, 10))
    walk.do("perguntar", at(13, 11), text="Qual versão?")
    assert walk.place == ("cliente", "aguardando")
    assert {pause.reason for c in walk.ticket.live_clocks for pause in c.pauses} == {"informação do cliente"}
    assert [outcome.alerts for outcome in walk.sweep(at(16, 17))] == [("responsavel",)]
    walk.do("informado", at(16, 18))
    assert walk.place == ("n2", "aberto")
    assert minutes(walk, "solucao", at(19, 10)) == (180, 420 + 540 + 540 - 0)
    walk.do("responder", at(19, 10), resposta="Assim")
    walk.do("aprovar", at(19, 11))
    assert walk.ticket.state == "concluido"


def test_a_suggestion_has_no_clock_at_all() -> None:
    walk = Walk(process_of("sugestao_melhoria"))
    walk.open(at(13), produto="x", sugestao="Mais botões")
    assert workflow.due_by_severity(walk.context, {}, at(13)) == {}
    walk.do("encaminhar", at(13))
    assert refused(walk, "aceitar", at(13)) == "acao_campo"
    with pytest.raises(Refused, match="campo_invalido_texto"):
        walk.do("aceitar", at(13), parecer="Em análise.")
    walk.do("aceitar", at(13), parecer="Entra na próxima versão do produto")
    assert walk.place == ("planejada", "aguardando")
    walk.do("entregar", at(20), versao="5.0")
    assert walk.ticket.state == "concluido"
    assert walk.ticket.clocks == ()
    assert walk.sweep(at(30)) == []


# A procedure.

CASE = {
    "medico": "Dr. João",
    "procedimento": "30726034",
    "carater": "eletiva",
    "classe": "demais",
    "auditoria": "sim",
}
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


def adult(walk: Walk | None = None) -> Walk:
    walk = walk or Walk(process_of("plano_maioridade"))
    walk.open(at(13), cpf="529.982.247-25", curso="semestral")
    return walk


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
    process = process_of("plano_maioridade")
    text = FILES["plano_maioridade"].read_text("utf-8").replace('quando = [{ checklist = "incompleta" }]\n', "")
    walk = Walk(read_process(text))
    assert process != walk.process
    walk.open(at(13), cpf="529.982.247-25", curso="anual")
    walk.document("rg", at(13))
    walk.document("matricula", at(13))
    assert refused(walk, "pedir", at(13)) == "acao_documentos_completos"


def in_registry(walk: Walk | None = None) -> Walk:
    walk = adult(walk)
    for key in ("rg", "matricula", "semestre"):
        walk.document(key, at(13))
    walk.do("remeter", at(13, 12), erp="1")
    return walk


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
    text = FILES["plano_maioridade"].read_text("utf-8").replace('ir = "anterior"', 'ir = "balcao"')
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


# Booking: terms by a field, guards, pauses.


def booking(**other: str) -> Walk:
    walk = Walk(process_of("agendamento"))
    walk.open(
        at(9, 10), "alta", nome="Ana Souza", telefone="(11) 98765-4321", **{"especialidade": "cardiologia", **other}
    )
    return walk


def test_the_day_of_the_request_counts_in_a_legal_wait() -> None:
    walk = booking()
    assert due(walk, "espera") == at(30, 23, 59, 59)
    assert due(booking(especialidade="clínica médica"), "espera") == at(21, 23, 59, 59)


def test_a_clock_with_a_condition_starts_only_where_it_holds() -> None:
    assert "primeira_resposta" not in live(booking())
    walk = booking(urgente="sim", razao="dor no peito")
    assert due(walk, "primeira_resposta") == at(9, 10, 45)


def test_a_severity_without_a_target_has_no_clock() -> None:
    walk = Walk(process_of("agendamento"))
    walk.open(at(9), "baixa", nome="Ana Souza", especialidade="cardiologia")
    assert live(walk) == ["espera"]
    assert set(workflow.due_by_severity(walk.context, {}, at(9))) == {"critica", "alta", "media"}


def test_of_several_clocks_the_due_date_is_that_of_the_solution() -> None:
    promised = workflow.due_by_severity(booking().context, {"especialidade": "cardiologia"}, at(9))
    assert promised[Severity.MEDIUM] == at(9, 13, 30)
    assert promised[Severity.LOW] == at(30, 23, 59, 59)  # it has no clock to solution: the legal wait is told


def test_a_clock_is_paused_and_resumed_by_name() -> None:
    walk = booking()
    walk.do("esperar", at(9, 11))
    assert [pause.reason for pause in clock(walk, "espera").pauses] == ["Busca"]
    walk.do("surgiu", at(9, 12))
    assert clock(walk, "espera").paused_at is None
    assert minutes(walk, "espera", at(9, 13)) == (120, 60)


def test_an_action_is_offered_by_severity() -> None:
    walk = Walk(process_of("agendamento"))
    walk.open(at(9), "critica", nome="Ana Souza", especialidade="cardiologia")
    assert "esperar" not in walk.keys(at(9))
    assert refused(walk, "esperar", at(9)) == "acao_nao_cabe"


def test_booking_ends_only_after_the_data_were_confirmed() -> None:
    walk = booking()
    outcome = walk.do("reservar", at(9, 11), text="o que foi dito", hora="14h")
    assert outcome.event.text == ""  # this action takes no words
    assert refused(walk, "confirmar", at(9, 12), confirmado="não") == "acao_campo"
    assert refused(walk, "confirmar", at(9, 12)) == "acao_campo"
    walk.do("confirmar", at(9, 12), confirmado="sim", observacao="chega cedo")
    assert walk.ticket.fields["hora"] == "14:00"
    assert walk.place == ("marcado", "concluido")


def test_an_answer_that_is_not_asked_for_is_refused() -> None:
    walk = booking()
    assert refused(walk, "reservar", at(9), hora="10:00", nome="Outra Pessoa") == "acao_nao_pede"


def test_an_answer_not_in_its_stored_form_is_refused() -> None:
    walk = booking()
    with pytest.raises(Refused, match="campo_invalido"):
        workflow.act(
            walk.ticket,
            walk.context,
            "reservar",
            actor=1,
            role="",
            at=at(9),
            answer=workflow.Answer("", {"hora": "14h"}),
        )
    with pytest.raises(Refused, match="campo_invalido"):
        workflow.open_ticket(walk.ticket, walk.context, {}, {"valor": "R$ 1,00"}, Event("aberto", at(9), 1))


def test_an_answer_without_content_is_refused() -> None:
    walk = Walk(process_of("agendamento"))
    for text in ("Urgente!", "dor"):
        with pytest.raises(Refused):
            walk.typed({"razao": text})


def test_the_fields_that_are_asked_follow_the_answers() -> None:
    process = process_of("agendamento")
    assert "razao" in [rule.key for rule in workflow.fields_asked(process, {"urgente": "sim"})]
    assert "razao" not in [rule.key for rule in workflow.fields_asked(process, {})]
    action = process.step("reserva").actions[0]
    assert [rule.key for rule in workflow.fields_asked(process, {}, action)] == ["confirmado", "observacao"]


# An incident: routing, escalation, severity, cycles.


def incident_with(does: str) -> Walk:
    """One more action, `outra`, in its first step."""
    timer = '[[etapas.tempos]]\nchave = "gestor"'
    action = f'[[etapas.acoes]]\nchave = "outra"\nrotulo = "Outra"\nfaz = {{ {does} }}\n\n'
    walk = Walk(read_process(FILES["incidente"].read_text("utf-8").replace(timer, action + timer)))
    walk.open(at(9, 9), "critica")
    return walk


def incident(severity: str = "media") -> Walk:
    walk = Walk(process_of("incidente"))
    walk.open(at(9, 9), severity)
    return walk


def test_a_ticket_is_routed_by_what_was_answered() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="desenvolvimento")
    assert walk.group == "Desenvolvimento"


def test_a_missing_group_changes_nothing() -> None:
    walk = incident()
    walk.groups.pop("Desenvolvimento")
    walk.do("mandar", at(9, 10), destino="desenvolvimento")
    assert walk.group == "Suporte N1"


def test_severity_moves_the_clocks_that_run() -> None:
    walk = incident()
    assert due(walk, "solucao") == at(13, 16)
    fired = walk.sweep(at(9, 10))
    assert refused(walk, "urgencia", at(9, 11), text=" ") == "acao_sem_texto"
    outcome = walk.do("urgencia", at(9, 11))
    assert outcome.alerts == ("direcao", "grupo")
    assert walk.group == "Suporte N2"
    assert due(walk, "solucao") == at(9, 13)
    assert due(walk, "finalizacao") == at(23, 17)  # by no severity
    assert fired == []
    assert [(d.event.kind, d.event.at) for d in walk.sweep(at(9, 14))] == [
        ("prazo_atencao", at(9, 12)),
        ("prazo_vencido", at(9, 13, 0, 1)),
    ]


def test_an_answer_that_chooses_a_target_moves_its_clock() -> None:
    text = FILES["agendamento"].read_text("utf-8").replace('pede = "hora"', 'pede = ["hora", "especialidade"]')
    walk = Walk(read_process(text))
    walk.open(at(9, 10), nome="Ana Souza", especialidade="cardiologia")
    outcome = walk.do("reservar", at(13), hora="10:00", especialidade="clínica médica")
    assert [(change.op, change.kind, change.target) for change in outcome.event.clocks] == [("retarget", "espera", 7)]
    assert due(walk, "espera") == at(21, 23, 59, 59)  # from the same day as before


def test_escalation_follows_the_used_share_of_the_clock() -> None:
    walk = incident("critica")
    assert [(d.event.at, d.event.kind, d.event.text, d.alerts) for d in walk.sweep(at(13, 12))] == [
        (at(9, 12), "prazo_atencao", "solucao", ("responsavel",)),
        (at(9, 13, 0, 1), "prazo_vencido", "solucao", ("responsavel", "supervisao")),
        (at(9, 15), "tempo", "gestor", ("supervisao", "direcao")),
        (at(9, 17), "tempo", "presidencia", ("presidencia",)),
    ]
    assert walk.sweep(at(13, 12)) == []


def test_a_clock_with_a_new_target_has_a_new_breach() -> None:
    walk = incident("alta")
    walk.sweep(at(13, 17))
    walk.change_severity("baixa", at(13, 17))
    walk.sweep(at(22))
    assert [event.at for event in walk.events if event.kind == "prazo_vencido" and event.text == "solucao"] == [
        at(9, 17, 0, 1),
        at(19, 13, 0, 1),
    ]


def test_a_paused_clock_has_no_warning_and_no_breach() -> None:
    walk = incident("critica")
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 11), "fornecedor")))
    assert walk.sweep(at(16)) == []
    walk.keep(Outcome(acts.resume(walk.ticket, 1, at(16, 9))))
    assert [d.event.at for d in walk.sweep(at(16, 12))] == [at(16, 10), at(16, 11, 0, 1)]


def test_an_action_ends_a_pause_of_a_person() -> None:
    walk = incident()
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 11), "fornecedor")))
    walk.do("mandar", at(9, 12), destino="Produção")
    assert walk.place == ("equipe", "aberto")
    assert clock(walk, "solucao").paused_at is None


def test_an_action_without_a_step_does_not_end_a_pause() -> None:
    walk = incident()
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 11), "fornecedor")))
    walk.do("urgencia", at(9, 12))
    assert walk.ticket.state == "aguardando"
    assert clock(walk, "solucao").paused_at == at(9, 11)


def test_a_second_pause_has_its_own_reason() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="Produção")
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 11), "fornecedor")))
    walk.do("resolver", at(9, 12))
    assert [p.reason for p in clock(walk, "finalizacao").pauses] == ["fornecedor", "a prova de quem relatou"]


def test_a_message_and_the_usual_time() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="Produção")
    outcome = walk.do("resolver", at(9, 11))
    assert outcome.messages == ("resolvido",)
    assert process_of("agendamento").usual_time == {"aplicativo": "8min", "telefone": "10min"}
    assert process_of("plano_maioridade").messages["ao_cadastro"].group == "Cadastro"


def test_a_cycle_without_a_time_for_reopening() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="Produção")
    walk.do("resolver", at(9, 11))
    walk.do("provado", at(9, 12))
    assert live(walk) == []
    walk.do("voltou", at(1, month=12))
    assert walk.ticket.cycle == 2
    assert live(walk) == ["finalizacao", "solucao"]
    walk.do("mandar", at(1, 10, month=12), destino="Produção")
    walk.do("resolver", at(1, 11, month=12))
    walk.do("falso", at(1, 12, month=12))
    assert {c.kind: result(walk, c.kind, 2) for c in walk.ticket.clocks if c.cycle == 2} == {
        "solucao": "no_prazo",
        "finalizacao": "cancelado",
    }


def test_a_repeated_timer_fires_repeatedly() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="Produção")
    actual = [d.event.at for hour in range(10, 19) for d in walk.sweep(at(9, hour)) if d.alerts == ("grupo",)]
    assert actual == [at(9, 14), at(9, 18)]
    assert [d.event.at for d in walk.sweep(at(14, 9)) if d.alerts == ("grupo",)] == [at(13, 17)]


def test_a_new_stay_in_a_step_has_timers_of_its_own() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="Produção")
    walk.sweep(at(9, 14))
    walk.do("resolver", at(9, 15))
    walk.do("falhou", at(9, 16))
    (timer,) = [t for t in workflow.timers(walk.ticket, walk.context, walk.fired) if t.rule]
    assert timer.due_at == at(13, 11)


def test_an_effect_may_stop_and_start_the_same_clock() -> None:
    walk = incident_with('cancela = "solucao", inicia = "solucao"')
    walk.do("outra", at(9, 12))
    assert [c.started_at for c in walk.ticket.clocks if c.kind == "solucao"] == [at(9, 9), at(9, 12)]
    assert live(walk) == ["finalizacao", "solucao"]
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 13), "fornecedor")))
    walk.do("outra", at(9, 14))
    assert [(p.began_at, p.reason) for p in clock(walk, "solucao").pauses] == [(at(9, 14), "fornecedor")]


def test_of_two_stopped_clocks_only_the_newest_is_reinstated() -> None:
    walk = incident()
    walk.do("mandar", at(9, 10), destino="Produção")
    start = ClockChange("start", ClockKind.SOLUTION, calendar=DESK, basis="horas", target=60)
    for clocks in ((ClockChange("stop", ClockKind.SOLUTION), start), (ClockChange("stop", ClockKind.SOLUTION),)):
        walk.keep(Outcome(Event("x", at(9, 11), 1, clocks=clocks)))
    walk.do("resolver", at(9, 12))
    walk.do("falhou", at(9, 13))
    assert [c.started_at for c in walk.ticket.live_clocks if c.kind == "solucao"] == [at(9, 11)]


def test_going_to_the_present_step_ends_a_pause() -> None:
    walk = incident_with('ir = "triagem"')
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 10), "fornecedor")))
    walk.do("outra", at(9, 11))
    assert walk.place == ("triagem", "aberto")
    assert clock(walk, "solucao").paused_at is None
    assert walk.ticket.step_since == at(9, 11)  # it came there anew
    assert walk.ticket.former_step == ""  # and from nowhere else


def test_in_the_first_step_there_is_no_step_to_go_back_to() -> None:
    walk = incident_with('ir = "anterior"')
    assert "outra" not in walk.keys(at(9, 9))
    assert refused(walk, "outra", at(9, 9)) == "acao_sem_volta"


def test_a_timer_without_a_step_to_go_back_to_raises_an_alert() -> None:
    text = FILES["incidente"].read_text("utf-8")
    walk = Walk(read_process(text.replace('alerta = "presidencia"', 'ir = "anterior"')))
    walk.open(at(9, 9), "critica")
    assert walk.sweep(at(13))[-1].alerts == ("responsavel", "supervisao")
    assert walk.place == ("triagem", "aberto")


def test_a_condition_holds_within_the_time_of_a_paused_clock() -> None:
    text = FILES["incidente"].read_text("utf-8")
    walk = Walk(
        read_process(
            text.replace('tecla = "m"', 'tecla = "m"\nexige = [{ dentro = "solucao" }]', 1).replace(
                'exige = [{ campo = "destino", preenchido = true }]\n', ""
            )
        )
    )
    walk.open(at(9, 9), "critica")
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 10), "x")))
    assert "mandar" in walk.keys(at(30))
    walk.keep(Outcome(acts.resume(walk.ticket, 1, at(30, 10))))
    assert refused(walk, "mandar", at(30, 13, 1), destino="Produção") == "acao_fora_do_prazo"


def test_what_is_due_in_days_is_due_when_the_desk_is_open() -> None:
    walk = in_registry()
    (task,) = walk.do("devolver", at(14, 20)).tasks
    assert task.due_at == at(16, 13)  # four hours of the next open day, the 15th being a holiday
    walk = solved_on_the_thirteenth()
    (task,) = walk.do("reprovar", at(16, 20)).tasks
    assert task.due_at == at(20, 9)  # a day on, at eight in the evening: the next morning


# The service of the guide.


def test_the_service_of_the_guide_works_to_its_end() -> None:
    guide = Path(__file__).parents[2] / "docs" / "processes.md"
    (text,) = [
        text for text in re.findall(r"```toml\n(.*?)```", guide.read_text("utf-8"), re.DOTALL) if "[[etapas" in text
    ]
    walk = Walk(read_process(text))
    walk.open(at(9), quem="Ana, da recepção")
    assert walk.group == "Ouvidoria"
    assert due(walk, "retorno") == at(20, 23, 59, 59)
    walk.do("entregar", at(14), text="Lido com a equipe")
    assert walk.place == ("concluido", "concluido")
    assert result(walk, "retorno") == "no_prazo"


# Timers that cannot do what they should, and late ones.

STUCK = (
    FILES["plano_maioridade"]
    .read_text("utf-8")
    .replace("so_sistema = true\n", 'so_sistema = true\nexige = [{ campo = "erp", igual = "2" }]\n')
)


def test_an_action_that_a_timer_cannot_do_raises_an_alert() -> None:
    walk = Walk(read_process(STUCK))
    walk.open(at(13), cpf="529.982.247-25", curso="anual")
    walk.do("pedir", at(13))
    happened = walk.sweep(at(30, month=11))
    assert walk.place == ("correcao", "aguardando")
    assert [d.alerts for d in happened if d.event.text == "fim"] == [("responsavel", "supervisao")]
    assert walk.sweep(at(30, month=11)) == []


def test_a_timer_needs_no_role() -> None:
    text = FILES["plano_maioridade"].read_text("utf-8").replace("so_sistema = true", 'papeis = "supervisor"')
    walk = Walk(read_process(text))
    walk.open(at(13), cpf="529.982.247-25", curso="anual")
    walk.do("pedir", at(13))
    walk.sweep(at(30, month=11))
    assert walk.ticket.state == "abandonado"


def test_a_late_timer_is_not_before_the_last_event() -> None:
    walk = solved_on_the_thirteenth()
    walk.keep(Outcome(acts.comment(1, at(26), "ainda não vi")))
    walk.sweep(at(27))
    assert walk.place == ("concluido", "concluido")
    assert walk.ticket.closed_at == at(26)
    assert [event.at for event in walk.events] == sorted(event.at for event in walk.events)


def test_timers_move_with_the_clock() -> None:
    walk = incident("critica")
    (before,) = [t for t in workflow.timers(walk.ticket, walk.context, ()) if t.rule and t.rule.key == "gestor"]
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 10), "x")))
    assert not [t for t in workflow.timers(walk.ticket, walk.context, ()) if t.rule and t.rule.clock]
    walk.keep(Outcome(acts.resume(walk.ticket, 1, at(9, 11))))
    (after,) = [t for t in workflow.timers(walk.ticket, walk.context, ()) if t.rule and t.rule.key == "gestor"]
    assert after.key == before.key
    assert after.due_at == before.due_at + timedelta(hours=1)


def test_a_ticket_without_a_step_has_no_timers() -> None:
    walk = Walk(process_of("falha_tecnica"))
    assert walk.possible(at(9)) == []
    assert workflow.timers(walk.ticket, walk.context, ()) == []
    assert workflow.next_due(walk.ticket, walk.context, (), at(9)) is None


# Opening.


def test_opening_completes_a_ticket_that_has_only_its_protocol() -> None:
    walk = Walk(process_of("falha_tecnica"))
    walk.keep(
        Outcome(Event("registrado", at(9, 8), 3, changes=walk.ticket.change(protocol="20261009000001", process=1)))
    )
    outcome = walk.open(at(9, 9), "alta", produto="x", descricao="y")
    assert "protocol" not in outcome.event.changes
    assert walk.ticket.opened_at == at(9, 8)
    assert walk.ticket.step_since == at(9, 9)
    assert {c.started_at for c in walk.ticket.clocks} == {at(9, 9)}
    assert clock(walk, "solucao").calendar == DESK


def test_the_event_of_opening_has_the_value_that_an_effect_defines() -> None:
    walk = Walk(process_of("solicitacao_procedimento"))
    outcome = walk.open(at(9), **CASE, situacao="Negado")
    assert outcome.event.changes["campo.situacao"] == (None, "Em análise")


def test_the_person_who_opens_may_become_the_owner() -> None:
    assert adult().ticket.owner == 7
    assert adult().outcomes[0].messages == ("recibo",)


# Coverage of all processes.

TYPED = {
    "texto": "uma resposta qualquer",
    "texto_longo": "uma resposta longa o bastante",
    "numero": "3",
    "data": "20/10/2026",
    "hora": "14:00",
    "cpf": "529.982.247-25",
    "cnpj": "12ABC34501DE35",
    "cns": "898000000043208",
    "telefone": "(11) 98765-4321",
    "email": "ana@exemplo.com",
    "dinheiro": "R$ 1,00",
    "competencia": "10/2026",
    "procedimento": "10101012",
    "pessoa": "Ana Souza",
    "protocolo": "20261009000001",
}


def some_answer(process: Process, key: str, dice: random.Random) -> str:
    rule = process.field(key)
    choices = {"escolha": rule.options, "sim_nao": ("sim", "nao")}
    return dice.choice(choices[rule.type]) if rule.type in choices else TYPED[rule.type]


def random_life(process: Process, dice: random.Random) -> set[str]:
    """What was done in one history, as `step.action` and `step.timer`."""
    walk, now, done = Walk(process, replays=False), at(9, 10), set[str]()
    answers = {r.key: some_answer(process, r.key, dice) for r in process.fields if not r.later}
    walk.open(now, dice.choice(list(Severity)), **answers)
    idle = dice.choice([0.2, 0.95])
    for _ in range(25):
        now += timedelta(minutes=dice.choice([1, 90, 60 * 24, 60 * 24 * 4]))
        step = walk.ticket.step
        for outcome in walk.sweep(now):
            done.add(f"{step}.{outcome.event.action or outcome.event.text}")
            step = walk.ticket.step
        for document in process.documents:
            if dice.random() < 0.3:
                walk.document(document.key, now)
        offered = [p.action for p in walk.possible(now, BOSS) if p.why_not is None]
        if not offered or dice.random() < idle:
            continue
        action, step = dice.choice(offered), walk.ticket.step
        with suppress(Refused):  # an answer that does not do, such as "no" where a yes is needed
            walk.do(action.key, now, role=BOSS, **{key: some_answer(process, key, dice) for key in action.asks})
            done.add(f"{step}.{action.label}")
    walk.check_replay()
    ended = walk.ticket.state in ("concluido", "cancelado", "abandonado")
    assert not ended or all(clock.nature is Nature.CLIENT for clock in walk.ticket.live_clocks)
    return done | ({"ended"} if ended else set())


@pytest.mark.parametrize("name", FILES)
def test_everything_in_a_process_happens_in_some_history(name: str) -> None:
    process, done = process_of(name), set[str]()
    wanted = {"ended"}
    for step in process.steps:
        labels = {action.key: action.label for action in step.actions}
        wanted |= {f"{step.key}.{action.label}" for action in step.actions}
        wanted |= {f"{step.key}.{labels.get(timer.action or '', timer.key)}" for timer in step.timers}
    dice = random.Random(name)
    for _ in range(400):
        done |= random_life(process, dice)
        if wanted <= done:
            break
    assert wanted - done == set()
