"""The messages and papers of a process file: their words, their placeholders, their channels."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from atendimento_tui.domain.process.parts import Conditions, Keys, Labels, NonEmptyStr, Part
from atendimento_tui.domain.process.templates import filled, filled_line
from atendimento_tui.domain.text import folded

MESSAGE_FACTS = (
    *("protocolo", "servico", "solicitante", "beneficiario"),
    *("etapa", "criticidade", "vence", "unidade", "texto", "faltam", "alteracoes"),
)
"""Placeholders of a message besides the process's fields; `texto` is the text of the person who acted, `faltam` the
documents that are missing, `alteracoes` the changes of the record that were asked for, old and new."""

PAPER_FACTS = tuple(fact for fact in MESSAGE_FACTS if fact not in ("texto", "alteracoes"))
"""Placeholders of a paper besides the process's fields. It belongs to no act, so it has nothing of one."""

DUE_OF = "vence."
"""Prefix of the placeholder for the due date of one clock: `vence.auditoria`."""

ALL_FILES, LAST_FILE = "arquivos", "ultimo_arquivo"
FILE_WORDS = (ALL_FILES, LAST_FILE)
"""The files of the ticket that go with a message (`anexa`): all, the newest. Received e-mails are never meant."""

APPOINTMENT_FILE = "agenda.ics"
"""The ticket's appointment as a file for a calendar. With its dot it is the key of no document and of no paper."""

CHANNEL_OF: Mapping[str, str] = {
    "e-mail": "email",
    "email": "email",
    "whatsapp": "whatsapp",
    "por escrito": "impresso",
    "impresso": "impresso",
    "papel": "impresso",
    "por palavra": "texto",
    "telefone": "texto",
    "balcao": "texto",
    "texto": "texto",
}
"""Folded answer of a field -> the channel that it means (`canal_de`)."""


class MessageRule(Part):
    """A text that is sent or printed. Its placeholders are in braces: `{protocolo}`, `{campo}`."""

    to: Literal["solicitante", "responsavel", "grupo", "supervisao"] = Field(alias="para", default="solicitante")
    group: str | None = Field(alias="grupo", default=None)
    """The group, if it is not the ticket's own."""
    any_hour: bool = Field(alias="a_qualquer_hora", default=False)
    """It is sent at once, also when the desk is closed."""
    channel: Literal["email", "whatsapp", "texto", "impresso"] = Field(alias="canal", default="email")
    channel_from: str | None = Field(alias="canal_de", default=None)
    """The field whose answer chose the channel; without an answer, `canal`."""
    files: Keys = Field(alias="anexa", default=())
    """What goes with it: words of `FILE_WORDS`, `APPOINTMENT_FILE`, keys of documents (their accepted files) and of
    papers (as PDF)."""
    forwards: str | None = Field(alias="encaminha", default=None)
    """The message whose last received answer is forwarded with it."""
    subject: str = Field(alias="assunto", default="")
    body: NonEmptyStr = Field(alias="texto")

    def channel_for(self, answers: Mapping[str, str]) -> str:
        """The channel, by the answers to the fields of the process."""
        return CHANNEL_OF.get(folded(answers.get(self.channel_from or "", "")), self.channel)

    def written(self, facts: Mapping[str, str]) -> tuple[str, str]:
        """The subject, in one line, and the body, with the facts inserted."""
        return filled_line(self.subject, facts), filled(self.body, facts)


class PaperRule(Part):
    """A paper that leaves the desk: its text has placeholders as messages have."""

    name: NonEmptyStr = Field(alias="nome")
    body: NonEmptyStr = Field(alias="modelo")
    copies: int = Field(alias="vias", default=1, ge=1, le=9)
    """How many are printed."""
    signatures: Labels = Field(alias="assinaturas", default=())
    """Who signs: a line for each."""
    bill: str = Field(alias="boleto", default="")
    """The field whose bill the paper shows, with its line and its bar code."""
    file: str = Field(alias="arquivo", default="")
    """The operator's own form: the name of a PDF in the folder of forms, without `.pdf`."""
    fills: dict[NonEmptyStr, str] = Field(alias="preenche", default={})
    """Name of a field of that PDF -> its text, with placeholders. Without fields the form goes behind `modelo`."""
    when: Conditions = Field(alias="quando", default=())
    """The ticket has this paper only while these hold."""
