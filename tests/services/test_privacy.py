"""Personal data: exported for the person, held, and erased with every chain intact."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary
from sqlmodel import AutoString

from atendimento_tui import outputs
from atendimento_tui.contracts.external import AddNumber
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data import tables
from atendimento_tui.data.engine import file_of, plain, writing
from atendimento_tui.data.queries.attachments import attachments_of
from atendimento_tui.data.queries.messages import messages_of
from atendimento_tui.data.queries.remittances import items_of_ticket
from atendimento_tui.data.repositories import remittances
from atendimento_tui.data.repositories.received import insert_files
from atendimento_tui.data.repositories.tasks import insert_task
from atendimento_tui.domain.privacy import DELETED, OF_A_PERSON, kept_until
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.remittances import Verdict
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import (
    acts,
    attachments,
    beneficiaries,
    bill_import,
    intake,
    privacy,
    processes,
    proof,
    received,
    safekeeping,
)
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.tickets import ticket_view
from tests.an_agenda import booked, doctor, furnish
from tests.databases import on_files
from tests.living import ANA, NOW, rows
from tests.some_bills import bill, files
from tests.some_bills import row as bill_row

SERVICE = """
chave = "queixa"
nome = "Queixa"
area = "operadora"
solicitante = "beneficiario"
assunto = "{o_que}"

[prazos.solucao]
alvo = "16h"

[[campos]]
chave = "o_que"
rotulo = "O que houve"

[[campos]]
chave = "classe"
rotulo = "Classe"
tipo = "escolha"
opcoes = ["cobrança", "rede"]

[[campos]]
chave = "nascimento_do_filho"
rotulo = "Nascimento do filho"
tipo = "data"
pessoal = true

[[campos]]
chave = "email"
rotulo = "E-mail"
tipo = "email"

[mensagens.recebida]
canal = "whatsapp"
assunto = "Queixa de {beneficiario}"
texto = "Recebemos, {solicitante}: {o_que}"

[ao_abrir]
inicia = "solucao"
mensagem = "recebida"

[[etapas]]
chave = "fila"
nome = "Fila"
grupo = "Recepção"

