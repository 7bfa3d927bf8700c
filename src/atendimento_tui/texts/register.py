"""Texts of the register of protocols."""

from collections.abc import Sized
from typing import Protocol

from atendimento_tui.texts import formats


class _Run(Protocol):
    """`contracts.register.RegisterRun`, which texts do not import."""

    @property
    def file(self) -> str: ...
    @property
    def written(self) -> Sized: ...
    @property
    def found(self) -> Sized: ...
    @property
    def later(self) -> int: ...
    @property
    def backup(self) -> str | None: ...


WRITTEN = {0: "Nenhum protocolo novo no registro {file}.", 1: "1 protocolo escrito no registro {file}."}
WRITTEN_MANY = "{count} protocolos escritos no registro {file}."
WOULD = {0: "Nenhum protocolo seria escrito em {file}.", 1: "Seria escrito 1 protocolo em {file}. Nada foi alterado."}
WOULD_MANY = "Seriam escritos {count} protocolos em {file}. Nada foi alterado."
FOUND = "Já estavam na planilha: {count}."
LATER = "Entram no próximo dia: {count}."
BACKUP = "A planilha de antes está em {path}."


def sentence(run: _Run, *, trial: bool = False) -> str:
    """What a run did, or would do."""
    count = len(run.written)
    few, many = (WOULD, WOULD_MANY) if trial else (WRITTEN, WRITTEN_MANY)
    parts = [few.get(count, many).format(count=formats.number(count), file=run.file)]
    if run.found:
        parts.append(FOUND.format(count=formats.number(len(run.found))))
    if run.later:
        parts.append(LATER.format(count=formats.number(run.later)))
    if run.backup:
        parts.append(BACKUP.format(path=run.backup))
    return " ".join(parts)
