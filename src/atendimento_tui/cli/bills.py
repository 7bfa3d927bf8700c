"""The import of bank bills."""

import argparse
from typing import Any

from atendimento_tui import services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import add_list_import, clock, opened, progress, say_import
from atendimento_tui.texts import command as texts


def add_import(imports: Any) -> None:
    """Add the import to `importar`."""
    words = (texts.IMPORT_BILLS, texts.IMPORT_BILLS_FILE, texts.IMPORT_BILLS_MAP)
    add_list_import(imports, "boletos", words, _import)


def _import(args: argparse.Namespace) -> int:
    """Wrong lines are left out and named; the exit code is then 1."""
    read = progress(all_texts.bills.IMPORT_PROGRESS, after_s=0.5)
    with opened(args) as desk:
        report = services.bill_import.import_bills(desk, args.arquivo, args.mapa, clock(), read, trial=args.simular)
    return say_import(report, all_texts.bills, is_trial=args.simular)
