"""The rules of a ticket in the services of the support desk: complete histories."""

from datetime import timedelta

import pytest

from atendimento_tui.domain import workflow
from atendimento_tui.domain.refusals import Refused
from tests.domain.histories import (
    CLOSING,
    LAST_DAY,
    clock,
    due,
    live,
    minutes,
    refused,
    result,
    solved_on_the_thirteenth,
)
from tests.domain.walk import BOSS, Walk, at, process_of

# A technical failure.


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
    assert refused(walk, "encaminhar_pd", at(13)) == "acao_de_outra_etapa"
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
