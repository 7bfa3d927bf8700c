"""Documents as rows: what came and how, what was decided, what is missing, and who waits for it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from atendimento_tui.data.engine import writing
from atendimento_tui.data.repositories.documents import compute_documents, differing
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.documents import ACCEPTED, RECEIVED, REFUSED
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, Recorded
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services import acts, attachments, documents, effects, intake, processes, proof
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.services.unit_of_work import begin_work
from tests.databases import on_files
from tests.living import ANA, BRUNO, NOW, Living, audited, rows
from tests.older import make_older

SERVICE = """
chave = "mudanca"
nome = "Mudança"

[[campos]]
chave = "vive"
rotulo = "O titular vive"
tipo = "sim_nao"
obrigatorio = true
corrige = ["atendente", "supervisor"]

[[documentos]]
chave = "rg"
nome = "RG"
porque = "identifica quem pede"

[[documentos]]
chave = "obito"
nome = "Certidão de óbito"
quando = { campo = "vive", igual = "nao" }
copia = ["copia", "arquivo"]

[mensagens.pede]
canal = "whatsapp"
texto = "Faltam: {faltam}."

[ao_abrir]
inicia = "solucao"

[prazos.solucao]
alvo = "16h"

[[etapas]]
chave = "balcao"
nome = "Balcão"

[[etapas.acoes]]
chave = "pedir"
rotulo = "Pedir"
faz = { mensagem = "pede", ir = "balcao" }

[[etapas.acoes]]
chave = "fim"
rotulo = "Finalizar"
exige = [{ checklist = "aceita" }]
faz = { ir = "fim" }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture
def ticket(desk: Desk, living: Living, tmp_path: Path) -> int:
    """A ticket whose holder has died."""
    (tmp_path / "mudanca.toml").write_text(SERVICE)
    processes.include_file(desk, tmp_path / "mudanca.toml")
    return open_ticket(living)


def open_ticket(living: Living, vive: str = "nao", requester: str = "Zélia") -> int:
    version = next(each.version for each in processes.offered(living.desk) if each.key == "mudanca")
    begun = intake.begin(living.desk, version, ANA, living.request(), living.now)
    form = intake.Intake(Severity.LOW, requester, "", "", None, {"vive": vive})
    intake.finish(living.desk, living.order(begun.ticket), form)
    return begun.ticket


def record(living: Living, ticket: int, key: str, recorded: Recorded, actor: int = ANA) -> None:
    acts.record_document(living.desk, living.order(ticket, actor), key, recorded)


def stored(desk: Desk) -> list[tuple[object, ...]]:
    return rows(desk, "SELECT key, is_needed, state, way, asked_again, due_on FROM ticket_document ORDER BY key")


def assert_proven(desk: Desk) -> None:
    assert [fault.code for fault in proof.prove(desk).faults] == []


def test_a_document_is_followed_from_the_counter_to_the_department(desk: Desk, living: Living, ticket: int) -> None:
    """The counter's day: one is seen, one comes as a file, the department refuses it, it comes again, all is right."""
    assert stored(desk) == [("obito", True, "pedido", "", 0, ""), ("rg", True, "pedido", "", 0, "")]
    record(living, ticket, "rg", Recorded(RECEIVED, "original"))
    attachments.attach(desk, living.order(ticket), "óbito.pdf", b"%PDF-1.4 ilegivel")
    seq = attachments.attachments_of(desk, ticket_id=ticket)[-1].seq
    record(living, ticket, "obito", Recorded(RECEIVED, "arquivo", attachment=seq), BRUNO)
    living.wait(days=1)
    with pytest.raises(Refused) as refused:
        acts.act(desk, living.order(ticket), "fim", Answer("", {}))
    assert refused.value.values["missing"] == "RG, Certidão de óbito"
    why = Recorded(REFUSED, reason=" falta\na\x1b segunda página ", said_by="Cadastro", due=date(2026, 3, 20))
    record(living, ticket, "obito", why)
    assert stored(desk)[0] == ("obito", True, "recusado", "arquivo", 1, "2026-03-20")
    [view] = [each for each in ticket_view(desk, NOW, ticket_id=ticket).documents if each.key == "obito"]
    assert (view.attachment, view.reason, view.said_by) == ((1, "óbito.pdf", 1), "falta a segunda página", "Cadastro")
    assert (view.arrived_at, view.arrived_by) == (NOW, "Bruno Castro")
    assert (view.decided_at, view.decided_by) == (NOW + timedelta(days=1), "Ana Lima")
    acts.act(desk, living.order(ticket), "pedir", Answer("", {}))
    message = ticket_view(desk, NOW, ticket_id=ticket).messages[-1]
    assert message.body == "Faltam: Certidão de óbito (falta a segunda página)."
    record(living, ticket, "obito", Recorded(RECEIVED, "copia"))
    for key in ("rg", "obito"):
        record(living, ticket, key, Recorded(ACCEPTED, said_by="Cadastro"))
    acts.act(desk, living.order(ticket), "fim", Answer("", {}))
    assert stored(desk)[0] == ("obito", True, "aceito", "copia", 1, "")
    assert documents.waiting(desk) == []
    assert_proven(desk)


