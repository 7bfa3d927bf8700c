"""Processes through the services, on a database: actions, timers, and crashes."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.tickets import ActDone, ClockView, Order, TicketView
from atendimento_tui.data.engine import Connection, writing
from atendimento_tui.data.repositories.calendars import store_calendar
from atendimento_tui.data.repositories.numbering import next_in_series
from atendimento_tui.demo import walks
from atendimento_tui.domain import workflow
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.domain.workflow.effects import Outcome, TakeNumber
from atendimento_tui.outputs import as_text
from atendimento_tui.services import acts, catalog, intake, processes
from atendimento_tui.services import sweep as sweeping
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.proof import prove
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.refusals import sentence
from tests.databases import mostly_on_files, on_files, on_server
from tests.domain.walk import FILES, HERE
from tests.full import IN_FULL
from tests.living import ANA, BRUNO, CELIA, audited, confirmed, rows, words_of
from tests.secret import set_groups
from tests.warm import forking

SAO_PAULO = ZoneInfo("America/Sao_Paulo")

FAULT = "falha_tecnica"

OTHERS = sorted(HERE.glob("*.toml"))
"""Services that are written for the tests only."""

OTHER_CALENDAR = CalendarSpec.model_validate({"name": "Cadastro", "week": {"ter,qui": ("09:00-18:00",)}})


def local(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 4) -> datetime:
    """An instant of 2026 by the wall of São Paulo. Its 21 April (a Tuesday) and 1 May (a Friday) are holidays."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=SAO_PAULO)


@dataclass
class ProcessTicket:
    """One ticket of a process, and the time in hand."""

    desk: Desk
    now: datetime
    ticket: int = 0
    requests: Iterator[int] = field(default_factory=count)

    def order(self, actor: int | None = ANA) -> Order:
        return Order(self.ticket, actor, f"pedido-{next(self.requests)}", self.now)

    def open(self, service: str, severity: Severity = Severity.MEDIUM, **answers: str) -> "ProcessTicket":
        [offered] = [each for each in processes.offered(self.desk) if each.key == service]
        begun = intake.begin(self.desk, offered.version, ANA, f"pedido-{next(self.requests)}", self.now)
        self.ticket = begun.ticket
        about = confirmed(self.desk, offered, self.now)
        details = intake.Intake(severity, "Hospital São Lucas", "", "telefone", about, answers)
        intake.finish(self.desk, self.order(), details)
        return self

    def at(self, *when: int, **more: int) -> "ProcessTicket":
        self.now = local(*when, **more)
        return self

    def act(self, action: str, text: str = "", actor: int = ANA, **values: str) -> ActDone:
        return acts.act(self.desk, self.order(actor), action, Answer(text, values))

    def refused(self, action: str, text: str = "", actor: int = ANA, **values: str) -> str:
        before = self.view()
        with pytest.raises(Refused) as raised:
            self.act(action, text, actor, **values)
        assert self.view().history == before.history
        return raised.value.code

    def view(self, role: str = "supervisor") -> TicketView:
        return ticket_view(self.desk, self.now, ticket_id=self.ticket, role=role)

    def clock(self, kind: str, cycle: int = 1) -> ClockView:
        return [c for c in self.view().clocks if c.clock.kind == kind and c.clock.cycle == cycle][-1]

    @property
    def step(self) -> str:
        return self.view().row.step

    def events(self, kind: str) -> list[tuple[datetime, str]]:
        """When (by the wall) and what, of the events of a kind."""
        lines = [line for line in self.view().history if line.kind == kind]
        return [(line.at.astimezone(SAO_PAULO), line.action or line.text) for line in lines]

    def messages(self) -> list[tuple[datetime, str]]:
        return [(m.at.astimezone(SAO_PAULO), m.subject.partition(": ")[2]) for m in self.view().messages]


@pytest.fixture
def life(desk: Desk) -> ProcessTicket:
    """Friday, 10 April, ten minutes before the desk closes."""
    return ProcessTicket(desk, local(10, 17, 50))


def fault(life: ProcessTicket, severity: Severity = Severity.CRITICAL) -> ProcessTicket:
    return life.open(FAULT, severity, produto="Prontuário", descricao="Não abre")


def solved(life: ProcessTicket) -> ProcessTicket:
    """Solved on Wednesday, 15 April, by N2: seven business days later is Monday, 27 April, over Tiradentes."""
    fault(life)
    life.at(13, 9, 30).act("encaminhar_n2", "Causa desconhecida.")
    life.at(15, 11).act("solucionar", solucao="Reiniciar o serviço.")
    return life


