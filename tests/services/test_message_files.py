"""What goes with a message: the accepted file of a document, a paper as PDF; and what is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from atendimento_tui.data.engine import writing
from atendimento_tui.domain.documents import ACCEPTED, FILE, RECEIVED
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.workflow import Recorded
from atendimento_tui.services import acts, attachments, outbox, processes
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk
from tests.living import rows
from tests.mail_server import MailServer
from tests.services.test_delivery import configure, deliver, mail, running
from tests.services.test_processes import ProcessTicket, local

__all__ = ["mail", "running"]

SERVICE = """
chave = "carta"
nome = "Carta"
[[campos]]
chave = "contato"
rotulo = "E-mail"
tipo = "email"
[[campos]]
chave = "tem_laudo"
rotulo = "Tem laudo"
tipo = "sim_nao"
[[documentos]]
chave = "laudo"
nome = "Laudo médico"
quando = [{ campo = "tem_laudo", igual = "sim" }]
[[documentos]]
chave = "rg"
nome = "RG"
[papeis.recibo]
nome = "Recibo de entrega"
modelo = "Protocolo {protocolo}"
quando = [{ campo = "tem_laudo", igual = "sim" }]
[mensagens.setor]
assunto = "Laudo"
texto = "Segue."
anexa = ["laudo", "recibo"]
[[etapas]]
chave = "um"
nome = "Um"
[[etapas.acoes]]
chave = "enviar"
rotulo = "Enviar"
tecla = "v"
faz = { mensagem = "setor" }
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
tecla = "x"
faz = { ir = "fim" }
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


@pytest.fixture
def life(desk: Desk, mail: MailServer, tmp_path: Path) -> ProcessTicket:
    configure(desk, mail)
    path = tmp_path / "carta.toml"
    path.write_text(SERVICE, "utf-8")
    processes.include_file(desk, path)
    return ProcessTicket(desk, local(10, 10))


def attach(life: ProcessTicket, document: str, name: str) -> None:
    """Attach a file, receive it as the document, and leave it undecided."""
    attachments.attach(life.desk, life.order(), name, name.encode())
    seq = life.view().attachments[-1].seq
    acts.record_document(life.desk, life.order(), document, Recorded(RECEIVED, FILE, attachment=seq))


def test_only_the_accepted_file_of_the_document_and_the_paper_go_with_the_message(
    life: ProcessTicket, mail: MailServer
) -> None:
    life.open("carta", contato="maria@exemplo.com.br", tem_laudo="sim")
    attach(life, "rg", "rg.txt")
    assert life.refused("enviar") == "anexa_documento", "it is not here"
    attach(life, "laudo", "laudo.txt")
    attachments.attach(life.desk, life.order(), "outro.txt", b"outro")
    assert life.refused("enviar") == "anexa_documento", "nobody accepted it"
    acts.record_document(life.desk, life.order(), "laudo", Recorded(ACCEPTED))
    life.act("enviar")
    assert life.view().messages[-1].carries == ("laudo.txt", "Recibo de entrega")
    deliver(life)
    [sent] = mail.got
    assert [each.get_filename() for each in sent.iter_attachments()] == ["laudo.txt", "Recibo de entrega.pdf"]
    [(number,)] = rows(life.desk, "SELECT id FROM addressee")
    assert outbox.one(life.desk, number).carries == ("laudo.txt", "Recibo de entrega")
    assert differences(life.desk) == []


def test_a_document_that_is_not_needed_is_not_asked_for_and_a_paper_that_is_not_there_is(life: ProcessTicket) -> None:
    life.open("carta", contato="maria@exemplo.com.br", tem_laudo="não")
    assert life.refused("enviar") == "anexa_papel"


def test_a_message_whose_paper_is_gone_when_it_leaves_waits_for_a_person(life: ProcessTicket, mail: MailServer) -> None:
    life.open("carta", contato="maria@exemplo.com.br", tem_laudo="sim")
    attach(life, "laudo", "laudo.txt")
    acts.record_document(life.desk, life.order(), "laudo", Recorded(ACCEPTED))
    life.act("enviar")
    with writing(life.desk.engine) as connection:
        connection.exec_driver_sql("UPDATE message SET papers = 'sumido'")
    deliver(life)
    assert mail.got == []
    [row] = outbox.listed(life.desk)
    assert (row.state, row.reply) == ("recusado", "o atendimento não tem mais o papel que a mensagem leva")


def test_by_hand_its_files_are_saved_once_a_person_may_act(life: ProcessTicket, tmp_path: Path) -> None:
    life.open("carta", contato="maria@exemplo.com.br", tem_laudo="sim")
    attach(life, "laudo", "laudo da Maria.txt")
    acts.record_document(life.desk, life.order(), "laudo", Recorded(ACCEPTED))
    life.act("enviar")
    [row] = outbox.listed(life.desk)
    saved = outbox.save_files(life.desk, life.order(), row.id, tmp_path / "a enviar")
    assert [path.name for path in saved] == ["anexo-1.txt", "papel-20260410-100000.pdf"]
    assert saved[0].read_bytes() == b"laudo da Maria.txt"
    assert [text for _, text in life.events("papel")] == [
        "laudo da Maria.txt: gravado em arquivo; Recibo de entrega: gravado em arquivo"
    ]
    with pytest.raises(Refused) as refused:
        outbox.save_files(life.desk, replace(life.order(), ticket=0), 9999, tmp_path)
    assert refused.value.code == "saida_desconhecida"


@pytest.mark.parametrize(
    ("written", "code", "word"),
    [
        ('anexa = ["laudos", "recibo"]', "processo_desconhecido", "laudos"),
        ('anexa = "contato"', "processo_desconhecido", "contato"),
    ],
)
def test_a_file_that_no_document_and_no_paper_has_is_refused(written: str, code: str, word: str) -> None:
    with pytest.raises(ProcessError) as raised:
        read_process(SERVICE.replace('anexa = ["laudo", "recibo"]', written))
    assert (raised.value.code, raised.value.place, raised.value.values["word"]) == (code, "mensagens.setor.anexa", word)


def test_a_key_of_a_document_and_of_a_paper_is_refused() -> None:
    with pytest.raises(ProcessError) as raised:
        read_process(SERVICE.replace("[papeis.recibo]", "[papeis.laudo]").replace(', "recibo"]', "]"))
    assert raised.value.code == "processo_anexa_dois"
