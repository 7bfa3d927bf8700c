"""The versions of services that a database has: those that are shipped, and those that are included."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from atendimento_tui import domain
from atendimento_tui.data import catalog
from atendimento_tui.data.engine import Connection, Engine, instant, reading, writing
from atendimento_tui.data.queries.people import group_named, group_names
from atendimento_tui.data.queries.processes import content_hashes, secret_group_of
from atendimento_tui.data.queries.staff import former_names, version_if_left
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.people import insert_group, insert_groups_of_all
from atendimento_tui.data.repositories.processes import (
    insert_process,
    lock_catalogue,
    offer_known,
    offers_own,
    set_secret_group,
    stop_offering,
)
from atendimento_tui.data.repositories.staff import update_group
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import group_stream

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process


def missing_groups(connection: Connection, process: "Process") -> dict[str, str]:
    """The groups of a process that the desk lacks, each with the desk's most similar one, if any.

    A group that was renamed is also known by its former names.
    """
    known = [*group_names(connection).values(), *former_names(connection)]
    return {name: domain.nearest.nearest(name, known) for name in sorted(set(process.groups()) - set(known))}


def ship(engine: Engine) -> tuple[str, ...]:
    """Include shipped services that the desk does not have yet.

    A new version is offered, unless the desk offers its own version under that key.

    Returns:
        The groups that were created.
    """
    texts = [text for _, text in catalog.shipped()]
    with reading(engine) as connection:
        known = content_hashes(connection)
    new = [text for text in texts if domain.process.toml.content_hash(text) not in known]
    if not new:
        return ()
    with writing(engine) as connection:
        return include(connection, new, shipped=True)


def include(connection: Connection, texts: Iterable[str], *, shipped: bool = False) -> tuple[str, ...]:
    """Insert new versions with their groups, and offer them.

    Args:
        shipped: They come with the program and do not replace the desk's own versions.

    Returns:
        The groups that were created.
    """
    lock_catalogue(connection)
    made: list[str] = []
    for text in texts:
        process, version = domain.process.read.read_process(text), domain.process.toml.content_hash(text)
        offers = not (shipped and offers_own(connection, process.key))
        made += _make_groups(connection, process)
        _take_back_groups(connection, process)
        group = _keep_secret(connection, process)
        if offers:
            stop_offering(connection, process.key)
        if not offer_known(connection, version, offers=offers):
            insert_process(connection, process, text, version, offers=offers, shipped=shipped, secret_group=group)
    return tuple(made)


def _make_groups(connection: Connection, process: "Process") -> list[str]:
    """Create the groups that the desk lacks. That of a secret service is empty: who is in it has to be said."""
    missing = list(missing_groups(connection, process))
    # Who works in the others the supervisor decides; at first everybody.
    insert_groups_of_all(connection, [name for name in missing if name != process.secrecy])
    if process.secrecy in missing:
        insert_group(connection, process.secrecy, ())
    return missing


def _take_back_groups(connection: Connection, process: "Process") -> None:
    """Let groups that the process names get tickets again."""
    for name in process.groups():
        group = group_named(connection, name)
        if group is not None and (version := version_if_left(connection, group)) is not None:
            update_group(connection, group, version, active=True)
            stream = group_stream(group)
            trail.record(connection, stream, "reativado", actor=None, at=instant(connection))


def _keep_secret(connection: Connection, process: "Process") -> int | None:
    """Secrecy belongs to the key: a version of a secret service that drops or changes it is refused.

    A service may become secret; its tickets then are, whatever their version.

    Returns:
        The group of the service, if it is secret.
    """
    former = secret_group_of(connection, process.key)
    group = group_named(connection, process.secrecy) if process.secrecy else None
    if former is not None and group != former:
        raise Refused("sigilo_continua", key=process.key, group=group_names(connection)[former])
    if group is not None and former is None:
        set_secret_group(connection, process.key, group)
    return group
