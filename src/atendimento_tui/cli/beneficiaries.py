"""Commands for beneficiaries: `beneficiarios`, `importar beneficiarios`."""

import argparse
from typing import TYPE_CHECKING, Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import add_list_import, clock, opened, print_json, progress
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.beneficiaries import LineDone


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    people = add_group(commands, "beneficiarios", texts.BENEFICIARY_COMMANDS)
    found = add_command(people, "buscar", texts.BENEFICIARY_FIND, _find)
    found.add_argument("texto", metavar="TEXTO", help=texts.BENEFICIARY_TEXT)
    shown = add_command(people, "ver", texts.BENEFICIARY_SHOW, _show)
    shown.add_argument("quem", metavar="QUEM", help=texts.BENEFICIARY_WHO)
    ages = add_command(people, "idades", texts.BENEFICIARY_AGES, _ages)
    ages.add_argument("--dias", type=_days, default=60, metavar="N", help=texts.BENEFICIARY_DAYS)
    for parser in (found, shown, ages):
        parser.add_argument("--json", action="store_true", help=texts.AS_JSON)


def add_import(imports: Any) -> None:
    """Add the import to the commands of imports."""
    words = (texts.BENEFICIARY_IMPORT, texts.BENEFICIARY_FILE, texts.BENEFICIARY_MAP)
    add_list_import(imports, "beneficiarios", words, _import, texts.BENEFICIARY_TRIAL)


def _days(written: str) -> int:
    if not 0 <= (days := int(written)) <= 3_660:
        raise ValueError
    return days


def _find(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.beneficiaries.find_beneficiaries(desk, args.texto)
    if args.json:
        print_json([outputs.beneficiaries.row_as_json(row) for row in found])
    elif found:
        put("\n".join(outputs.beneficiaries.row_lines(found)))
    else:
        say(all_texts.beneficiaries.NOBODY[0])
    return 0


def _show(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        row = services.beneficiaries.named_beneficiary(desk, args.quem)
        view, zone = services.beneficiaries.view_record(desk, row.id), desk.zone
    if args.json:
        print_json(outputs.beneficiaries.record_as_json(view, zone))
    else:
        put("\n".join(outputs.beneficiaries.record_lines(view, zone, clock().astimezone(zone).date())))
    return 0


def _ages(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.beneficiaries.coming_of_age(desk, clock(), args.dias)
    if args.json:
        print_json([outputs.beneficiaries.age_as_json(each) for each in found])
    elif found:
        put("\n".join(outputs.beneficiaries.age_lines(found)))
    else:
        say(all_texts.beneficiaries.AGES_NOBODY.format(days=args.dias))
    return 0


def _import(args: argparse.Namespace) -> int:
    def told(line: "LineDone") -> None:
        if line.why:
            reason = all_texts.refusals.of_line(*line.why)
            put(texts.BENEFICIARY_LINE.format(number=line.number, what=outputs.as_text.one_line(reason)))
        elif line.items and args.simular:
            names = ", ".join(all_texts.beneficiaries.ITEM_NAMES[item] for item in line.items)
            put(texts.BENEFICIARY_LINE.format(number=line.number, what=texts.BENEFICIARY_CHANGES.format(items=names)))

    with opened(args) as desk:
        done = services.beneficiary_import.import_beneficiaries(
            desk, args.arquivo, args.mapa, clock(), progress(texts.BENEFICIARY_PROGRESS), told, trial=args.simular
        )
    summary = texts.BENEFICIARY_WOULD if args.simular else texts.BENEFICIARY_DONE
    say(summary.format(new=done.new, changed=done.changed, same=done.same, refused=done.refused))
    return int(bool(done.refused))
