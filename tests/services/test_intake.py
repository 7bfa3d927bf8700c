"""Intake: the number first, the due dates, the ticket in its queue, the slip."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import event

from atendimento_tui.contracts.processes import Service
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.outputs.slip import slip_lines
from atendimento_tui.services import acts, beneficiaries, catalog, intake, processes, queue
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.tickets import ticket_view
from tests.living import ANA, NOW, Living, rows, words_of

GIVEN = {"produto": "ERP", "descricao": "Não abre\n[/] nada"}

ABANDONED_AT_THE_END = """
chave = "retorno"
nome = "Retorno"
assunto = "Retorno"

[[etapas]]
chave = "fila"
nome = "Fila"
grupo = "Suporte N1"

[[etapas.acoes]]
chave = "desistir"
rotulo = "Desistir"
faz = { ir = "fim" }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "abandonado"
"""


@pytest.fixture
def failure(desk: Desk) -> Service:
    """The service of technical failures."""
    catalog.ship(desk.engine)
    return next(service for service in processes.offered(desk) if service.key == "falha_tecnica")


def begun(desk: Desk, service: Service, request: str = "begin") -> int:
    return intake.begin(desk, service.version, ANA, request, NOW).ticket


def asked(**other: object) -> intake.Intake:
    values: dict[str, object] = {"severity": Severity.HIGH, "requester": "Loja Íris", "answers": GIVEN}
    return intake.Intake(**values | other)  # type: ignore[arg-type]


class TestBegin:
    def test_the_number_is_taken_first_and_the_ticket_is_not_in_the_queue(self, desk: Desk, failure: Service) -> None:
        ticket = begun(desk, failure)
        view = ticket_view(desk, NOW, ticket_id=ticket)
        assert view.row.protocol == "12345620260302000001"
        assert view.row.state is State.ABANDONED
        assert rows(desk, "select count(*) from ticket where is_open") == [(0,)]

    def test_the_same_request_is_the_same_number(self, desk: Desk, failure: Service) -> None:
        assert begun(desk, failure) == begun(desk, failure)
        assert begun(desk, failure, "other") != begun(desk, failure)

    def test_protocols_are_numbered_by_the_local_day_of_the_desk(self, desk: Desk, failure: Service) -> None:
        last_of_the_day = NOW + timedelta(hours=14, minutes=59, seconds=59)  # in UTC it is the next day already
        instants = (NOW, NOW, last_of_the_day, last_of_the_day + timedelta(seconds=1))
        actual = [intake.begin(desk, failure.version, ANA, f"{n}", at).protocol[6:] for n, at in enumerate(instants)]
        assert actual == ["20260302000001", "20260302000002", "20260302000003", "20260303000001"]


class TestPromises:
    def test_one_for_each_severity(self, desk: Desk, failure: Service) -> None:
        due = intake.promises(desk, failure.version, {}, NOW)
        assert due == {
            Severity.CRITICAL: datetime(2026, 3, 2, 16, tzinfo=UTC),
            Severity.HIGH: datetime(2026, 3, 2, 20, tzinfo=UTC),
            Severity.MEDIUM: datetime(2026, 3, 3, 19, tzinfo=UTC),
            Severity.LOW: datetime(2026, 3, 6, 16, tzinfo=UTC),
        }

    def test_the_due_date_is_that_of_the_opened_ticket(self, desk: Desk, failure: Service, living: Living) -> None:
        ticket = begun(desk, failure)
        promised = intake.promises(desk, failure.version, GIVEN, NOW)[Severity.HIGH]
        intake.finish(desk, living.order(ticket), asked())
        solution = next(c for c in ticket_view(desk, NOW, ticket_id=ticket).clocks if c.clock.kind == "solucao")
        assert solution.term.due_at == promised


class TestFinish:
    def test_the_ticket_is_open_with_its_answers(self, desk: Desk, failure: Service, living: Living) -> None:
        ticket = begun(desk, failure)
        intake.finish(desk, living.order(ticket), asked(channel="telefone"))
        view = ticket_view(desk, NOW, ticket_id=ticket)
        assert (view.row.state, view.row.severity, view.channel) == (State.OPEN, Severity.HIGH, "telefone")
        assert ("O que acontece", GIVEN["descricao"]) in view.answers
        assert view.row.subject == "ERP: Não abre"
        assert [row.key for row in queue.listed(desk, "erp nao abre", 9, NOW)] == [ticket]

    def test_sent_again_it_is_opened_once(self, desk: Desk, failure: Service, living: Living) -> None:
        ticket = begun(desk, failure)
        intake.finish(desk, living.order(ticket, request="once"), asked())
        assert intake.finish(desk, living.order(ticket, request="once"), asked()).repeated

    def test_a_ticket_that_its_process_ended_as_abandoned_is_not_opened_again(
        self, desk: Desk, living: Living, tmp_path: Path
    ) -> None:
        (tmp_path / "retorno.toml").write_text(ABANDONED_AT_THE_END, "utf-8")
        processes.include_file(desk, tmp_path / "retorno.toml")
        [service] = [each for each in processes.offered(desk) if each.key == "retorno"]
        ticket = begun(desk, service)
        intake.finish(desk, living.order(ticket, request="once"), asked(answers={}))
        acts.act(desk, living.order(ticket), "desistir", Answer("", {}))
        assert intake.finish(desk, living.order(ticket, request="once"), asked(answers={})).repeated
        with pytest.raises(Refused, match="intake_ja_terminado"):
            intake.finish(desk, living.order(ticket), asked(answers={}))

    def test_a_comment_on_a_begun_ticket_does_not_prevent_its_opening(
        self, desk: Desk, failure: Service, living: Living
    ) -> None:
        ticket = begun(desk, failure)
        living.comment(ticket, "A ligação caiu.")
        intake.finish(desk, living.order(ticket), asked())
        assert ticket_view(desk, NOW, ticket_id=ticket).row.state is State.OPEN

    def test_a_missing_answer_is_reported_and_nothing_is_written(
        self, desk: Desk, failure: Service, living: Living
    ) -> None:
        ticket = begun(desk, failure)
        with pytest.raises(Refused, match="faltam_campos") as refused:
            intake.finish(desk, living.order(ticket), asked(answers={"produto": " "}))
        assert refused.value.values["fields"] == "Produto, O que acontece"
        assert ticket_view(desk, NOW, ticket_id=ticket).row.state is State.ABANDONED

    @pytest.mark.parametrize(("requester", "code"), [("a" * 101, "nome_longo"), ("A", "nome_curto")])
    def test_the_name_of_a_requester_is_validated(
        self, desk: Desk, failure: Service, living: Living, requester: str, code: str
    ) -> None:
        ticket = begun(desk, failure)
        with pytest.raises(Refused, match=code):
            intake.finish(desk, living.order(ticket), asked(requester=requester))
        assert ticket_view(desk, NOW, ticket_id=ticket).row.state is State.ABANDONED

    def test_an_open_ticket_is_not_opened_again(self, desk: Desk, failure: Service, living: Living) -> None:
        ticket = begun(desk, failure)
        intake.finish(desk, living.order(ticket), asked())
        with pytest.raises(Refused, match="intake_ja_terminado"):
            intake.finish(desk, living.order(ticket), asked())


class TestCost:
    """In statements, of the second one: what never changes, calendars and processes, is read once."""

    def test_the_number_of_statements_of_begin(
        self, desk: Desk, failure: Service, statements: list[tuple[str, Any]]
    ) -> None:
        begun(desk, failure)
        statements.clear()
        begun(desk, failure, "other")
        assert words_of(statements) == [
            "SELECT ticket",  # was it begun before?
            "UPDATE numbering",
            "INSERT ticket",
            "INSERT event",
        ]

    def test_an_opening_is_two_transactions(self, desk: Desk, failure: Service, living: Living) -> None:
        """The number is taken in the first transaction; everything that depends on the answers is in the second."""
        commits: list[object] = []
        event.listen(desk.engine, "commit", commits.append)
        intake.finish(desk, living.order(begun(desk, failure)), asked())
        assert len(commits) == 2

    def test_the_number_of_statements_of_finish_does_not_depend_on_the_answers(
        self, desk: Desk, failure: Service, living: Living, statements: list[tuple[str, Any]]
    ) -> None:
        first, second, third = (begun(desk, failure, f"begin-{number}") for number in range(3))
        intake.finish(desk, living.order(first), asked())
        statements.clear()
        intake.finish(desk, living.order(second), asked())
        assert words_of(statements) == [
            "SELECT ticket",  # nothing else was written about it yet
            "INSERT requester",
            "INSERT field_value",
            "INSERT event",
            "UPDATE ticket",
            "INSERT clock",  # however many
            *["INSERT message", "INSERT addressee"],
            "INSERT timer",
            "INSERT ticket_text",
            "INSERT told_date",  # in the slip and the message
        ]
        few = len(statements)
        statements.clear()
        more = {"versao": "9.1", "ambiente": "produção", "email": "a@b.com.br", "telefone": "(11) 98765-4321"}
        intake.finish(desk, living.order(third), asked(answers=GIVEN | more))
        assert len(statements) == few


class TestWhomItIsAbout:
    """The request for a procedure is about a beneficiary."""

    REQUEST: ClassVar = {
        "medico": "Dra. Helena Prado",
        "procedimento": "40304361",
        "carater": "eletiva",
        "classe": "demais",
        "auditoria": "sim",
    }

    @pytest.fixture
    def request_of_procedure(self, desk: Desk) -> Service:
        catalog.ship(desk.engine)
        return next(each for each in processes.offered(desk) if each.key == "solicitacao_procedimento")

    @pytest.mark.parametrize("nobody", [None, 0, 4711])
    def test_it_is_not_opened_without_a_confirmed_beneficiary(
        self, desk: Desk, request_of_procedure: Service, living: Living, nobody: int | None
    ) -> None:
        add_beneficiary(desk, NOW, name="Maria de Souza", cpf="52998224725")
        ticket = begun(desk, request_of_procedure)
        with pytest.raises(Refused, match="sem_beneficiario"):
            intake.finish(desk, living.order(ticket), asked(answers=self.REQUEST, beneficiary=nobody))
        assert ticket_view(desk, NOW, ticket_id=ticket).row.state is State.ABANDONED

    def test_it_is_opened_with_its_beneficiary(self, desk: Desk, request_of_procedure: Service, living: Living) -> None:
        person = add_beneficiary(desk, NOW, name="Maria de Souza", cpf="52998224725")
        ticket = begun(desk, request_of_procedure)
        intake.finish(desk, living.order(ticket), asked(answers=self.REQUEST, beneficiary=person.id))
        assert rows(desk, "select beneficiary_id from ticket where id = ?", ticket) == [(person.id,)]
        view = ticket_view(desk, NOW, ticket_id=ticket)
        assert view.beneficiary == person
        acts.act(desk, living.order(ticket), "enviar_auditoria", Answer())
        [actual] = ticket_view(desk, NOW, ticket_id=ticket).messages
        assert actual.body.startswith("A solicitação para Maria de Souza tem o protocolo")
        assert [row.key for row in queue.listed(desk, "souza", 9, NOW)] == [ticket]

    def test_a_severity_that_was_not_asked_is_not_shown(
        self, desk: Desk, request_of_procedure: Service, living: Living
    ) -> None:
        person = add_beneficiary(desk, NOW, name="Maria de Souza", cpf="52998224725")
        ticket = begun(desk, request_of_procedure)
        intake.finish(desk, living.order(ticket), asked(answers=self.REQUEST, beneficiary=person.id))
        assert not [line for line in slip_lines(intake.slip(desk, ticket, NOW)) if "Criticidade" in line]


class TestSlip:
    def test_it_has_the_due_date_and_no_details_of_the_request(
        self, desk: Desk, failure: Service, living: Living
    ) -> None:
        ticket = begun(desk, failure)
        intake.finish(desk, living.order(ticket), asked(subject="Segredo"))
        assert list(slip_lines(intake.slip(desk, ticket, NOW))) == [
            "Unidade Centro",
            "Protocolo: 123456.20260302.000001",
            "Serviço: Falha técnica",
            "Solicitante: Loja Íris",
            "Criticidade: alta",
            "Prazo da solução: seg 02/03/2026 17:00",
            "Registrado em: 02/03/2026 09:00",
        ]


class TestFindingBeneficiaries:
    @pytest.mark.parametrize(
        "typed",
        [
            "529.982.247-25",
            "52998",
            "982.247",
            "4725",
            "0012345",
            "45678",
            "98765",
            "11 98765-4321",
            "mária",
            "SOUZA mar",
        ],
    )
    def test_found_by_the_typed_text(self, desk: Desk, typed: str) -> None:
        add_beneficiary(
            desk, NOW, name="Maria de Souza", cpf="529.982.247-25", card="0012345678", phone="(11) 98765-4321"
        )
        add_beneficiary(desk, NOW, name="João Prata", born_on="1970-01-01")
        assert [person.name for person in beneficiaries.find_beneficiaries(desk, typed)] == ["Maria de Souza"]

    @pytest.mark.parametrize("typed", ["", "  ", "%", "000000"])
    def test_not_found(self, desk: Desk, typed: str) -> None:
        add_beneficiary(desk, NOW, name="Maria de Souza", cpf="52998224725")
        assert beneficiaries.find_beneficiaries(desk, typed) == []