def test_a_file_of_another_ticket_is_refused(desk: Desk, living: Living, ticket: int) -> None:
    other = open_ticket(living)
    attachments.attach(desk, living.order(other), "a.pdf", b"%PDF-1.4")
    seq = attachments.attachments_of(desk, ticket_id=other)[0].seq
    with pytest.raises(Refused) as refused:
        record(living, ticket, "obito", Recorded(RECEIVED, "arquivo", attachment=seq))
    assert refused.value.code == "documento_sem_anexo"


def test_an_answer_that_changes_changes_what_is_needed(desk: Desk, living: Living, ticket: int) -> None:
    acts.correct_answer(desk, living.order(ticket), "vive", "sim", "era o pai")
    assert [row[0] for row in stored(desk)] == ["rg"]
    acts.correct_answer(desk, living.order(ticket), "vive", "não", "engano")
    record(living, ticket, "obito", Recorded(RECEIVED, "copia"))
    acts.correct_answer(desk, living.order(ticket), "vive", "sim", "era o pai")
    assert stored(desk)[0] == ("obito", False, "recebido", "copia", 0, "")
    assert [each.missing[0].name for each in documents.waiting(desk)] == ["RG"]
    assert_proven(desk)


def test_tickets_that_wait_are_listed_with_what_is_missing_the_longest_first(
    desk: Desk, living: Living, ticket: int
) -> None:
    living.wait(hours=1)
    second = open_ticket(living, "sim", "Ávila")
    record(living, second, "rg", Recorded(RECEIVED, "copia"))
    living.wait(hours=1)
    record(living, ticket, "rg", Recorded(RECEIVED, "original"))
    first, last = documents.waiting(desk)
    assert (first.ticket, first.person, first.service, first.step) == (ticket, "Zélia", "Mudança", "Balcão")
    assert [(each.name, each.state) for each in first.missing] == [("Certidão de óbito", "pedido")]
    assert [(each.name, each.since) for each in first.to_check] == [("RG", NOW + timedelta(hours=2))]
    assert first.since == NOW
    assert (last.ticket, last.missing, last.since) == (second, (), NOW + timedelta(hours=1))


def test_rows_are_computed_anew_from_the_tickets(desk: Desk, living: Living, ticket: int) -> None:
    """As a migration does, also from the verdicts of older events."""
    record(living, ticket, "rg", Recorded(REFUSED, reason="vencido"))
    before = stored(desk)
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("DELETE FROM ticket_document")
        assert [*differing(connection)] == [ticket_view(desk, NOW, ticket_id=ticket).row.protocol]
    assert [fault.code for fault in proof.prove(desk).faults] == ["documentos_diferem"]
    with writing(desk.engine) as connection:
        compute_documents(connection)
    assert stored(desk) == before
    assert_proven(desk)


def test_verdicts_of_older_versions_of_the_program_are_read_and_go_on(desk: Desk, living: Living, ticket: int) -> None:
    """They are events, which never change: `recebido`, or the reason."""
    for values in ({"documento_rg": "recebido"}, {"documento_obito": "falta assinatura"}):
        order = living.order(ticket)
        with writing(desk.engine) as connection:
            work = begin_work(connection, desk, order, Permission.DOCUMENT)
            assert work
            changes = work.before.change_fields(values)
            effects.write(work, Outcome(Event("documento", work.at, ANA, text="x", changes=changes)))
    assert stored(desk) == [("obito", True, "recusado", "", 1, ""), ("rg", True, "recebido", "", 0, "")]
    views = {each.key: each for each in ticket_view(desk, NOW, ticket_id=ticket).documents}
    assert (views["rg"].is_here, views["rg"].arrived_at) == (True, None)
    assert views["obito"].reason == "falta assinatura"
    assert_proven(desk)
    record(living, ticket, "obito", Recorded(RECEIVED, "copia"))
    for key in ("rg", "obito"):
        record(living, ticket, key, Recorded(ACCEPTED))
    acts.act(desk, living.order(ticket), "fim", Answer("", {}))
    assert_proven(desk)


@on_files
def test_a_desk_of_an_older_version_gets_the_rows_of_its_running_tickets(
    desk: Desk, living: Living, ticket: int, tmp_path: Path
) -> None:
    record(living, ticket, "rg", Recorded(REFUSED, reason="vencido"))
    before, older = stored(desk), tmp_path / "older.db"
    make_older(str(desk.file), older, "0030")
    with audited(older) as migrated:
        assert stored(migrated) == before
        assert_proven(migrated)


def test_a_day_of_correction_is_read_as_people_write_it() -> None:
    assert documents.correction_day("") is None
    assert documents.correction_day("20/03/2026") == date(2026, 3, 20)
    with pytest.raises(Refused):
        documents.correction_day("31/02/2026")
