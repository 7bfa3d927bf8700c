"""Import of histories, export of deadlines."""

import argparse
from pathlib import Path
from typing import Any

import atendimento_tui
from atendimento_tui import domain, outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli import beneficiaries, bills, booking_import, procedures, providers
from atendimento_tui.cli.common import clock, instant, opened, progress
from atendimento_tui.cli.parser import add_at_option, add_command, add_group
from atendimento_tui.cli.streams import are_words_for_a_person, say
from atendimento_tui.domain.refusals import UserFacingError
from atendimento_tui.texts import command as texts


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    imports = add_group(commands, "importar", texts.IMPORT)
    procedures.add_import(imports)
    providers.add_import(imports)
    booking_import.add_import(imports)
    bills.add_import(imports)
    beneficiaries.add_import(imports)
    history = add_command(imports, "historico", texts.IMPORT_HISTORY, _import_history)
    history.add_argument("log", type=Path, metavar="REGISTRO", help=texts.IMPORT_LOG)
    history.add_argument("--mapa", type=Path, required=True, metavar="MAPA", help=texts.IMPORT_MAP)
    deadlines = add_command(
        add_group(commands, "exportar", texts.EXPORT), "prazos", texts.EXPORT_DEADLINES, _export_deadlines
    )
    deadlines.add_argument("arquivo", type=Path, metavar="ARQUIVO", help=texts.EXPORT_FILE)
    deadlines.add_argument("--separador", type=_separator, metavar="S", help=texts.EXPORT_SEPARATOR)
    deadlines.add_argument("--substituir", action="store_true", help=texts.EXPORT_REPLACE)
    add_at_option(deadlines)


def _separator(written: str) -> str:
    if written not in outputs.csv_file.SEPARATORS:
        raise ValueError
    return outputs.csv_file.SEPARATORS[written]


def _import_history(args: argparse.Namespace) -> int:
    _see_who_imports(args)
    done, read = progress(texts.IMPORT_PROGRESS), progress(texts.IMPORT_READING, after_s=0.5)
    report = services.history.import_file(
        atendimento_tui.paths.database(args.banco), args.log, args.mapa, clock(), done, read
    )
    for number, reason in report.problems:
        say(all_texts.refusals.in_file(number, reason))
    if (more := report.problems_count - len(report.problems)) > 0:
        say(texts.IMPORT_PROBLEMS_MORE.format(count=more))
    if report.left_out:
        cases = ", ".join(report.left_out) + (", ..." if report.left_out_count > len(report.left_out) else "")
        say(texts.IMPORT_LEFT_OUT.format(count=report.left_out_count, cases=cases))
    if report.grown:
        say(texts.IMPORT_GROWN.format(count=report.grown))
    say(texts.IMPORTED.format(cases=report.cases, events=report.events, already=report.already_there))
    return 0


def _see_who_imports(args: argparse.Namespace) -> None:
    """Check that who acts may import. A desk that the import will create has no people yet."""
    try:
        with opened(args, is_upkeep=True) as desk:
            if desk.actor != domain.access.UNNAMED:
                domain.access.require(desk.actor, domain.access.Permission.IMPORT)
    except UserFacingError as error:
        if error.code != "banco_inexistente" or args.como is not None:
            raise


def _export_deadlines(args: argparse.Namespace) -> int:
    now = instant(args.agora)
    with opened(args) as desk:
        count = services.clocks.export_deadlines(
            desk, args.arquivo, now, separator=args.separador, replace=args.substituir
        )
    say(texts.EXPORTED.format(count=count, path=args.arquivo))
    if are_words_for_a_person() and not outputs.table.is_spreadsheet(args.arquivo):
        say(texts.EXPORTED_CSV)
    return 0
