"""Commands for the chain of events: `verificar`, `recontar`, `resumo`."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atendimento_tui import services
from atendimento_tui import texts as all_texts
from atendimento_tui.cli.common import clock, opened, progress
from atendimento_tui.cli.parser import add_command
from atendimento_tui.cli.streams import put, say
from atendimento_tui.texts import command as texts

if TYPE_CHECKING:
    from atendimento_tui.contracts.proof import Fault

REFUSED = 1


def add(commands: Any) -> None:
    """Add these commands to the parser."""
    proving = add_command(commands, "verificar", texts.VERIFY, _verify)
    proving.add_argument("--resumo", type=Path, metavar="ARQUIVO", help=texts.VERIFY_KEPT)
    proving.add_argument("--anexos", action="store_true", help=texts.VERIFY_CONTENTS)
    add_command(commands, "recontar", texts.RECOUNT, _recount)
    digest = add_command(commands, "resumo", texts.DIGEST, _digest)
    digest.add_argument("--dia", type=date.fromisoformat, metavar="AAAA-MM-DD", help=texts.DIGEST_DAY)


def _verify(args: argparse.Namespace) -> int:
    kept = services.proof.read_kept(args.resumo) if args.resumo else []
    with opened(args, is_upkeep=True) as desk:
        proof = services.proof.prove(
            desk,
            kept,
            progress(texts.CHECKED_TICKETS, after_s=0.5),
            progress(texts.CHECKED_EVENTS, after_s=0.5),
            progress(texts.CHECKED_CONTENTS, after_s=0.5) if args.anexos else None,
        )
    words = all_texts.trail
    if proof.faults_count:
        for fault in proof.faults:
            say(_told(fault))
        say(words.FOUND.get(proof.faults_count) or words.FOUND_MANY.format(count=proof.faults_count))
        return REFUSED
    say(words.PROVEN.format(events=proof.events, digests=proof.digests))
    if proof.since:
        say(words.SINCE.format(count=proof.since))
    if proof.compared:
        say(words.COMPARED.get(proof.compared) or words.COMPARED_MANY.format(count=proof.compared))
    else:
        say(words.ONLY_INNER)
    return 0


def _recount(args: argparse.Namespace) -> int:
    with opened(args, is_upkeep=True) as desk:
        was_wrong = services.proof.recount(desk)
    say(all_texts.trail.RECOUNTED if was_wrong else all_texts.trail.COUNTS_ARE_RIGHT)
    return 0


def _told(fault: "Fault") -> str:
    words = all_texts.trail
    sentence = words.FAULTS[fault.code].format(**fault.values)
    if not fault.area:
        return f"{sentence[0].upper()}{sentence[1:]}."
    stream = words.AREAS.get(fault.area, words.OTHER_AREA).format(area=fault.area, key=fault.key)
    return words.FAULT.format(stream=stream, fault=sentence)


def _digest(args: argparse.Namespace) -> int:
    with opened(args, is_upkeep=True) as desk:
        if args.dia is None:
            services.digests.make_if_due(desk, clock())
        digest = services.digests.newest(desk, args.dia)
    put(digest.kept.line())
    say(all_texts.trail.KEEP)
    return 0