class TestTheLifeOfAFault:
    def test_opened_on_friday_evening_its_clocks_run_from_monday(self, life: ProcessTicket) -> None:
        fault(life)
        assert life.step == "Atendimento N1"
        assert life.clock("primeira_resposta").term.due_at == local(13, 9, 50)
        assert life.clock("solucao").term.due_at == local(13, 12, 50)
        assert [subject for _, subject in life.messages()] == [""]
        assert life.view().messages[0].body.endswith("Prazo para a solução: seg 13/04/2026 12:50.")

    def test_it_goes_through_the_levels_to_the_client(self, life: ProcessTicket) -> None:
        fault(life)
        life.at(13, 9, 30)
        assert life.refused("encaminhar_n2") == "acao_sem_texto"
        life.act("encaminhar_n2", "Causa desconhecida.")
        assert life.clock("primeira_resposta").result == "no_prazo"
        assert (life.step, life.view().row.group) == ("Investigação N2", "Suporte N2")
        life.at(13, 10)
        assert life.refused("encaminhar_pd") == "acao_campo"
        life.act("encaminhar_pd", passos="Abrir o prontuário com dois convênios.")
        life.at(14, 15).act("liberar", versao_corrigida="8.2.1")
        life.at(15, 11).act("solucionar", solucao="Aplicada a 8.2.1.")
        assert life.step == "Aguardando validação do cliente"
        assert life.clock("solucao").result == "fora_do_prazo"
        assert life.clock("finalizacao").term.paused_at == local(15, 11)
        assert life.clock("validacao").term.due_at == local(27, 23, 59, 59)
        assert dict(life.view().answers)["Passos para reproduzir"] == "Abrir o prontuário com dois convênios."
        assert [task.text for task in life.view().tasks] == ["Ligar e explicar a solução passo a passo"]

    def test_a_rejection_goes_back_to_the_former_step_and_validation_time_does_not_count(
        self, life: ProcessTicket
    ) -> None:
        solved(life)
        worked = life.clock("solucao").worked_s
        life.at(17, 10).act("reprovar", "Voltou a falhar.")
        assert (life.step, life.clock("validacao").result) == ("Investigação N2", "cancelado")
        assert life.clock("solucao").worked_s == worked
        life.at(17, 12)
        assert life.clock("solucao").worked_s == worked + 2 * 3600
        life.act("solucionar", solucao="Trocado o disco.")
        assert life.clock("solucao").worked_s == worked + 2 * 3600
        assert life.clock("validacao").term.due_at == local(29, 23, 59, 59)

    def test_reminded_every_second_business_day_and_closed_at_the_end_of_the_seventh(self, life: ProcessTicket) -> None:
        solved(life)
        for day in (17, 22, 24):
            assert sweep(life.desk, local(day, 10, 59)) == 0
            assert sweep(life.desk, local(day, 11)) == 1
        assert sweep(life.desk, local(27, 23, 59, 58)) == 0
        life.now = local(27, 23, 59, 58)
        assert life.events("tempo") == [
            (local(17, 11), "lembrete"),
            (local(22, 11), "lembrete"),
            (local(24, 11), "lembrete"),
        ]
        assert life.step == "Aguardando validação do cliente"
        assert sweep(life.desk, local(27, 23, 59, 59)) == 1
        life.now = local(28, 9)
        assert life.events("acao")[-1] == (local(27, 23, 59, 59), "Fechado sem validação")
        assert life.view().history[-1].actor is None
        assert life.view().closed_at == local(27, 23, 59, 59)
        assert life.clock("finalizacao").result in ("no_prazo", "fora_do_prazo")

    def test_after_days_without_the_program_it_ends_the_same_with_the_last_reminder_only(
        self, life: ProcessTicket
    ) -> None:
        solved(life)
        assert sweep(life.desk, local(6, 15, month=5)) == 2
        life.at(6, 15, month=5)
        happened = [line for line in life.view().history if line.actor is None and line.kind in ("tempo", "acao")]
        assert [line.at for line in happened] == [local(24, 11), local(27, 23, 59, 59)]  # fmt: skip
        recorded = rows(life.desk, "select distinct recorded_at from event where kind = 'tempo'")
        assert len(recorded) == 1
        assert sweep(life.desk, local(6, 16, month=5)) == 0

    def test_due_timers_fire_before_an_act(self, life: ProcessTicket) -> None:
        solved(life).at(28, 10)
        with pytest.raises(Refused) as raised:
            life.act("aprovar")
        assert raised.value.code == "acao_de_outra_etapa"
        assert life.step == "Concluído"

    def test_reopened_on_the_last_day_in_a_second_cycle(self, life: ProcessTicket) -> None:
        solved(life)
        # Ten days after Monday, 27 April, is Thursday, 7 May.
        life.at(7, 23, 59, 58, month=5)
        sweep(life.desk, life.now)
        sealed = [(c.clock.kind, c.result) for c in life.view().clocks if c.clock.kind != "reabertura"]
        life.act("reabrir", "Voltou.")
        assert (life.step, life.view().cycle) == ("Investigação N2", 2)  # where the work stopped
        assert life.clock("solucao", 2).clock.started_at == life.now
        assert [
            (c.clock.kind, c.result) for c in life.view().clocks if c.clock.cycle == 1 and c.clock.kind != "reabertura"
        ] == sealed

    def test_refused_the_day_after(self, life: ProcessTicket) -> None:
        solved(life).at(8, 0, month=5)
        sweep(life.desk, life.now)
        [reopen] = life.view().actions
        assert reopen.why_not
        assert reopen.why_not[0] == "acao_fora_do_prazo"
        assert life.refused("reabrir", "Voltou.") == "acao_fora_do_prazo"

    def test_only_a_supervisor_cancels(self, life: ProcessTicket) -> None:
        fault(life)
        assert life.refused("cancelar", "Duplicado.", actor=BRUNO) == "acao_papel"
        life.act("cancelar", "Duplicado.", actor=ANA)
        assert {c.result for c in life.view().clocks} == {"cancelado"}


