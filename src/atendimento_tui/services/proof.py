"""Proof that a desk's events are those that were recorded: `atendimento verificar`.

Proven are the chains of all streams with their values, that every ticket is what its events make, the digests, and that
numbers have no gaps. Rows are read in batches, each in one state of the database, so that others go on working.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from atendimento_tui.contracts.proof import Fault, Proof
from atendimento_tui.data.engine import Connection, reading, reading_exactly, writing
from atendimento_tui.data.queries import attachments
from atendimento_tui.data.repositories import digests, documents, proof, queue_counts
from atendimento_tui.data.text_files import read_text
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.domain.acts import ATTACHMENT
from atendimento_tui.domain.digests import Digest, KeptDigest, kept_digests, next_digest
from atendimento_tui.domain.process.stored import read_stored
from atendimento_tui.domain.protocol import PROTOCOL_SERIES, SECRET_SERIES, series_in
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.series import SeriesOfNumbers, missing_number
from atendimento_tui.domain.trail import TICKET, Stream
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.audit import differences_of
from atendimento_tui.services.desk import Desk

AT_ONCE = 500
"""Tickets of a batch."""

SECRET = "sigilo"
"""Area of a fault in a ticket that the actor may not know of."""

FAULTS_AT_MOST = 100
"""Faults that are reported; the others are counted."""

_LONGEST_FILE = 16 * 1024 * 1024

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, AssertionError)
"""What reading a changed row may raise: columns may then hold anything."""

_NUMBER_OF_YEAR = re.compile(r"([0-9]{4})([0-9]{6,})")
"""A number that a service has given (`services.numbering.take_number`)."""

Progress = Callable[[int, int], None]
Jumps = Mapping[str, Sequence[tuple[int, int]]]


def _silent(_done: int, _total: int) -> None:
    """Ignore progress."""


@dataclass(slots=True)
class _Faults:
    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, area: str, key: str, code: str, **values: object) -> None:
        self.count += 1
        if len(self.first) < FAULTS_AT_MOST:
            self.first.append(Fault(area, key, code, values))


def read_kept(path: Path) -> list[KeptDigest]:
    """The digests in a file in which they were kept.

    Raises:
        Refused: The file cannot be read, or has none.
    """
    found = kept_digests(read_text(path, _LONGEST_FILE).content)
    if not found:
        raise Refused("resumo_nao_achado", path=str(path))
    return found


@needs(Permission.VERIFY)
def prove(
    desk: Desk,
    kept: Sequence[KeptDigest] = (),
    tickets: Progress = _silent,
    events: Progress = _silent,
    contents: Progress | None = None,
) -> Proof:
    """Prove all events of the desk, and that the contents of attachments are there, each with its size.

    Args:
        kept: Digests that were kept outside the database. Without them a consistent change of everything, or the
            deletion of the last events together with their digests, cannot be noticed.
        tickets: Called with the tickets that were checked, and their number.
        events: Called with the events that were checked against the digests, and their number.
        contents: If given, each content is read and compared with its hash; called with how many, and their number.
    """
    faults, asking = _Faults(), desk
    desk = desk.acting_as(SYSTEM)  # everything is proven, also what the actor may not read
    with reading_exactly(desk.engine) as connection:
        ticket_count, event_count = proof.counts(connection)
        for table, row in proof.strays(connection):
            faults.add("", "", "linha_sem_dono", table=table, row=row)
    checked = _prove_tickets(desk, faults, lambda done: tickets(done, ticket_count))
    streams = _prove_streams(desk, faults)
    _prove_attachments(desk, faults, contents)
    with reading_exactly(desk.engine) as connection:
        _prove_documents(connection, faults)
    with reading_exactly(desk.engine) as connection:
        stored = proof.all_digests(connection)
        since = _prove_digests(connection, stored, faults, lambda done: events(done, event_count))
    _compare(stored, kept, faults)
    with reading_exactly(desk.engine) as connection:
        _prove_numbers(connection, faults)
        _prove_counts(connection, faults)
    newest = stored[-1] if stored else None
    return Proof(
        tickets=checked,
        events=(newest.events if newest else 0) + since,
        streams=streams,
        digests=len(stored),
        newest=newest,
        since=since,
        compared=len(kept),
        faults=_without_secrets(asking, faults.first),
        faults_count=faults.count,
    )


def _without_secrets(desk: Desk, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults, without the protocols of tickets that the desk's actor may not know of."""
    protocols = {fault.key for fault in faults if fault.area == TICKET}
    with reading(desk.engine) as connection:
        hidden = protocols - proof.told(connection, protocols)
    return tuple(
        replace(fault, area=SECRET, key="") if fault.area == TICKET and fault.key in hidden else fault
        for fault in faults
    )


