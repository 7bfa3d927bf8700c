"""Commands for the table of procedures: `procedimentos`, and its import."""

import argparse
from typing import Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import add_list_import, clock, opened, print_json, progress, say_import
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

_FLAGS = ("auditoria", "coberto", "opme", "pac", "eletiva")
_DAYS = ("inicio", "fim")


def add_import(imports: Any) -> None:
    """Add the import to `importar`."""
    words = (texts.IMPORT_PROCEDURES, texts.IMPORT_PROCEDURES_FILE, texts.IMPORT_PROCEDURES_MAP)
    add_list_import(imports, "procedimentos", words, _import)


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    group = add_group(commands, "procedimentos", texts.PROCEDURES)
    found = add_command(group, "buscar", texts.PROCEDURES_FIND, _find)
    found.add_argument("texto", nargs="+", metavar="TEXTO", help=texts.PROCEDURES_FIND_TEXT)
    shown = add_command(group, "ver", texts.PROCEDURES_SHOW, _show)
    changed = add_command(group, "alterar", texts.PROCEDURES_CHANGE, _change)
    for parser in (shown, changed):
        parser.add_argument("codigo", metavar="CODIGO", help=texts.PROCEDURES_CODE)
        parser.add_argument("--tabela", default="", metavar="T", help=texts.PROCEDURES_TABLE)
    for parser in (found, shown):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)
    for word in _FLAGS:
        changed.add_argument(f"--{word}", metavar="SIM_NAO", help=texts.PROCEDURES_FLAG)
    changed.add_argument("--item-rn566", metavar="ITEM", help=texts.PROCEDURES_ITEM)
    for word in _DAYS:
        changed.add_argument(f"--{word}", metavar="DIA", help=texts.PROCEDURES_DAY)
    add_command(group, "exemplos", texts.PROCEDURES_EXAMPLES, _examples)


def _import(args: argparse.Namespace) -> int:
    read = progress(all_texts.procedures.IMPORT_PROGRESS, after_s=0.5)
    with opened(args) as desk:
        report = services.procedure_import.import_procedures(
            desk, args.arquivo, args.mapa, clock(), read, trial=args.simular
        )
    code = say_import(report, all_texts.procedures, is_trial=args.simular)
    if report.wrong_digits:
        say(all_texts.procedures.IMPORT_DIGITS.format(count=report.wrong_digits))
    return code


def _find(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.procedures.find_procedures(desk, " ".join(args.texto), clock())
        is_empty = not found and services.procedures.is_empty(desk)
    if args.json:
        print_json([outputs.procedures.as_json(each.procedure, is_in_force=each.is_in_force) for each in found])
    elif found:
        put("\n".join(outputs.procedures.line(each) for each in found))
    else:
        say(all_texts.procedures.EMPTY_TABLE if is_empty else all_texts.procedures.FOUND_NONE)
    return 0


def _show(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        view, zone = services.procedures.history(desk, args.codigo, args.tabela), desk.zone
        known = services.procedures.known_code(desk, args.codigo, clock())
    if args.json:
        is_in_force = not (known and (known.warnings.not_yet or known.warnings.no_more))
        print_json(outputs.procedures.as_json(view.procedure, is_in_force=is_in_force))
    else:
        put("\n".join(outputs.procedures.history(view, zone)))
    return 0


def _change(args: argparse.Namespace) -> int:
    fields = services.procedures.FIELDS
    words = (*_FLAGS, "item_rn566", *_DAYS)
    typed = {fields[word]: value for word in words if (value := getattr(args, word)) is not None}
    with opened(args) as desk:
        procedure, changes = services.procedures.change_procedure(desk, args.codigo, typed, clock(), table=args.tabela)
    if changes:
        say(all_texts.procedures.CHANGED.format(code=procedure.code, changes=outputs.procedures.changes(changes)))
    else:
        say(all_texts.procedures.SAME.format(code=procedure.code))
    return 0


def _examples(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        new, same = services.procedures.include_examples(desk, clock())
    say(all_texts.procedures.EXAMPLES.format(new=new, same=same))
    return 0
