"""A ticket of which the actor may know; of any other it is said that there is none."""

from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.domain.refusals import Refused


def visible_ticket(
    connection: Connection, ticket_id: int | None = None, protocol: str | None = None
) -> tuple[QueueRow, bool]:
    """The ticket of an id or a protocol, as the queue shows it, and whether it was imported.

    Raises:
        Refused: There is none, as far as the actor may know.
    """
    found = ticket_row(connection, ticket_id=ticket_id, protocol=protocol)
    if found is None:
        raise Refused("fora_de_vista") if protocol is None else Refused("nao_encontrado", ticket=protocol)
    return found