[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = { ir = "fim", tarefa = { texto = "Avisar" } }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""

SECRETS = (
    *("Zulmira", "Quaresma", "52998224725", "529.982.247-25", "987654321", "0012345678", "19800312", "Jacarandá"),
    *("zulmira.q", "fraturou", "Neta Adelaide", "laudo-da-zulmira", "segredo do laudo", "Telefonou chorando"),
    *("pergunta se a filha", "Ipanema", "2015-06-07", "rasgado pelo marido", "Marta disse"),
)
"""Pieces of what the desk knows of her: names, numbers, addresses, texts, the name and the content of a file."""

CLOSED = NOW + timedelta(days=1)
LATER = CLOSED + timedelta(days=6 * 366)


@pytest.fixture
def offered(desk: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "queixa.toml"
    path.write_text(SERVICE, "utf-8")
    processes.include_file(desk, path, make_groups=True)
    return desk


def order(ticket: int, name: str, now: datetime = NOW) -> Order:
    return Order(ticket, ANA, f"{name}-{ticket}", now)


def zulmira(desk: Desk) -> int:
    """A beneficiary of whom much is known."""
    person = beneficiaries.add_beneficiary(
        desk,
        NOW,
        name="Zulmira Quaresma",
        cpf="529.982.247-25",
        card="0012345678",
        phone="(11) 98765-4321",
        born_on="12/03/1980",
        email="zulmira.q@exemplo.com.br",
        street="Rua Ipanema",
        cep="01310-100",
        city="São Paulo",
        uf="SP",
    )
    beneficiaries.change_record(desk, person.id, {"mother": "Adelaide Jacarandá"}, NOW)
    return person.id


def complained(desk: Desk, person: int | None, name: str = "Zulmira Quaresma", text: str = "A filha fraturou") -> int:
    """An open ticket with answers, a comment, a pause, a message and a file."""
    [service] = [each for each in processes.offered(desk) if each.key == "queixa"]
    begun = intake.begin(desk, service.version, ANA, f"begin-{person}", NOW)
    hers = {"email": "zulmira.q@exemplo.com.br", "nascimento_do_filho": "07/06/2015"}
    answers = {"o_que": text, "classe": "rede", **(hers if name.startswith("Zulmira") else {})}
    details = intake.Intake(Severity.HIGH, name, "", "telefone", person, answers)
    ticket = intake.finish(desk, order(begun.ticket, "finish"), details).ticket
    if name.startswith("Zulmira"):
        acts.comment(desk, order(ticket, "comment"), "Telefonou chorando; Neta Adelaide ao lado")
        acts.pause(desk, order(ticket, "pause"), "pergunta se a filha já saiu")
        acts.resume(desk, order(ticket, "resume", NOW + timedelta(hours=1)))
        content = b"%PDF-1.4 segredo do laudo"
        attachments.attach(desk, order(ticket, "attach", NOW + timedelta(hours=2)), "laudo-da-zulmira.pdf", content)
        refused_by_a_department(desk, ticket)
    return ticket


def refused_by_a_department(desk: Desk, ticket: int) -> None:
    """Her document was in a remittance, and the department said why it does not take it."""
    with writing(desk.engine) as connection:
        batch = remittances.insert_batch(connection, 1, 2025, NOW)
        remittances.insert_items(connection, batch, ticket, [("rg", "RG")], NOW, ANA)
        remittances.close_batch(connection, batch, 2025, 1, NOW, ANA)
        [item] = items_of_ticket(connection, ticket)
        verdict = Verdict("recusado", "rasgado pelo marido", "Marta disse por telefone")
        remittances.decide_item(connection, item.id, verdict, NOW, ANA)


def closed(desk: Desk, ticket: int) -> int:
    acts.act(desk, order(ticket, "close", CLOSED), "fim", Answer())
    return ticket


@pytest.fixture
def gone(offered: Desk) -> tuple[int, int, int]:
    """Zulmira, her closed ticket, and the closed ticket of somebody else."""
    person = zulmira(offered)
    other = beneficiaries.add_beneficiary(offered, NOW, name="Otávio Reis", cpf="111.444.777-35").id
    return (
        person,
        closed(offered, complained(offered, person)),
        closed(offered, complained(offered, other, "Otávio", "Demora")),
    )


def everything(desk: Desk) -> str:
    """All rows of all tables as one text."""
    names = [each.name for each in plain(tables.Ticket).metadata.sorted_tables]
    found = "\n".join(str(rows(desk, f'SELECT * FROM "{name}"')) for name in names)  # noqa: S608
    return found + "".join(str(desk.contents.get(key)) for key in desk.contents.sizes())


def left(text: str) -> list[str]:
    return [piece for piece in SECRETS if piece.casefold() in text.casefold()]


def test_nothing_of_the_person_is_left_in_any_row_and_every_chain_holds(
    offered: Desk, gone: tuple[int, int, int]
) -> None:
    person, ticket, other = gone
    assert len(left(everything(offered))) > 12
    before = ticket_view(offered, LATER, ticket_id=other)
    done = privacy.anonymise(offered, person, "pedido da própria pessoa", LATER)
    assert (done.name, done.tickets, done.is_scrubbed) == (f"Anonimizado {person}", 1, True)
    assert left(everything(offered)) == []
    assert proof.prove(offered).faults == ()
    assert differences(offered) == []
    assert ticket_view(offered, LATER, ticket_id=other) == before
    view = ticket_view(offered, LATER, ticket_id=ticket)
    assert dict(view.answers) == {"Classe": "rede"}
    assert [each.kind for each in view.history][-1:] == ["anonimizado"]


@on_files
def test_no_byte_is_left_in_the_file_beside_it_or_in_a_new_copy(
    offered: Desk, gone: tuple[int, int, int], tmp_path: Path
) -> None:
    path = file_of(offered.engine.url)
    assert path

    def on_disk() -> list[str]:
        files = [each for each in path.parent.iterdir() if each.is_file() and each.name.startswith(path.name)]
        return left("".join(each.read_bytes().decode("latin-1") for each in files))

    assert len(on_disk()) > 8
    assert privacy.anonymise(offered, gone[0], "pedido da própria pessoa", LATER).is_scrubbed
    assert on_disk() == []
    copy = safekeeping.copy_desk(offered, LATER, tmp_path / "copia.db")
    assert left(Path(copy.path).read_bytes().decode("latin-1")) == []


def refusal(desk: Desk, person: int, now: datetime = LATER, reason: str = "pedido da própria pessoa") -> str:
    before = everything(desk)
    with pytest.raises(Refused) as refused:
        privacy.anonymise(desk, person, reason, now)
    assert everything(desk) == before
    return refused.value.code


def test_anonymising_is_refused_while_something_binds(offered: Desk) -> None:
    person = zulmira(offered)
    ticket = complained(offered, person)
    assert refusal(offered, person) == "anonimizar_cedo"
    closed(offered, ticket)
    assert refusal(offered, person, CLOSED + timedelta(days=4 * 365)) == "anonimizar_cedo"
    assert refusal(offered, person, reason="sim") == "sem_motivo_de_ver"
    privacy.hold(offered, person, "ação judicial", LATER, seen="")
    privacy.hold(offered, person, "ação judicial", LATER, seen="")  # sent again
    for reason, seen in (("outra ação", ""), ("", "outra ação")):
        with pytest.raises(Refused, match="retido_por_outro_motivo") as held:
            privacy.hold(offered, person, reason, LATER, seen=seen)
        assert held.value.values == {"reason": "ação judicial"}
    assert refusal(offered, person) == "anonimizar_retido"
    privacy.hold(offered, person, "", LATER, seen="ação judicial")
    with pytest.raises(Refused) as other:
        privacy.anonymise(offered, person, "pedido da própria pessoa", LATER, typed="Otávio")
    assert (other.value.code, [*other.value.refusal.beside]) == ("nome_nao_confere", ["typed"])
    assert left(everything(offered))
    privacy.anonymise(offered, person, "pedido da própria pessoa", LATER, typed=" zulmira QUARESMA")
    assert refusal(offered, person) == "ja_anonimizado"
    assert refusal(offered, 10_000) == "beneficiario_desconhecido"


TOLD_BY_OTHERS = {
    *("beneficiary", "requester", "ticket", "clock_pause", "ticket_text", "addressee", "message_file"),
    *("remittance_item", "attached_content", "trail_value"),
}
"""Tables that the preview does not count: the record itself, and what belongs to counted rows."""


def test_what_would_be_erased_is_told_and_nothing_changes(offered: Desk) -> None:
    person = zulmira(offered)
    ticket = complained(offered, person)
    before = everything(offered)
    soon = privacy.erasure(offered, person, LATER)
    assert soon.refusal == Refusal("anonimizar_cedo", {"years": 5})
    assert everything(offered) == before
    closed(offered, ticket)
    found = privacy.erasure(offered, person, LATER)
    assert (found.name, found.tickets, found.refusal) == ("Zulmira Quaresma", 1, None)
    assert {"name", "cpf", "mother", "street"} <= {*found.items}
    assert {*found.rows} | TOLD_BY_OTHERS == {*OF_A_PERSON}
    assert found.rows["attachment"] == found.rows["message"] == 1
    assert found.rows["field_value"] == 3  # not the choice, which stays
    lines = "\n".join(outputs.privacy.erasure_lines(found))
    assert "Nome da mãe" in lines
    assert "Jacarandá" not in lines
    privacy.anonymise(offered, person, "pedido da própria pessoa", LATER)
    gone = privacy.erasure(offered, person, LATER)
    assert gone.refusal == Refusal("ja_anonimizado")
    assert not any(gone.rows.values())


def test_a_message_that_waits_binds(offered: Desk, gone: tuple[int, int, int]) -> None:
    _set(offered, "UPDATE addressee SET state = 'pendente'")
    assert refusal(offered, gone[0]) == "anonimizar_cedo"


def _set(desk: Desk, statement: str) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_those_whose_data_need_not_be_kept_are_listed(offered: Desk, gone: tuple[int, int, int]) -> None:
    person = gone[0]
    assert privacy.expired(offered, CLOSED + timedelta(days=4 * 365)) == []
    [first, second] = privacy.expired(offered, LATER)
    assert {first.name, second.name} == {"Zulmira Quaresma", "Otávio Reis"}
    assert (first.since.isoformat(), first.tickets) == ("2031-03-04", 1)
    privacy.hold(offered, person, "ação judicial", LATER)
    assert [each.name for each in privacy.expired(offered, LATER)] == ["Otávio Reis"]
    privacy.hold(offered, person, "", LATER)
    privacy.anonymise(offered, person, "pedido da própria pessoa", LATER)
    assert [each.name for each in privacy.expired(offered, LATER)] == ["Otávio Reis"]


def test_the_person_gets_everything_complete_and_the_record_says_who_gave_it(
    offered: Desk, gone: tuple[int, int, int]
) -> None:
    data = privacy.export_person(offered, gone[0], "pedido da própria pessoa", LATER)
    exported = json.dumps(outputs.privacy.as_json(data, offered.zone), ensure_ascii=False)
    wanted = ("Zulmira", "529.982.247-25", "fraturou", "Telefonou chorando", "laudo-da-zulmira", "Recebemos")
    assert [piece for piece in wanted if piece not in exported] == []
    assert "Otávio" not in exported
    assert data.changes[-1].kind == "exportado"
    assert "Telefonou chorando" in "\n".join(outputs.privacy.lines(data, offered.zone))
    sheet = outputs.privacy.sheet(data, offered.unit, offered.zone)
    assert outputs.pdf.pdf_bytes(sheet, LATER).startswith(b"%PDF")


BILL = bill(date(2026, 4, 10), 12_345)

IN_EXPORT = {
    "beneficiary": "Adelaide Jacarandá",
    "beneficiary_contact": "outra.zulmira@exemplo.com.br",
    "beneficiary_address": "Rua Ipanema",
    "requester": "Zulmira Quaresma",
    "ticket": "A filha fraturou",
    "event": "Telefonou chorando",
    "field_value": "2015-06-07",
    "message": "Recebemos",
    "addressee": "telefone-da-zulmira",
    "received": "resposta-da-zulmira@exemplo.com.br",
    "message_file": "laudo-da-zulmira.pdf",
    "task": "Avisar a filha",
    "attachment": "laudo-da-zulmira.pdf",
    "external_number": "CRM-88123",
    "bill": BILL.code,
    "booking": "encaixe da Zulmira",
    "remittance_item": "rasgado pelo marido",
    "trail_value": "ação judicial da Zulmira",
}
"""Table -> something of the person that stands in it."""

READ_AS = {"bill": (BILL.line, BILL.shown), "field_value": ("07/06/2015", "07/06/2015")}
"""Table -> how the export as JSON and that as text have it, where it is not as it is stored."""

NOT_IN_EXPORT = {
    "clock_pause": "the reason of a pause is also the text of its event",
    "ticket_text": "texts of events and messages again, folded for the search",
    "attached_content": "contents of files are saved one by one from their ticket; their names are in the export",
}


def know_more(desk: Desk, person: int, ticket: int, folder: Path) -> None:
    """A contact, a bill, a number in another system, a task, an answer, a file of a message, a hold."""
    beneficiaries.change_record(desk, person, {"other_emails": "outra.zulmira@exemplo.com.br"}, NOW)
    line = bill_row("529.982.247-25", "04/2026", BILL, "123,45", "10/04/2026")
    bill_import.import_bills(desk, *files(folder, line), NOW, lambda *_: None)
    later = NOW + timedelta(hours=3)
    acts.note_number(desk, order(ticket, "number", later), AddNumber("CRM", "CRM-88123"))
    sender = "resposta-da-zulmira@exemplo.com.br"
    received.receive_pasted(desk, order(ticket, "answer", later), None, sender, "Obrigada")
    with writing(desk.engine) as connection:
        insert_task(connection, ticket, "Avisar a filha", None, later)
        [message] = messages_of(connection, ticket)
        [attached] = attachments_of(connection, ticket)
        insert_files(connection, message.id, [attached.id])
    _set(desk, "UPDATE addressee SET address = 'telefone-da-zulmira'")
    privacy.hold(desk, person, "ação judicial da Zulmira", NOW)
    furnish(desk)
    booking = booked(desk, doctor(desk, "Bia Rocha"), NOW, name="", ticket=ticket)
    assert booking == 1
    _set(desk, "UPDATE booking SET reason = 'encaixe da Zulmira'")


def test_every_table_of_a_person_is_in_the_export_or_named_as_not(offered: Desk, tmp_path: Path) -> None:
    assert {*IN_EXPORT, *NOT_IN_EXPORT} == {*OF_A_PERSON}
    person = zulmira(offered)
    ticket = complained(offered, person)
    know_more(offered, person, ticket, tmp_path)
    data = privacy.export_person(offered, person, "pedido da própria pessoa", LATER)
    exported = outputs.as_json.written(outputs.privacy.as_json(data, offered.zone))
    lines = "\n".join(outputs.privacy.lines(data, offered.zone))
    for table, known in IN_EXPORT.items():
        if table != "message_file":  # it has the id of the attachment
            assert known in str(rows(offered, f'SELECT * FROM "{table}"')), table  # noqa: S608 - names of tables
        as_json, as_text = READ_AS.get(table, (known, known))
        assert as_json in exported, table
        assert as_text in lines, table


def test_a_saved_export_names_nobody_in_its_path(offered: Desk, gone: tuple[int, int, int], tmp_path: Path) -> None:
    for form in outputs.privacy.FORMS:
        path = privacy.save_export(offered, gone[0], "pedido da própria pessoa", form, tmp_path / "saída", LATER)
        assert (path.parent.name, path.name) == ("saída", f"dados-pessoais-20320307-090000.{form}")
        assert path.stat().st_mode & 0o077 == 0
        assert (b"Zulmira" in path.read_bytes()) == (form != "pdf")


def test_every_column_of_texts_is_erased_or_known_to_stay() -> None:
    """A new table or column fails here until it is in `OF_A_PERSON`, or in `STAYS` because it tells nothing of one."""
    deleted = {name for name, (how, _) in OF_A_PERSON.items() if how == DELETED}
    erased = {f"{name}.{column}" for name, (_, columns) in OF_A_PERSON.items() for column in columns}
    stays = {f"{name}.{column}" for name, columns in STAYS.items() for column in columns.split()}
    found = {
        f"{table.name}.{column.name}"
        for table in plain(tables.Ticket).metadata.sorted_tables
        for column in table.columns
        if table.name not in deleted and isinstance(column.type, (AutoString, LargeBinary))
    }
    assert found - erased == stays


def test_the_newest_ticket_counts() -> None:
    old, new = datetime(2020, 2, 29, tzinfo=NOW.tzinfo), datetime(2021, 5, 1, tzinfo=NOW.tzinfo)
    assert str(kept_until([new, old], 5)) == "2026-05-01"
    assert str(kept_until([old], 5)) == "2025-02-28"
    assert kept_until([None], 5) is None


STAYS = {
    "beneficiary": "anonymised_on",
    "calendar": "name spec resolved reason",
    "copy": "path machine kind digest problem detail",
    "numbering": "series",
    "person": "name role origin_system login hours email",
    "procedure_code": "table_code code term first_day last_day opme pac elective audit covered rn566 source search",
    "process": "key name content_hash content",
    "queue_count": "part bucket",
    "sign_in_failure": "bucket",
    "staff_group": "name email",
    "trail_digest": "day hash",
    "unit": "name city uf tz ans_registration entry phones email address slip_header slip_footer dependent_ages"
    " external_systems identity smtp_host smtp_security smtp_login smtp_sender smtp_machines",
    "absence": "first_day last_day reason",
    "access_session": "token_hash name role kind place",
    "credential": "hash",
    "former_group_name": "name",
    "ticket": "protocol channel origin_system origin step step_name former_step state unpromised head term_kind"
    " term_basis",
    "trail_event": "area key kind changes hash",
    "alert": "who",
    "clock": "kind basis nature",
    "event": "kind request_id changes hash",
    "field_value": "key",
    "message": "key recipient channel papers",
    "paper": "key",
    "presence": "window",
    "register_entry": "day",
    "remittance_item": "document name state",
    "timer": "key",
    "told_date": "kind how",
    "ticket_document": "key name state way due_on",
    "trail_value": "field",
    "addressee": "state mail_id worker",
    "availability": "rule zone source source_key",
    "booking": "state channel token source source_key",
    "occupied": "resource",
    "provider": "name searched council council_number council_state",
    "provider_absence": "reason",
    "site": "name address city state searched calendar",
    "specialty": "name searched rn566 preparation",
    "waiting_entry": "city state",
}
"""Table -> columns of texts that tell nothing of a beneficiary: words of the program, services, people of the desk,
hashes that were salted, and days."""