def _prove_tickets(desk: Desk, faults: _Faults, tell: Callable[[int], None]) -> int:
    """Prove the chain of every ticket, and that it is what its events make."""
    done, last = 0, 0
    while True:
        with reading_exactly(desk.engine) as connection:
            numbers = proof.ticket_numbers(connection, last, AT_ONCE)
            if not numbers:
                return done
            ids = list(numbers)
            last = ids[-1]
            _prove_range(desk, connection, ids, numbers, faults)
        done += len(ids)
        tell(done)


def _prove_range(
    desk: Desk, connection: Connection, ids: Sequence[int], protocols: Mapping[int, str], faults: _Faults
) -> None:
    """Prove the tickets with these ids. If a row cannot be read, they are read one by one, to find the ticket."""
    found = _Faults()
    try:
        for ticket in proof.stored_tickets(connection, ids[0], ids[-1]):
            if broken := ticket.first_break():
                found.add(TICKET, ticket.protocol, broken.code, number=broken.number)
                continue
            calendars = desk.calendars(connection)
            for difference in differences_of(ticket.row, ticket.history(), tuple(ticket.clocks), calendars):
                found.add(TICKET, ticket.protocol, "nao_e_o_que_a_historia_diz", column=difference.what)
    except _UNREADABLE:
        if len(ids) == 1:
            faults.add(TICKET, protocols[ids[0]], "ilegivel")
            return
        for number in ids:
            _prove_range(desk, connection, [number], protocols, faults)
        return
    for fault in found.first:
        faults.add(fault.area, fault.key, fault.code, **fault.values)
    faults.count += found.count - len(found.first)


def _prove_streams(desk: Desk, faults: _Faults) -> int:
    """Prove the chains of all streams that are not tickets."""
    done, last = 0, Stream("", "")
    while True:
        with reading_exactly(desk.engine) as connection:
            streams = proof.streams_after(connection, last, AT_ONCE)
            if not streams:
                return done
            for stream in streams:
                try:
                    broken = proof.stored_stream(connection, stream).first_break()
                except _UNREADABLE:
                    faults.add(stream.area, stream.key, "ilegivel")
                else:
                    if broken:
                        faults.add(stream.area, stream.key, broken.code, number=broken.number)
        done += len(streams)
        last = streams[-1]


def _prove_attachments(desk: Desk, faults: _Faults, tell: Progress | None) -> None:
    """Prove that attachments and events of tickets are the same, and that each content is there."""
    named: dict[str, tuple[str, int]] = {}
    with reading_exactly(desk.engine) as connection:
        for row in attachments.all_attachments(connection):
            named.setdefault(row.hash, (row.protocol, row.size))
            if not _is_of_event(row):
                faults.add(TICKET, row.protocol, "anexo_difere", name=row.seq)
        for protocol in attachments.events_without_attachment(connection, ATTACHMENT):
            faults.add(TICKET, protocol, "anexo_sem_linha")
    sizes = desk.contents.sizes() if named else {}
    for done, (key, (protocol, size)) in enumerate(named.items(), start=1):
        if key not in sizes:
            faults.add(TICKET, protocol, "anexo_falta", hash=key)
        elif sizes[key] != size or (tell and desk.contents.get(key) is None):
            faults.add(TICKET, protocol, "anexo_mudou", hash=key)
        if tell:
            tell(done, len(named))


def _prove_documents(connection: Connection, faults: _Faults) -> None:
    """Prove that the rows of documents are those that the tickets give."""
    try:
        for protocol in documents.differing(connection):
            faults.add(TICKET, protocol, "documentos_diferem")
    except _UNREADABLE:
        if not faults.count:  # a ticket that cannot be read was named already
            faults.add("", "", "documentos_ilegiveis")


def _is_of_event(row: Any) -> bool:
    """Whether the event of an attachment has its name and its hash, if they were not erased."""
    try:
        words = json.loads(row.words) if row.words else []
    except ValueError:
        return False
    is_erased = not row.text and not words
    return row.event_kind == ATTACHMENT and (is_erased or [row.text, *words] == [row.name, row.hash])


@needs(Permission.VERIFY)
def recount(desk: Desk) -> bool:
    """Count the open tickets of the queue again, if the kept counts are wrong.

    Returns:
        Whether they were wrong.
    """
    with writing(desk.engine) as connection:
        return queue_counts.recount(connection)


def _prove_counts(connection: Connection, faults: _Faults) -> None:
    """Compare the kept counts of the queue with the open tickets."""
    try:
        is_right = queue_counts.are_right(connection)
    except _UNREADABLE:
        is_right = faults.count > 0  # a ticket that cannot be read was named already
    if not is_right:
        faults.add("", "", "contagem_difere")


