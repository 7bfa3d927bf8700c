"""Files that are attached to tickets. Each attachment is an act, of which the content is stored before."""

from pathlib import Path

from atendimento_tui.contracts.attachments import Attached, AttachmentRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.attached_files import files_in, read_file
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import attachments as queries
from atendimento_tui.data.text_files import settings_folder
from atendimento_tui.domain import attachments as rules
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import acts
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.visible import visible_ticket


@needs(Permission.ATTACH)
def attach(desk: Desk, order: Order, name: str, content: bytes) -> ActDone:
    """Attach a content to a ticket. It cannot conflict, so changes by others do not matter.

    Args:
        desk: The desk.
        order: Which ticket, who, when.
        name: The name of the file, as it was typed; folders in it are dropped.
        content: The content; the same one is stored once.

    Raises:
        Refused: It is empty or too large; there is no such ticket.
    """
    kind = rules.kind_of(content)
    named = rules.attached_name(name, kind)
    rules.check_size(len(content), desk.unit.attachment_mib, named)
    with reading(desk.engine) as connection:
        visible_ticket(connection, order.ticket)  # nothing of a refused act is stored
    key = desk.contents.put(content)
    done = acts.attach(desk, order, Attached(named, key, len(content), kind))
    desk.contents.put(content)  # an anonymisation may have deleted it in between
    return done


@needs(Permission.ATTACH)
def attach_file(desk: Desk, order: Order, path: Path, name: str | None = None) -> ActDone:
    """Attach a file of this machine to a ticket, as `attach`.

    Args:
        name: Another name than that of the file.

    Raises:
        Refused: It cannot be read, is no regular file, or is the desk's own; as `attach`.
    """
    content = read_file(path, desk.unit.attachment_mib * rules.MIB, desk.file)
    return attach(desk, order, name or path.name, content)


@needs(Permission.READ)
def attachments_of(desk: Desk, *, ticket_id: int | None = None, protocol: str | None = None) -> list[AttachmentRow]:
    """The attachments of a ticket, oldest first.

    Raises:
        Refused: There is no such ticket.
    """
    with reading(desk.engine) as connection:
        found = visible_ticket(connection, ticket_id=ticket_id, protocol=protocol)
        return list(queries.attachments_of(connection, found[0].key))


@needs(Permission.READ)
def read(desk: Desk, attachment: int) -> tuple[AttachmentRow, bytes]:
    """An attachment and its content.

    Args:
        desk: The desk.
        attachment: Its id.

    Raises:
        Refused: There is no such attachment; its content is missing or damaged.
    """
    with reading(desk.engine) as connection:
        row = queries.attachment(connection, attachment)
    if row is None:
        raise Refused("anexo_desconhecido")
    content = desk.contents.get(row.hash)
    if content is None:
        raise Refused("anexo_sem_conteudo", name=row.name)
    return row, content


@needs(Permission.ATTACH)
def inbox(desk: Desk, settings: Path) -> tuple[Path | None, list[tuple[str, int]]]:
    """The person's inbox folder (`[anexos] entrada` in the settings file), with name and size of its files.

    Returns:
        The folder, None if the settings name none; its files, newest first, with their bytes.

    Raises:
        Refused: The settings or the folder cannot be read, or it is not an absolute path.
    """
    del desk
    folder = settings_folder(settings, "anexos", "entrada", "entrada_sem_caminho")
    return folder, files_in(folder) if folder else []
