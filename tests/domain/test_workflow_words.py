"""The words of the format, in processes that only tests have."""

import pytest

from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import ClockChange, Event
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.domain.workflow.effects import Outcome
from tests.domain.histories import (
    clock,
    due,
    in_registry,
    incident,
    incident_with,
    live,
    minutes,
    refused,
    result,
    solved_on_the_thirteenth,
)
from tests.domain.walk import DESK, FILES, Walk, at, process_of

# Booking: terms by a field, guards, pauses.


def booking(**other: str) -> Walk:
    walk = Walk(process_of("consulta"))
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
    walk = Walk(process_of("consulta"))
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
    walk = Walk(process_of("consulta"))
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
    walk = Walk(process_of("consulta"))
    for text in ("Urgente!", "dor"):
        with pytest.raises(Refused):
            walk.typed({"razao": text})


def test_the_fields_that_are_asked_follow_the_answers() -> None:
    process = process_of("consulta")
    assert "razao" in [rule.key for rule in workflow.fields_asked(process, {"urgente": "sim"})]
    assert "razao" not in [rule.key for rule in workflow.fields_asked(process, {})]
    action = process.step("reserva").actions[0]
    assert [rule.key for rule in workflow.fields_asked(process, {}, action)] == ["confirmado", "observacao"]


# An incident: routing, escalation, severity, cycles.


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
    text = FILES["consulta"].read_text("utf-8").replace('pede = "hora"', 'pede = ["hora", "especialidade"]')
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
    assert process_of("consulta").usual_time == {"aplicativo": "8min", "telefone": "10min"}
    assert process_of("maioridade").messages["ao_cadastro"].group == "Cadastro"


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