def _prove_digests(
    connection: Connection, stored: Sequence[Digest], faults: _Faults, tell: Callable[[int], None]
) -> int:
    """Prove each digest.

    Returns:
        Number of events after the last one.
    """
    former, done = None, 0

    def counted(heads: Iterator[Any]) -> Iterator[Any]:
        nonlocal done
        for head in heads:
            done += 1
            if done % 5_000 == 0:
                tell(done)
            yield head

    for digest in stored:
        after = former.ends if former else (0, 0)
        heads = counted(digests.heads(connection, after, digest.ends))
        try:
            made = next_digest(former, digest.day, digest.made_at, digest.ends, heads)
        except _UNREADABLE:
            made = None
        if made != digest:
            faults.add("", "", "resumo_nao_confere", number=digest.number, day=digest.day)
        former = digest
    covered = done
    for _ in counted(digests.heads(connection, former.ends if former else (0, 0), proof.ENDLESS)):
        pass
    tell(done)
    return done - covered


def _compare(stored: Sequence[Digest], kept: Sequence[KeptDigest], faults: _Faults) -> None:
    """Compare the digests with those that were kept outside."""
    known = {digest.number: digest.kept for digest in stored}
    for outside in kept:
        if known.get(outside.number) != outside:
            faults.add("", "", "resumo_de_fora_difere", number=outside.number, day=outside.day)


def _prove_numbers(connection: Connection, faults: _Faults) -> None:
    """Prove that the protocol numbers of each day have no gap, and the numbers that services give in each year."""
    found: dict[str, SeriesOfNumbers] = {}
    for protocol in chain.from_iterable(proof.protocols(connection, 5_000)):
        if named := series_in(protocol):
            series, number = named
            found.setdefault(series, SeriesOfNumbers()).add(number)
    everything = proof.last_numbers(connection)
    given = {series: last for series, last in everything.items() if series.startswith(PROTOCOL_SERIES)}
    try:
        jumps = proof.jumps(connection)
    except _UNREADABLE:
        jumps = {}  # its chain was found to be broken
    for series in sorted(found.keys() | given.keys()):
        last = given.get(series, 0)
        if found.get(series, SeriesOfNumbers()).has_gap(last, jumps.get(series, ())):
            if series.startswith(SECRET_SERIES):
                faults.add(SECRET, "", "numeracao_sigilosa_falha")
                continue
            missing = missing_number(_numbers(connection, series), last, jumps.get(series, ()))
            faults.add("", "", "numeracao_falha", series=series, last=last, missing=missing)
    _prove_numbers_of_services(connection, everything, jumps, faults)


def _prove_numbers_of_services(connection: Connection, given: Mapping[str, int], jumps: Jumps, faults: _Faults) -> None:
    """Prove that the numbers that services give in each year have no gap.

    A series that continues one of an older version, which was named by its field alone, begins after that one.
    """
    series_of: dict[tuple[int, str], str] = {}
    secret: set[str] = set()
    for version, (text, written_as) in proof.versions(connection).items():
        try:
            process = read_stored(text, written_as)
        except (*_UNREADABLE, Refused):
            return  # which fields have numbers is not known then
        for key in {key for _, rule in process.effects() for key in rule.number}:
            series_of[version, key] = process.series_of(key)
            if process.secrecy:
                secret.add(process.series_of(key))
    found: dict[str, set[tuple[int, int]]] = {}
    erased: set[str] = set()
    for ticket, version, key, text in proof.answers_to(connection, {key for _, key in series_of}):
        if (series := series_of.get((version, key))) is None:
            continue
        if read := _NUMBER_OF_YEAR.fullmatch(text):
            found.setdefault(f"{series} {read[1]}", set()).add((ticket, int(read[2])))
        else:
            erased.add(series)
    for name in sorted(found.keys() | given.keys()):
        series, _, year = name.rpartition(" ")
        if series not in series_of.values() or series in erased:
            continue
        former_name = f"{series.rpartition('.')[2]} {year}"
        former = given.get(former_name, 0) if former_name != name else 0
        numbers, skipped = SeriesOfNumbers(), [*jumps.get(name, ()), (0, former)]
        own = [number for _, number in found.get(name, ()) if number > former]
        for number in own:
            numbers.add(number)
        last = given.get(name, former)
        if numbers.has_gap(last, skipped):
            if series in secret:
                faults.add(SECRET, "", "numeracao_sigilosa_falha")
                continue
            missing = missing_number(own, last, skipped)
            faults.add("", "", "numeracao_falha", series=name, last=last, missing=missing)


def _numbers(connection: Connection, series: str) -> Iterator[int]:
    """The numbers of one series."""
    for protocol in chain.from_iterable(proof.protocols(connection, 5_000)):
        named = series_in(protocol)
        if named and named[0] == series:
            yield named[1]
