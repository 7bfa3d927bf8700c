"""Checks of the texts of a process: messages, papers, the subject."""

import re
from collections.abc import Iterable

from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.outgoing import (
    APPOINTMENT_FILE,
    CHANNEL_OF,
    DUE_OF,
    FILE_WORDS,
    MESSAGE_FACTS,
    PAPER_FACTS,
    MessageRule,
    PaperRule,
)
from atendimento_tui.domain.process.references import check_conditions, check_known, field_keys
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.subject import SERVICE
from atendimento_tui.domain.process.templates import placeholders
from atendimento_tui.domain.process.values import is_personal
from atendimento_tui.domain.text import folded

_FILE_NAME = re.compile(r"\w[\w -]{0,79}")
"""A file name without a folder and without `.pdf`."""


def check_message(process: Process, place: str, message: MessageRule) -> None:
    """Its placeholders, its group, its channel, the files that it carries, the message that it forwards."""
    for text, word in ((message.subject, "assunto"), (message.body, "texto")):
        _check_template(process, f"{place}.{word}", text, MESSAGE_FACTS)
    if message.group and message.to != "grupo":
        raise ProcessError(f"{place}.grupo", "processo_grupo", word=message.group)
    if message.channel_from:
        check_known(f"{place}.canal_de", message.channel_from, [rule.key for rule in process.fields if rule.options])
        for option in process.field(message.channel_from).options:
            if folded(option) not in CHANNEL_OF:
                known = ", ".join(CHANNEL_OF)
                raise ProcessError(f"{place}.canal_de", "processo_canal_de", word=option, known=known)
    documents, papers = [each.key for each in process.documents], list(process.papers)
    appointment = [APPOINTMENT_FILE] if process.books else []
    for key in message.files:
        check_known(f"{place}.anexa", key, [*FILE_WORDS, *appointment, *documents, *papers])
        if [*FILE_WORDS, *documents, *papers].count(key) > 1:
            raise ProcessError(f"{place}.anexa", "processo_anexa_dois", word=key)
    if message.forwards:
        check_known(f"{place}.encaminha", message.forwards, process.messages)


def check_paper(process: Process, place: str, paper: PaperRule) -> None:
    """Its placeholders, its form, its bill."""
    _check_template(process, f"{place}.modelo", paper.body, PAPER_FACTS)
    if paper.file and not _FILE_NAME.fullmatch(paper.file):
        raise ProcessError(f"{place}.arquivo", "processo_arquivo", word=paper.file)
    if paper.fills and not paper.file:
        raise ProcessError(f"{place}.preenche", "processo_preenche")
    for name, text in paper.fills.items():
        _check_template(process, f"{place}.preenche.{name}", text, PAPER_FACTS)
    if paper.bill:
        check_known(f"{place}.boleto", paper.bill, [rule.key for rule in process.fields if rule.type == "boleto"])
    check_conditions(process, f"{place}.quando", paper.when, only_fields=True)


def _check_template(process: Process, place: str, text: str, facts: Iterable[str]) -> None:
    known = [*facts, *(f"{DUE_OF}{kind}" for kind in process.clocks), *field_keys(process)]
    if text.count("{") != text.count("}"):
        raise ProcessError(place, "processo_chaves", word=text.strip())
    for placeholder in placeholders(text):
        check_known(place, placeholder, known)


def check_subject(process: Process) -> None:
    """A subject is shown in every list, so it may not contain personal data."""
    if process.subject.count("{") != process.subject.count("}"):
        raise ProcessError("assunto", "processo_chaves", word=process.subject.strip())
    for placeholder in placeholders(process.subject):
        check_known("assunto", placeholder, [SERVICE, *field_keys(process)])
        if placeholder != SERVICE and is_personal(process.field(placeholder)):
            raise ProcessError("assunto", "processo_assunto_pessoal", word=placeholder)
