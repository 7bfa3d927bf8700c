"""The import of bank bills."""

import argparse
from pathlib import Path
from typing import Any

from atendimento_tui import services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, progress, say_import
from atendimento_tui.cli.parser import add_command
from atendimento_tui.texts import command as texts


def add_import(imports: Any) -> None:
    """Add the import to `importar`."""
    imported = add_command(imports, "boletos", texts.IMPORT_BILLS, _import)
    imported.add_argument("lista", type=Path, metavar="ARQUIVO", help=texts.IMPORT_BILLS_FILE)
    imported.add_argument("--mapa", type=Path, required=True, metavar="MAPA", help=texts.IMPORT_BILLS_MAP)
    imported.add_argument("--simular", action="store_true", help=texts.IMPORT_TRIAL)


def _import(args: argparse.Namespace) -> int:
    """Wrong lines are left out and named; the exit code is then 1."""
    read = progress(all_texts.bills.IMPORT_PROGRESS, after_s=0.5)
    with opened(args) as desk:
        report = services.bill_import.import_bills(desk, args.lista, args.mapa, clock(), read, trial=args.simular)
    say_import(report, all_texts.bills, is_trial=args.simular)
    return 1 if report.problems_count else 0
