"""The settings of the unit: reading and changing them. Each change is an event of the unit."""

from datetime import datetime

from atendimento_tui.contracts.settings import UnitSettings
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries.desk import unit_columns
from atendimento_tui.data.queries.people import person_name, person_names
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.desk import update_unit
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.settings import SETTINGS, Value, read_setting, setting_named
from atendimento_tui.domain.trail import UNIT
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk


@needs(Permission.USE)
def unit_settings(desk: Desk) -> UnitSettings:
    """The settings of the unit, and its events."""
    with reading(desk.engine) as connection:
        events = tuple(reversed(events_of(connection, UNIT)))
        return UnitSettings(_values(connection), events, person_names(connection))


@needs(Permission.UNIT)
def change_setting(desk: Desk, key: str, typed: str, now: datetime, *, seen: Value | None = None) -> Value:
    """Change a setting. The present value again changes nothing.

    Args:
        key: The key of the setting.
        typed: The value, as typed.
        seen: The value that the person saw; None changes the present one.

    Returns:
        The stored value.

    Raises:
        Refused: There is no such setting; the value is invalid; somebody else has changed it meanwhile.
    """
    setting = setting_named(key)
    value = read_setting(setting, typed)
    with writing(desk.engine) as connection:
        advisory_lock(connection, "unidade")
        require_now(connection, desk, Permission.UNIT)
        before = _values(connection)[setting.key]
        if value == before:
            return before
        if seen not in (None, before):
            last = events_of(connection, UNIT)[-1:]
            actor = person_name(connection, last[0].actor) if last else None
            raise Refused("ajuste_mudou", actor=actor, value=before)
        update_unit(connection, {setting.column: value})
        changes = {setting.column: (before, value)}
        trail.record(connection, UNIT, "alterada", actor=desk.actor.person, at=now, changes=changes)
    desk.info()
    return value


def _values(connection: Connection) -> dict[str, Value]:
    columns = unit_columns(connection)
    return {setting.key: columns[setting.column] for setting in SETTINGS}
