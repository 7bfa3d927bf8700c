"""The operator's own forms: a PDF with fields is filled, another one is joined to a cover.

pypdf reads a form in a child process with limits, because a broken or hostile file can loop or take all memory. The
form and its values go over standard input, so that nothing personal is in the list of processes or on the disk.
"""

import json
import sys
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import escaped, folded
from atendimento_tui.outputs.child import Ended, limit_memory, run_child
from atendimento_tui.texts.papers import PDF_TITLE

if TYPE_CHECKING:
    from pypdf import PdfWriter

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 50
_MOST_MEMORY = 768 * 1024 * 1024
"""Bytes of address space of the child. A usual form takes less than 100 MiB."""

_TIMEOUT_S = 20.0
_REFUSED = 3
"""Exit code of a child that says why on its standard output."""

_MOST_NAMES = 20
"""How many names of fields a refusal lists."""


def with_form(name: str, form: bytes, values: Mapping[str, str], cover: bytes) -> bytes:
    """The form as it is printed: filled if it has fields and there are values, else behind the cover. Blocks.

    Args:
        name: The name of its file, for refusals.
        form: A PDF of anybody.
        values: Name of a field -> its text. A check box is marked by "sim" or the name of its state.
        cover: The paper without the form, as PDF.

    Raises:
        Refused: The form is too large, encrypted or broken, takes too long, or lacks a field.
    """
    if len(form) > MOST_BYTES:
        raise Refused("formulario_grande", name=name, limit=MOST_BYTES // 1024**2)
    asked = json.dumps({"name": name, "values": dict(values), "size": len(form), "memory": _MOST_MEMORY}).encode()
    try:
        made = run_child(__name__, asked, form + cover, _TIMEOUT_S)
    except Ended as ended:
        if ended.is_late:
            raise Refused("formulario_demorou", name=name, seconds=round(_TIMEOUT_S)) from None
        if ended.code == _REFUSED:
            told = json.loads(ended.output)
            raise Refused(told.pop("code"), **told) from None
        raise Refused("formulario_quebrado", name=name) from ended
    if not made.startswith(b"%PDF"):
        raise Refused("formulario_quebrado", name=name)
    return made


def _child() -> int:
    """Read what `with_form` sends and write the PDF. Any other error ends the process: the form is broken."""
    sent = sys.stdin.buffer
    asked = json.loads(sent.readline())
    limit_memory(asked["memory"])
    form, cover = sent.read(asked["size"]), sent.read()
    try:
        made = _joined(asked["name"], form, asked["values"], cover)
    except Refused as refused:
        json.dump({"code": refused.code, **refused.values}, sys.stdout)
        return _REFUSED
    sys.stdout.buffer.write(made)
    return 0


def _joined(paper: str, form: bytes, values: Mapping[str, str], cover: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter  # late: only the child needs it

    reader = PdfReader(BytesIO(form))
    if reader.is_encrypted:
        raise Refused("formulario_senha", name=paper)
    if len(reader.pages) > MOST_PAGES:
        raise Refused("formulario_paginas", name=paper, pages=len(reader.pages), limit=MOST_PAGES)
    found = reader.get_fields() or {}
    fields = {name: field for name, field in found.items() if "/FT" in field or "/Kids" not in field}  # no groups
    if fields and values:
        writer = PdfWriter(clone_from=reader)
        _fill(writer, _checked(paper, fields, values))
    else:
        writer = PdfWriter()
        for part in (PdfReader(BytesIO(cover)), reader):
            writer.append(part, import_outline=False)
    writer.metadata = {"/Title": PDF_TITLE}
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _checked(paper: str, fields: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """The values as the fields take them."""
    if unknown := [name for name in values if name not in fields]:
        raise Refused("formulario_campos", name=paper, fields=_listed(unknown), known=_listed(fields))
    known = {name: _state(paper, name, fields[name], value) for name, value in values.items()}
    return dict(sorted({**known, **_namesakes(fields, values)}.items(), key=lambda item: "." in item[0]))


def _namesakes(fields: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, str]:
    """What stands in fields of the same last name: pypdf also fills `Cônjuge.Nome` where `Nome` is to be filled.

    It takes them in turn, so that the full names, with a dot, come last and hold.
    """
    others = [name for name in fields if name not in values and name.rpartition(".")[2] in values]
    empty = {"/Btn": "/Off"}
    return {name: str(fields[name].get("/V") or empty.get(fields[name].get("/FT"), "")) for name in others}


def _state(paper: str, name: str, field: Mapping[str, Any], value: str) -> str:
    """A text is itself. A check box or a set of buttons has a state of this name; "sim" is the only one, "não" none."""
    if field.get("/FT") != "/Btn":
        return value
    states = {folded(str(state)[1:]): str(state) for state in field.get("/_States_", ()) if state != "/Off"}
    if folded(value) in states:
        return states[folded(value)]
    if folded(value) == "sim" and len(states) == 1:
        return next(iter(states.values()))
    if folded(value) in ("", "nao"):
        return "/Off"
    raise Refused("formulario_marca", name=paper, field=escaped(name), value=value, known=_listed(states))


def _listed(names: Mapping[str, Any] | list[str]) -> str:
    return ", ".join(escaped(str(name), keep="") for name in list(names)[:_MOST_NAMES])


def _fill(writer: "PdfWriter", values: dict[str, str]) -> None:
    """Write values and their appearances. Viewers that draw fields themselves are asked to draw them again."""
    fields = cast("dict[str, object]", writer.root_object["/AcroForm"].get_object())
    fields.pop("/XFA", None)  # a second form inside, which would hide the values
    writer.update_page_form_field_values(None, values, auto_regenerate=True)


if __name__ == "__main__":
    sys.exit(_child())