class TestClocksThatWarn:
    def test_warned_and_broken_at_their_instants(self, life: ProcessTicket) -> None:
        fault(life).at(13, 18)
        sweep(life.desk, life.now)
        assert (local(13, 9, 35), "primeira_resposta") in life.events("prazo_atencao")
        assert (local(13, 9, 50, 1), "primeira_resposta") in life.events("prazo_vencido")
        assert (local(13, 12, 50, 1), "solucao") in life.events("prazo_vencido")
        assert rows(life.desk, "select count(*) from alert where who = 'supervisao'") == [(3,)]

    def test_a_warning_does_not_conflict_with_an_act(self, life: ProcessTicket) -> None:
        fault(life)
        seen = life.view().row.version
        life.at(13, 17)
        order = Order(life.ticket, ANA, "visto", life.now, seen)
        acts.act(life.desk, order, "encaminhar_n2", Answer("Segue."))
        assert life.step == "Investigação N2"

    def test_a_higher_severity_may_make_a_clock_overdue_at_once(self, life: ProcessTicket) -> None:
        fault(life, Severity.LOW)
        life.at(14, 10)
        acts.raise_severity(life.desk, life.order(), Severity.CRITICAL, "O cliente ligou.")
        sweep(life.desk, life.now)
        # By then the clocks have run ten minutes, a whole day and an hour: 10h10.
        assert life.events("prazo_vencido")[0] == (local(13, 17, 50, 1), "primeira_resposta")
        broken = {(local(14, 10), kind) for kind in ("primeira_resposta", "solucao", "finalizacao")}
        assert set(life.events("prazo_vencido")[1:]) == broken  # the first answer's too: it was promised anew


class TestHandingOver:
    def test_to_a_person_and_to_a_group(self, life: ProcessTicket) -> None:
        fault(life)
        acts.hand_over(life.desk, life.order(), "Você conhece.", owner=BRUNO)
        assert life.view().row.owner_id == BRUNO
        [group] = [number for number, name in rows(life.desk, "select id, name from staff_group") if name == "P&D"]
        acts.hand_over(life.desk, life.order(), "É código.", group=group)
        assert (life.view().row.owner_id, life.view().row.group) == (None, "P&D")

    def test_it_needs_a_reason_and_another_group_or_person(self, life: ProcessTicket) -> None:
        fault(life)
        for reason, owner, code in ((" ", BRUNO, "encaminhar_sem_motivo"), ("x", None, "ja_esta_com")):
            with pytest.raises(Refused) as raised:
                acts.hand_over(life.desk, life.order(), reason, owner=owner)
            assert raised.value.code == code


class TestTasks:
    def test_a_task_is_done_once(self, life: ProcessTicket) -> None:
        solved(life)
        [task] = life.view().tasks
        acts.finish_task(life.desk, life.order(), task.id)
        [task] = life.view().tasks
        assert task.done_at == life.now
        assert life.events("tarefa") == [(life.now, "Ligar e explicar a solução passo a passo")]
        with pytest.raises(Refused) as raised:
            acts.finish_task(life.desk, life.order(), task.id)
        assert raised.value.code == "tarefa_ja_feita"
        with pytest.raises(Refused) as raised:
            acts.finish_task(life.desk, life.order(), 99)
        assert raised.value.code == "tarefa_desconhecida"


SMALL = """
chave = "carteirinha_nova"
nome = "Carteirinha nova"
solicitante = "beneficiario"
[prazos.solucao]
alvo = "1h"
[[campos]]
chave = "motivo"
rotulo = "Motivo"
tipo = "escolha"
opcoes = ["extravio", "outro"]
depois = true
[[campos]]
chave = "qual"
rotulo = "Qual motivo"
obrigatorio = true
depois = true
quando = [{ campo = "motivo", igual = "outro" }]
[[campos]]
chave = "numero"
rotulo = "Número"
depois = true
[[documentos]]
chave = "rg"
nome = "RG"
porque = "identifica quem pede"
[ao_abrir]
inicia = "solucao"
[[etapas]]
chave = "balcao"
nome = "Balcão"
grupo = "Guichê novo"
[[etapas.acoes]]
chave = "imprimir"
rotulo = "Imprimir"
tecla = "i"
pede = ["motivo", "qual"]
texto = "nenhum"
exige = [{ checklist = "completa" }]
faz = { ir = "fim", numera = "numero" }
[[etapas]]
chave = "fim"
nome = "Entregue"
estado = "concluido"
"""


