"""Texts of the register of protocols."""

from collections.abc import Sequence, Sized
from typing import Protocol

from atendimento_tui.texts import formats


class _Row(Protocol):
    """`contracts.register.RegisterRow`."""

    @property
    def number(self) -> int: ...
    @property
    def protocol(self) -> str: ...


class _Run(Protocol):
    """`contracts.register.RegisterRun`, which texts do not import."""

    @property
    def file(self) -> str: ...
    @property
    def written(self) -> Sequence[_Row]: ...
    @property
    def found(self) -> Sized: ...
    @property
    def later(self) -> int: ...
    @property
    def backup(self) -> str | None: ...


WRITTEN = {0: "Nenhum protocolo novo no registro {file}.", 1: "1 protocolo escrito no registro {file}."}
WRITTEN_MANY = "{count} protocolos escritos no registro {file}."
WOULD = {0: "Nenhum protocolo seria escrito em {file}.", 1: "Seria escrito 1 protocolo em {file}."}
WOULD_MANY = "Seriam escritos {count} protocolos em {file}."
UNCHANGED = "Nada foi alterado."
RANGE_ONE = "É o nº {first}, protocolo {begin}."
RANGE = "Do nº {first}, protocolo {begin}, ao nº {last}, protocolo {end}."
FOUND = "Já estavam na planilha: {count}."
LATER = "Entram no próximo dia: {count}."
WRITE = "Escrever"
BACKUP = "A planilha de antes está em {path}."


def sentence(run: _Run, *, trial: bool = False) -> str:
    """What a run did, or would do."""
    count = len(run.written)
    few, many = (WOULD, WOULD_MANY) if trial else (WRITTEN, WRITTEN_MANY)
    parts = [few.get(count, many).format(count=formats.number(count), file=run.file)]
    if run.written:
        first, last = run.written[0], run.written[-1]
        begin, end = formats.protocol_groups(first.protocol), formats.protocol_groups(last.protocol)
        text = RANGE_ONE if count == 1 else RANGE
        parts.append(text.format(first=first.number, begin=begin, last=last.number, end=end))
    if run.found:
        parts.append(FOUND.format(count=formats.number(len(run.found))))
    if run.later:
        parts.append(LATER.format(count=formats.number(run.later)))
    if trial and run.written:
        parts.append(UNCHANGED)
    if run.backup:
        parts.append(BACKUP.format(path=run.backup))
    return " ".join(parts)
