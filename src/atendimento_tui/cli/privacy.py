"""Personal data: `dados-pessoais exportar`, `vencidos`, `reter`, `liberar`, `anonimizar`, `limpar`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atendimento_tui import outputs, services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, print_json
from atendimento_tui.cli.parser import add_command, add_group
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.privacy import Erasure
    from atendimento_tui.services.desk import Desk


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    group = add_group(commands, "dados-pessoais", texts.PRIVACY)
    exported = add_command(group, "exportar", texts.PRIVACY_EXPORT, _export)
    exported.add_argument("--json", action="store_true", help=texts.AS_JSON)
    exported.add_argument("--pdf", type=Path, metavar="ARQUIVO", help=texts.PRIVACY_PDF)
    held = add_command(group, "reter", texts.PRIVACY_HOLD, _hold)
    released = add_command(group, "liberar", texts.PRIVACY_RELEASE, _release)
    anonymised = add_command(group, "anonimizar", texts.PRIVACY_ANONYMISE, _anonymise)
    anonymised.add_argument("--simular", action="store_true", help=texts.PRIVACY_TRIAL)
    for parser in (exported, held, released, anonymised):
        parser.add_argument("quem", metavar="QUEM", help=texts.PRIVACY_WHO)
    for parser in (exported, held, anonymised):
        parser.add_argument("--motivo", metavar="TEXTO", default="", help=texts.PRIVACY_WHY)
    expired = add_command(group, "vencidos", texts.PRIVACY_EXPIRED, _expired)
    expired.add_argument("--json", action="store_true", help=texts.AS_JSON)
    add_command(group, "limpar", texts.PRIVACY_CLEAN, _clean)


def _who(desk: "Desk", args: argparse.Namespace) -> int:
    return int(services.beneficiaries.named_beneficiary(desk, args.quem).id)


def _export(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        data = services.privacy.export_person(desk, _who(desk, args), args.motivo, clock())
        unit, zone, database = desk.unit, desk.zone, desk.file
    if args.pdf:
        pdf = outputs.pdf.pdf_bytes(outputs.privacy.sheet(data, unit, zone), clock().astimezone(zone))
        with outputs.in_place.new_file(args.pdf, database=database) as file:
            file.write(pdf)
        say(all_texts.privacy.SAVED.format(path=args.pdf))
    if args.json:
        print_json(outputs.privacy.as_json(data, zone))
    elif not args.pdf:
        put("\n".join(outputs.privacy.lines(data, zone)))
    say(all_texts.privacy.EXPORTED)
    return 0


def _hold(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        if not args.motivo.strip():
            services.beneficiaries.reason_to_see(args.motivo)
        services.privacy.hold(desk, _who(desk, args), args.motivo, clock(), seen="")
    say(all_texts.privacy.HELD)
    return 0


def _release(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        services.privacy.hold(desk, _who(desk, args), "", clock())
    say(all_texts.privacy.FREE)
    return 0


def _anonymise(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        person = _who(desk, args)
        if args.simular:
            return _would_anonymise(services.privacy.erasure(desk, person, clock()))
        done = services.privacy.anonymise(desk, person, args.motivo, clock())
    words = all_texts.privacy
    say(words.DONE.format(name=done.name, tickets=words.tickets(done.tickets)))
    say(words.ELSEWHERE)
    for path in done.copies:
        put(outputs.as_text.one_line(path))
    if not done.is_scrubbed:
        say(words.NOT_SCRUBBED)
    return 0


def _would_anonymise(erasure: "Erasure") -> int:
    for line in outputs.privacy.erasure_lines(erasure):
        put(outputs.as_text.one_line(line))
    say(all_texts.refusals.sentence(*erasure.refusal) if erasure.refusal else all_texts.privacy.NOTHING_CHANGED)
    return 1 if erasure.refusal else 0


def _expired(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        found = services.privacy.expired(desk, clock())
    if args.json:
        print_json([outputs.privacy.expired_as_json(each) for each in found])
    else:
        for each in found:
            put(outputs.as_text.one_line(all_texts.privacy.expired(each.name, each.since, each.tickets)))
    if not found:
        say(all_texts.privacy.NOBODY)
    return 0


def _clean(args: argparse.Namespace) -> int:
    with opened(args) as desk:
        is_clean = services.privacy.clean(desk)
    say(all_texts.privacy.CLEAN if is_clean else all_texts.privacy.NOT_SCRUBBED)
    return 0 if is_clean else 1
