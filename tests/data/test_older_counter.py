"""The migrations of papers, procedures, bills and remittances: an older desk with tickets takes all of them."""

from datetime import date
from pathlib import Path

from atendimento_tui.contracts.papers import Way
from atendimento_tui.domain.remittances import IN_BATCH
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, papers, procedures, proof, remittances
from atendimento_tui.services.audit import differences
from atendimento_tui.services.bill_import import import_bills
from atendimento_tui.services.bills import bills_of_ticket
from atendimento_tui.services.desk import open_desk
from tests.databases import Databases
from tests.living import CELIA
from tests.older import make_older
from tests.services.test_processes import ProcessTicket, local
from tests.some_bills import bill, files, row

NOW = local(13, 10)
SCHOOL = {"instituicao": "Colégio São José", "erp": "2026/004178"}
DOCUMENTS = ("rg", "cpf", "matricula", "frequencia")


def test_tickets_of_an_older_desk_have_papers_codes_bills_and_remittances(databases: Databases, tmp_path: Path) -> None:
    with databases.copied() as source:
        with open_desk(source, NOW) as desk:
            before = ProcessTicket(desk, NOW).open("plano_maioridade", Severity.MEDIUM, **SCHOOL)
            history = before.view().history
        older = databases.new()
        try:
            make_older(source, older, "0034")
            with open_desk(older, NOW) as desk:
                life = ProcessTicket(desk, NOW, before.ticket, before.requests)
                assert life.view().history == history
                # A document of the old ticket travels; its paper was not asked for then, and can be given.
                for document in DOCUMENTS:
                    acts.check_document(desk, life.order(), document, "recebido")
                life.act("levar")
                closed = remittances.close(desk, "Cadastro", NOW)
                assert (closed.number, closed.items, closed.pending) == (1, 4, 4)
                assert [each.is_due for each in life.view().papers] == [False]
                papers.give(desk, life.order(), "protocolo", Way("arquivo", folder=tmp_path))
                # Codes and bills are imported into empty tables, and found by their indexes.
                assert procedures.is_empty(desk)
                procedures.include_examples(desk, NOW)
                assert [each.procedure.code for each in procedures.find_procedures(desk, "artroplastia joelho", NOW)]
                person = life.view().beneficiary
                assert person
                march = bill(date(2026, 3, 10), 12345)
                line = row(person.cpf, "03/2026", march, "123,45", "10/03/2026")
                assert import_bills(desk, *files(tmp_path, line), NOW, lambda *_: None).new == 1
                assert [each.code for each in bills_of_ticket(desk, life.ticket)] == [march.code]
                # A new ticket asks for its paper, and its documents fill the next batch.
                life.open("plano_maioridade", Severity.MEDIUM, **SCHOOL)
                assert [each.name for each in life.view().papers if each.is_due] == [
                    "Protocolo de entrega de documentos"
                ]
                for document in DOCUMENTS:
                    acts.check_document(desk, life.order(CELIA), document, "recebido")
                life.act("levar")
                assert {each.state for each in remittances.listed(desk)[1] if each.ticket == life.ticket} == {IN_BATCH}
                assert (differences(desk), proof.prove(desk).faults) == ([], ())
        finally:
            databases.drop(older)
