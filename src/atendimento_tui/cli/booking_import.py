"""The import of bookings that were made elsewhere."""

import argparse
from typing import Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import add_list_import, clock, opened, print_json, progress, say_import
from atendimento_tui.cli.streams import say
from atendimento_tui.texts import agenda_command as help_texts
from atendimento_tui.texts import command as texts


def add_import(imports: Any) -> None:
    """Add the import to `importar`."""
    words = (help_texts.IMPORT_BOOKINGS, help_texts.IMPORT_BOOKINGS_FILE, help_texts.IMPORT_BOOKINGS_MAP)
    imported = add_list_import(imports, "agendamentos", words, _import, help_texts.IMPORT_BOOKINGS_TRIAL)
    imported.add_argument("--json", action="store_true", help=texts.AS_JSON)


def _import(args: argparse.Namespace) -> int:
    """Wrong lines are left out and named; the exit code is then 1."""
    read = progress(all_texts.imported_bookings.IMPORT_PROGRESS, after_s=0.5)
    with opened(args) as desk:
        imports = services.booking_import.import_bookings
        report = imports(desk, args.arquivo, args.mapa, clock(), read, trial=args.simular)
    if args.json:
        print_json(outputs.imported_bookings.as_json(report, is_trial=args.simular))
        return int(bool(report.problems_count))
    code = say_import(report, all_texts.imported_bookings, is_trial=args.simular)
    for form, count in (
        (all_texts.imported_bookings.CONFLICTS, report.conflicts),
        (all_texts.imported_bookings.CLOSED, report.closed),
    ):
        if count:
            say(form.format(count=count))
    return code