class TestAServiceDroppedIn:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "carteirinha_nova.toml"
        path.write_text(SMALL, "utf-8")
        return path

    def test_an_included_service_works_without_code(self, life: ProcessTicket, file: Path) -> None:
        processes.include_file(life.desk, file, make_groups=True)
        life.open("carteirinha_nova")
        assert life.view().row.group == "Guichê novo"
        assert life.refused("imprimir", motivo="extravio") == "acao_documentos"
        acts.check_document(life.desk, life.order(), "rg", "ilegível")
        assert life.refused("imprimir", motivo="extravio") == "acao_documentos"
        acts.check_document(life.desk, life.order(), "rg", "recebido")
        assert life.refused("imprimir", motivo="outro") == "acao_campo"
        life.act("imprimir", motivo="outro", qual="Molhou")
        assert dict(life.view().answers) == {"Motivo": "outro", "Qual motivo": "Molhou", "Número": "2026000001"}
        assert [text for _, text in life.events("documento")] == ["RG: ilegível", "RG: recebido"]

    def test_its_usual_time_is_shown_by_channel(self, life: ProcessTicket, file: Path) -> None:
        file.write_text(
            SMALL.replace("[prazos.solucao]", 'tempo_tipico = { telefone = "10min" }\n[prazos.solucao]'), "utf-8"
        )
        processes.include_file(life.desk, file, make_groups=True)
        view = life.open("carteirinha_nova").view()
        assert view.usual_time == "10min"
        took = replace(view, process_time=timedelta(minutes=6, seconds=40))
        assert "levou: 6m40s (costuma levar 10min)" in list(as_text.ticket(took, life.now, life.desk.zone))

    def test_an_answer_that_an_action_does_not_ask_is_refused(self, life: ProcessTicket, file: Path) -> None:
        processes.include_file(life.desk, file, make_groups=True)
        life.open("carteirinha_nova")
        acts.check_document(life.desk, life.order(), "rg", "recebido")
        life.act("imprimir", motivo="extravio", numero="7")
        assert dict(life.view().answers)["Número"] == "2026000001"

    def test_running_tickets_keep_their_version(self, life: ProcessTicket, file: Path) -> None:
        processes.include_file(life.desk, file, make_groups=True)
        life.open("carteirinha_nova")
        file.write_text(SMALL.replace('nome = "Balcão"', 'nome = "Guichê"'), "utf-8")
        processes.include_file(life.desk, file, make_groups=True)
        assert life.step == "Balcão"
        assert [s.process.steps[0].name for s in processes.offered(life.desk) if s.key == "carteirinha_nova"] == [
            "Guichê"
        ]
        database = life.desk.engine.url.render_as_string(hide_password=False)
        with audited(database) as again:  # what ships with the program stays away
            names = [s.process.steps[0].name for s in processes.offered(again) if s.key == "carteirinha_nova"]
        assert names == ["Guichê"]

    def test_a_newly_shipped_version_does_not_replace_the_desks_own(self, life: ProcessTicket, file: Path) -> None:
        def offered() -> list[str]:
            return [s.process.name for s in processes.offered(life.desk) if s.key == "carteirinha_nova"]

        def ship(name: str) -> None:
            with writing(life.desk.engine) as connection:
                catalog.include(connection, [SMALL.replace("Carteirinha nova", name)], shipped=True)

        ship("Carteirinha nova 1")
        ship("Carteirinha nova 2")
        assert offered() == ["Carteirinha nova 2"]
        processes.include_file(life.desk, file, make_groups=True)
        ship("Carteirinha nova 3")
        assert offered() == ["Carteirinha nova"]

    def test_a_missing_group_is_reported_and_created_only_on_request(self, life: ProcessTicket, file: Path) -> None:
        file.write_text(SMALL.replace("Guichê novo", "suporte n-1"), "utf-8")
        groups = rows(life.desk, "SELECT name FROM staff_group ORDER BY id")
        with pytest.raises(Refused) as raised:
            processes.include_file(life.desk, file)
        assert (raised.value.code, raised.value.values["groups"]) == ("grupos_faltando", {"suporte n-1": "Suporte N1"})
        text = sentence(raised.value.code, raised.value.values)
        assert "\n  “suporte n-1” (aqui há “Suporte N1”: é esse?)\n" in text
        assert "repita com --criar-grupos" in text
        assert "carteirinha_nova" not in [service.key for service in processes.offered(life.desk)]
        assert rows(life.desk, "SELECT name FROM staff_group ORDER BY id") == groups
        processes.include_file(life.desk, file, make_groups=True)
        assert rows(life.desk, "SELECT name FROM staff_group ORDER BY id") == [*groups, ("suporte n-1",)]
        processes.include_file(life.desk, file)

    def test_a_missing_calendar_is_reported(self, life: ProcessTicket, file: Path) -> None:
        file.write_text(SMALL.replace('alvo = "1h"', 'alvo = "1h"\ncalendario = "Cadastro"'), "utf-8")
        with pytest.raises(Refused) as raised:
            processes.include_file(life.desk, file)
        assert raised.value.code == "servico_sem_calendario"
        assert raised.value.values["word"] == "Cadastro"

    @mostly_on_files("name", sorted(path.stem for path in OTHERS), "maioridade")
    def test_every_step_of_a_service_with_every_word_of_the_format_is_reached(
        self, life: ProcessTicket, name: str
    ) -> None:
        """Among them, these files use every word of the format (`tests/domain/test_process.py` sees to it)."""
        with writing(life.desk.engine) as connection:
            store_calendar(connection, OTHER_CALENDAR, life.now)
        process = processes.include_file(life.desk, Path(FILES[name]), make_groups=True)
        life.at(13, 10)
        [version] = [each.version for each in processes.offered(life.desk) if each.key == process.key]
        context = life.desk.context(Ticket(process=version))
        assert context
        if process.secrecy:  # only members open its tickets
            for person in (ANA, BRUNO, CELIA):
                set_groups(life.desk, person, context.groups[process.secrecy])
        found = walks.walks(context)
        by_itself = {"abandonado"} if name == "maioridade" else set()  # where only a timer brings it
        assert found.keys() == {step.key for step in process.steps} - by_itself
        for step, way in found.items():
            life.open(process.key, Severity.MEDIUM, **way.answers)
            for action, answer in way.acts:
                walks.do_act(life.desk, life.order(CELIA), action, answer)
            assert life.step == process.step(step).name
            assert life.view().row.group in process.groups()
        sweep(life.desk, local(13, 10, month=8))
        assert differences(life.desk) == []

    def test_an_invalid_file_is_refused_with_place_and_nearest_word(self, life: ProcessTicket, file: Path) -> None:
        file.write_text(SMALL.replace('ir = "fim"', 'ir = "fin"'), "utf-8")
        with pytest.raises(Refused) as raised:
            processes.include_file(life.desk, file)
        assert raised.value.code == "processo_desconhecido"
        found = raised.value.values
        assert found["path"] == str(file)
        assert (found["place"], found["word"], found["nearest"]) == (
            "etapas.balcao.acoes.imprimir.faz.ir",
            "fin",
            "fim",
        )
        with pytest.raises(Refused) as raised:
            processes.validate_file(file.with_name("nada.toml"))
        assert raised.value.code == "arquivo_ilegivel"


