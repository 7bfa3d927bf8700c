"""Commands for the catalogue: services are checked, included and listed."""

import argparse
from pathlib import Path
from typing import Any

from atendimento_tui import services
from atendimento_tui.cli.common import opened, say_groups
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.domain.text import printable
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    catalog = add_group(commands, "catalogo", texts.CATALOG)
    checked = add_command(catalog, "validar", texts.CATALOG_VALIDATE, _validate_process)
    included = add_command(catalog, "incluir", texts.CATALOG_INCLUDE, _include_process)
    for parser in (checked, included):
        parser.add_argument("arquivo", type=Path, metavar="ARQUIVO", help=texts.CATALOG_FILE)
    included.add_argument("--criar-grupos", action="store_true", help=texts.CATALOG_MAKE_GROUPS)
    add_command(catalog, "listar", texts.CATALOG_LIST, _list_processes)


def _validate_process(args: argparse.Namespace) -> int:
    file = services.processes.read_file(args.arquivo)
    process, steps = file.process, len(file.process.steps)
    _say_encoding(args.arquivo, file.encoding)
    say(texts.CATALOG_VALID.format(path=args.arquivo, name=process.name, key=process.key, steps=steps))
    return 0


def _include_process(args: argparse.Namespace) -> int:
    file = services.processes.read_file(args.arquivo)
    with opened(args) as desk:
        missing = services.processes.missing_groups(desk, file.process)
        process = services.processes.include_file(desk, args.arquivo, make_groups=args.criar_grupos)
    _say_encoding(args.arquivo, file.encoding)
    say(texts.CATALOG_INCLUDED.format(name=process.name, key=process.key))
    say_groups(name for name in missing if name != process.secrecy)
    if process.secrecy in missing:
        say(texts.SECRET_GROUP_MADE.format(name=process.secrecy))
    return 0


def _say_encoding(path: Path, encoding: str) -> None:
    """Print the encoding of a file that is not plain UTF-8."""
    if encoding in texts.ENCODINGS:
        say(texts.CATALOG_ENCODING.format(path=path, encoding=texts.ENCODINGS[encoding]))


def _list_processes(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        offered = services.processes.offered(desk)
    for service in offered:
        line = f"{service.key}\t{service.process.name}\t{service.process.description}"
        put(printable(line, keep="\t"))
    if not offered:
        say(texts.CATALOG_EMPTY)
    return 0
