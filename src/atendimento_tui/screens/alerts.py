"""The list of a person's alerts; each leads to its ticket."""

from typing import TYPE_CHECKING

from atendimento_tui.screens import dialogs
from atendimento_tui.texts import alerts as texts
from atendimento_tui.texts import formats, words

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from atendimento_tui.contracts.alerts import AlertRow
    from atendimento_tui.window.desk_window import DeskWindow


def show_alerts(app: "DeskWindow") -> None:
    """Show the alerts of the person at this window; the chosen one opens its ticket."""
    info = app.desk_info
    if not app.alerts or info is None:
        app.show_message(texts.NONE)
        return
    now, zone = app.now(), info.hours.tz
    choices = [
        dialogs.choose.Choice(each.ticket, _named(each, now.year), _about(each, now, zone)) for each in app.alerts
    ]

    def chosen(ticket: int | None) -> None:
        if ticket is not None:
            app.show_ticket(ticket)

    app.push_screen(dialogs.choose.ChooseDialog(texts.TITLE, choices, texts.PLACEHOLDER), chosen)


def _named(alert: "AlertRow", year: int) -> str:
    return texts.CHOICE.format(protocol=formats.protocol_short(alert.protocol, year), subject=alert.subject)


def _about(alert: "AlertRow", now: "datetime", zone: "ZoneInfo") -> str:
    at = formats.moment(alert.at.astimezone(zone), now.astimezone(zone))
    aside = texts.ASIDE.format(at=at, what=words.EVENT.get(alert.kind, alert.kind))
    return texts.FOR_GROUP.format(aside=aside, group=alert.group) if alert.group else aside