class TestManyWindows:
    def test_concurrent_sweeps_fire_each_timer_once(self, life: ProcessTicket) -> None:
        solved(life)
        for _ in range(6):
            other = ProcessTicket(life.desk, local(10, 17, 50), requests=(n for n in count(next(life.requests) * 1000)))
            solved(other)
        fired = "select ticket_id, key from timer where fired_at is not null"
        before = len(rows(life.desk, fired))
        path, context = life.desk.engine.url.render_as_string(hide_password=False), forking()
        with context.Pool(3) as pool:
            counts = pool.starmap(_sweep_all, [(path, local(6, 15, month=5))] * 3)
        keys = rows(life.desk, fired)
        assert sum(counts) == 7 * 2
        assert len(keys) == len(set(keys)) == before + sum(counts)
        assert rows(life.desk, "select count(*) from event where request_id like 'tempo:%'") == [(len(keys),)]

    def test_a_sweep_may_be_left_to_others(self, life: ProcessTicket) -> None:
        solved(life)
        assert sweep(life.desk, local(6, 15, month=5), stopped=lambda: True) == 0
        assert sweep(life.desk, local(6, 15, month=5)) == 2

    def test_a_writer_waits_for_a_bounded_number_of_timers(
        self, life: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Between two transactions of a sweep somebody else writes at once."""
        monkeypatch.setattr(sweeping, "AT_ONCE", 3)
        for number in range(2):
            solved(ProcessTicket(life.desk, local(10, 17, 50), requests=count(1000 * number)))
        fired, by_then = "select count(*) from event where request_id like 'tempo:%'", []
        with open_desk(life.desk.file or life.desk.engine.url.render_as_string(hide_password=False), life.now) as other:
            waiting = solved(ProcessTicket(other, local(10, 17, 50), requests=count(2000)))
            waiting.at(15, 12)
            before = rows(other, fired)[0][0]

            def looks_for_more(connection: Connection) -> None:
                if not connection.get_execution_options().get("writes"):
                    acts.comment(other, waiting.order(), "Liguei para o cliente.")
                    by_then.append(rows(other, fired)[0][0] - before)

            event.listen(life.desk.engine, "begin", looks_for_more)
            assert sweep(life.desk, local(6, 15, month=5)) == 6
        assert by_then == [0, 3, 6, 6], "what has fired may have freed a slot that somebody waits for"

    def test_a_sweep_that_is_stopped_commits_what_has_fired(self, life: ProcessTicket) -> None:
        solved(life)
        solved(ProcessTicket(life.desk, local(10, 17, 50), requests=count(1000)))
        late, stops = local(6, 15, month=5), chain((False, False, False), repeat(True))
        assert sweep(life.desk, late, stopped=lambda: next(stops)) == 3
        assert sweep(life.desk, late) == 1

    def test_a_timer_that_takes_a_number_is_the_last_of_its_transaction(
        self, life: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Others wait for the next number: two sweeps that hold tickets and a number could wait for each other."""
        solved(life)
        solved(ProcessTicket(life.desk, local(10, 17, 50), requests=count(1000)))
        fire, times, commits = workflow.fire_timer, count(1), count()

        def takes_a_number_at_first(*given: Any) -> Outcome:
            outcome = fire(*given)
            effect = (TakeNumber("guia", "guia"),) if next(times) == 1 else ()
            return replace(outcome, effects=(*outcome.effects, *effect))

        def note(connection: Connection) -> None:
            if connection.get_execution_options().get("writes"):
                next(commits)

        monkeypatch.setattr(workflow, "fire_timer", takes_a_number_at_first)
        event.listen(life.desk.engine, "commit", note)
        assert sweep(life.desk, local(6, 15, month=5)) == 4
        assert next(commits) == 2  # one timer, then the other three

    def test_a_fault_in_one_timer_does_not_undo_those_before_it(
        self, life: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        solved(life)
        solved(ProcessTicket(life.desk, local(10, 17, 50), requests=count(1000)))
        late, fired = local(6, 15, month=5), "select count(*) from timer where fired_at is not null"
        before, fire, times = rows(life.desk, fired)[0][0], workflow.fire_timer, count(1)

        def fails_at_the_third(*given: Any) -> Outcome:
            if next(times) in (3, 6):  # the third, and again after the two before it have been repeated
                raise _Fault
            return fire(*given)

        monkeypatch.setattr(workflow, "fire_timer", fails_at_the_third)
        with pytest.raises(_Fault):
            sweep(life.desk, late)
        assert rows(life.desk, fired) == [(before + 2,)]
        assert rows(life.desk, "select count(*) from event where request_id like 'tempo:%'") == [(before + 2,)]
        assert sweep(life.desk, late) == 2

    @on_server
    def test_locked_tickets_are_skipped_while_others_are_due(self, life: ProcessTicket) -> None:
        solved(life)
        other = solved(ProcessTicket(life.desk, local(10, 17, 50), requests=count(1000)))
        twice, happened = (
            chain((False, False), repeat(True)),
            "select ticket_id from event where request_id like 'tempo:%'",
        )
        before = Counter(rows(life.desk, happened))
        with writing(life.desk.engine) as connection:
            connection.exec_driver_sql("select id from ticket where id = %s for update", (life.ticket,))
            assert sweep(life.desk, local(6, 15, month=5), stopped=lambda: next(twice)) == 2
        assert Counter(rows(life.desk, happened)) - before == {(other.ticket,): 2}
        assert sweep(life.desk, local(6, 15, month=5)) == 2


class _Fault(Exception):
    """A fault of a rule."""


class _Killed(BaseException):
    """The process dies here."""


@contextmanager
def killed_at(desk: Desk, statement: int) -> Iterator[list[int]]:
    """The process dies before its n-th statement; the list has the statements that were sent."""
    spoken = [0]

    def listen(_connection: Any, _cursor: Any, words: str, *_: Any) -> None:
        if words.startswith("BEGIN"):  # before it nothing has happened yet
            return
        spoken[0] += 1
        if spoken[0] == statement:
            raise _Killed

    event.listen(desk.engine, "before_cursor_execute", listen)
    try:
        yield spoken
    finally:
        event.remove(desk.engine, "before_cursor_execute", listen)


@pytest.mark.usefixtures("one_salt")
@on_files  # states are compared to the letter, and a server gives no number twice, also not one of what was undone
class TestKilled:
    """Whatever statement it dies at, repeating the request gives the same result."""

    def test_in_a_sweep(self, life: ProcessTicket, tmp_path: Path) -> None:
        solved(life)
        self.look(life, tmp_path, lambda desk: sweep(desk, local(6, 15, month=5)))

    def test_in_an_action(self, life: ProcessTicket, tmp_path: Path) -> None:
        fault(life).at(13, 9, 30)
        order = life.order()
        self.look(
            life, tmp_path, lambda desk: acts.act(desk, order, "solucionar", Answer("", {"solucao": "Reiniciar."}))
        )

    def test_in_an_intake(self, life: ProcessTicket, tmp_path: Path) -> None:
        [version] = [each.version for each in processes.offered(life.desk) if each.key == FAULT]

        def take(desk: Desk) -> object:
            begun = intake.begin(desk, version, ANA, "numero", life.now)
            order = Order(begun.ticket, ANA, "fim", life.now)
            answers = {"produto": "Prontuário", "descricao": "Não abre"}
            return intake.finish(desk, order, intake.Intake(Severity.HIGH, "Loja", answers=answers))

        self.look(life, tmp_path, take)

    def look(self, life: ProcessTicket, folder: Path, do: Callable[[Desk], object]) -> None:
        source = Path(str(life.desk.engine.url.database))
        life.desk.engine.dispose()
        whole = self._copied(source, folder / "whole.db", lambda desk: self._counted(desk, do))
        statements = whole[0]
        assert statements > 10
        for at in range(1, statements + 1) if IN_FULL else (1, *range(4, statements, 4), statements):
            _, ended = self._copied(source, folder / f"{at}.db", partial(self._twice, do=do, at=at))
            assert ended == whole[1]

    def _copied(self, source: Path, path: Path, do: Callable[[Desk], Any]) -> tuple[Any, object]:
        shutil.copyfile(source, path)
        with audited(path) as desk:
            return do(desk), self._state(desk)

    def _counted(self, desk: Desk, do: Callable[[Desk], object]) -> int:
        with killed_at(desk, -1) as spoken:
            do(desk)
        return spoken[0]

    def _twice(self, desk: Desk, do: Callable[[Desk], object], at: int) -> None:
        dying = open_desk(str(desk.engine.url.database), local(10, 17, 50))
        with killed_at(dying, at), pytest.raises(_Killed):
            do(dying)
        dying.close()
        do(desk)

    def _state(self, desk: Desk) -> object:
        tables = (
            "ticket",
            "event",
            "clock",
            "clock_pause",
            "field_value",
            "message",
            "addressee",
            "task",
            "alert",
            "timer",
            "numbering",
        )
        return [rows(desk, f"select * from {table} order by 1") for table in tables]  # noqa: S608


def _sweep_all(path: str, now: datetime) -> int:
    desk = open_desk(path, now)
    try:
        return sweep(desk, now.astimezone(UTC))
    finally:
        desk.close()


def test_a_moved_timer_fires_at_its_new_instant(life: ProcessTicket) -> None:
    solved(life)
    with life.desk.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("update timer set due_at = '2026-04-16 00:00:00.000000' where fired_at is null")
    assert sweep(life.desk, local(16, 12)) == 0
    assert sweep(life.desk, local(17, 11) + timedelta(seconds=1)) == 1


# What it costs, in statements, of the second ticket: what never changes, calendars and processes, is read once.

BEFORE_IT_IS_DECIDED = [
    "SELECT timer",  # what was due before happens before
    "SELECT ticket",  # was it done before?
    "SELECT ticket",
    "SELECT clock",
    "SELECT field_value",
]


def test_the_number_of_statements_of_an_action(life: ProcessTicket, statements: list[tuple[str, Any]]) -> None:
    for _ in range(2):
        fault(life)
        statements.clear()
        life.act("encaminhar_n2", "Causa desconhecida.")
    assert words_of(statements) == [
        *BEFORE_IT_IS_DECIDED,
        "INSERT event",
        "UPDATE ticket",
        "SELECT clock",
        "UPDATE clock",  # the first answer stops
        "SELECT requester",  # told in the message
        *["INSERT message", "INSERT addressee"],
        "SELECT timer",
        "DELETE timer",  # however many
        "INSERT ticket_text",
    ]


def test_the_number_of_statements_of_a_solution(life: ProcessTicket, statements: list[tuple[str, Any]]) -> None:
    for _ in range(2):
        fault(life).act("encaminhar_n2", "Causa desconhecida.")
        statements.clear()
        life.act("solucionar", solucao="Reiniciar o serviço.")
    assert words_of(statements) == [
        *BEFORE_IT_IS_DECIDED,
        "INSERT field_value",
        "INSERT event",
        "UPDATE ticket",
        "SELECT clock",
        *["UPDATE clock", "INSERT clock_pause"],  # the solution stops, the completion rests
        "INSERT clock",  # the validation
        "SELECT requester",
        *["INSERT message", "INSERT addressee"],
        "INSERT task",
        "SELECT timer",
        "DELETE timer",
        "INSERT timer",
        "INSERT ticket_text",
    ]


def test_a_severity_raised_into_a_target_starts_its_clock_and_lowered_out_of_it_cancels_it(life: ProcessTicket) -> None:
    """The booking promises no answer within hours where the severity is low."""
    with writing(life.desk.engine) as connection:
        store_calendar(connection, OTHER_CALENDAR, life.now)
    processes.include_file(life.desk, FILES["consulta"], make_groups=True)
    life.at(13, 9).open("consulta", Severity.LOW, nome="Ana Souza", especialidade="cardiologia")
    severities = ((10, Severity.HIGH), (11, Severity.CRITICAL), (12, Severity.LOW), (13, Severity.MEDIUM))
    actual = []
    for hour, severity in severities:
        life.at(13, hour)
        acts.raise_severity(life.desk, life.order(), severity, "ligou de novo")
        solution = life.clock("solucao")
        actual.append((solution.term.due_at.astimezone(SAO_PAULO), solution.result))
    assert actual == [
        (local(13, 12), None),
        (local(13, 11), None),
        (local(13, 11), "cancelado"),
        (local(13, 17, 30), None),
    ]
    assert rows(life.desk, "SELECT unpromised FROM ticket") == [("primeira_resposta",)]
    assert differences(life.desk) == []


class TestCorrecting:
    """An answer given at intake, corrected later."""

    def test_clock_history_and_audit_agree_after_a_correction(self, life: ProcessTicket) -> None:
        life.open(
            "solicitacao_procedimento",
            medico="Dra. Íris Prado",
            procedimento="40304361",
            carater="eletiva",
            classe="OPME",
            auditoria="sim",
        )
        assert life.clock("auditoria").clock.target == 10
        life.at(13, 10)
        order = life.order()
        acts.correct_answer(life.desk, order, "classe", "DEMAIS", "A guia diz outra classe.")
        assert acts.correct_answer(life.desk, order, "classe", "demais", "A guia diz outra classe.").repeated
        assert life.clock("auditoria").clock.target == 5
        last = life.view().history[-1]
        assert (last.kind, last.actor, last.text) == ("corrigido", "Ana Lima", "A guia diz outra classe.")
        assert last.corrected == (("Classe", "OPME", "demais"),)
        assert differences(life.desk) == []

    def test_the_process_decides_who_may_correct(self, life: ProcessTicket) -> None:
        fault(life)
        assert {each.key for each in life.view("atendente").corrections} == {
            "produto", "versao", "ambiente", "email", "telefone"
        }  # fmt: skip
        assert life.view("importado").corrections == ()
        with pytest.raises(Refused, match="correcao_nao_prevista"):
            acts.correct_answer(life.desk, life.order(), "descricao", "Outra coisa", "Porque sim.")


def test_messages_are_held_until_the_desk_opens(life: ProcessTicket) -> None:
    """The client hears of the solution on Tuesday, when the desk opens; so does whom an alert calls."""
    solved(life)
    life.at(15, 18, 5).act("reprovar", "Não abre ainda.")
    life.at(16, 10).act("solucionar", solucao="Trocado o disco.")
    actual = [(message.at.astimezone(SAO_PAULO), message.held_until) for message in life.view().messages[-2:]]
    assert actual == [(local(15, 18, 5), local(16, 9).astimezone(UTC)), (local(16, 10), None)]


NUMBERED = """
chave = "{key}"
nome = "{key}"
[[campos]]
chave = "lote"
rotulo = "Lote"
depois = true
{series}
[[campos]]
chave = "guia"
rotulo = "Guia"
depois = true
[ao_abrir]
numera = "lote"
[[etapas]]
chave = "fila"
nome = "Fila"
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = {{ ir = "fim" }}
[[etapas.tempos]]
chave = "guia"
apos = "1h"
faz = {{ numera = "guia" }}
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


def test_services_share_a_named_series_and_otherwise_have_their_own(life: ProcessTicket, tmp_path: Path) -> None:
    """Opening numbers, and a timer does. What was numbered before series had names goes on from there."""
    with writing(life.desk.engine) as connection:
        for _ in range(4):
            next_in_series(connection, "guia 2026")
    shared = 'serie = "remessa"'
    for key, series in (("um", shared), ("dois", shared), ("tres", ""), ("quatro", "")):
        file = tmp_path / f"{key}.toml"
        file.write_text(NUMBERED.format(key=key, series=series), "utf-8")
        processes.include_file(life.desk, file)
    life.at(13, 9)
    actual = []
    for key in ("um", "dois", "tres", "um", "quatro", "tres"):
        life.open(key)
        sweep(life.desk, local(13, 10))
        actual.append(tuple(value for _, value in life.view().answers))
    assert actual == [
        ("2026000001", "2026000005"),
        ("2026000002", "2026000005"),
        ("2026000001", "2026000005"),
        ("2026000003", "2026000006"),
        ("2026000001", "2026000005"),
        ("2026000002", "2026000006"),
    ]
    assert differences(life.desk) == []
    assert prove(life.desk).faults == ()


@pytest.mark.parametrize(
    ("statement", "series", "missing"),
    [
        ("UPDATE field_value SET text = '2026000009' WHERE text = '2026000002'", "remessa 2026", 2),
        ("UPDATE numbering SET last = 4 WHERE series = 'remessa 2026'", "remessa 2026", 4),
        ("DELETE FROM numbering WHERE series = 'remessa 2026'", "remessa 2026", 1),
        ("UPDATE field_value SET text = '2026000001' WHERE text = '2026000003'", "remessa 2026", 1),
        ("UPDATE field_value SET text = '2026000009' WHERE text = '2026000006'", "um.guia 2026", 6),
    ],
)
def test_a_number_of_a_service_that_is_missing_or_given_twice_is_found(
    life: ProcessTicket, tmp_path: Path, statement: str, series: str, missing: int
) -> None:
    with writing(life.desk.engine) as connection:
        for _ in range(4):
            next_in_series(connection, "guia 2026")
    for key in ("um", "dois"):
        file = tmp_path / f"{key}.toml"
        file.write_text(NUMBERED.format(key=key, series='serie = "remessa"'), "utf-8")
        processes.include_file(life.desk, file)
    life.at(13, 9)
    for key in ("um", "dois", "um"):
        life.open(key)
        sweep(life.desk, local(13, 10))
    assert prove(life.desk).faults == ()
    with writing(life.desk.engine) as connection:
        connection.exec_driver_sql(statement)
    gaps = [fault.values for fault in prove(life.desk).faults if fault.code == "numeracao_falha"]
    assert [(gap["series"], gap["missing"]) for gap in gaps] == [(series, missing)]


class TestAllAtOnce:
    """What is wrong in a form is refused at once, each under its field."""

    def test_at_intake(self, life: ProcessTicket) -> None:
        with pytest.raises(Refused) as raised:
            life.open(FAULT, email="sem arroba", telefone="1", versao="9")
        beside = {key: refusal.code for key, refusal in raised.value.refusal.beside.items()}
        assert beside == {
            "produto": "campo_vazio",
            "descricao": "campo_vazio",
            "email": "campo_invalido_email",
            "telefone": beside["telefone"],
        }
        assert raised.value.code == "formulario"

    def test_missing_answers_are_reported_as_missing(self, life: ProcessTicket) -> None:
        with pytest.raises(Refused) as raised:
            life.open(FAULT)
        assert raised.value.code == "faltam_campos"
        assert set(raised.value.refusal.beside) == {"produto", "descricao"}
