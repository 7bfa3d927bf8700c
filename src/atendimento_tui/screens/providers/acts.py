"""What can be done with what is offered: the dialogs and the calls of services."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from atendimento_tui import services
from atendimento_tui.contracts.providers import Changed, Provider, ProviderView, Supply
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.screens.providers.lines import (
    HoursGroup,
    Kept,
    hours_words,
    names_of,
    span,
    typed_hours,
    typed_of,
    when,
)
from atendimento_tui.screens.to_move import show_to_move
from atendimento_tui.texts import formats
from atendimento_tui.texts import providers as texts

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.keep import Item
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

Work = Callable[["Desk", datetime, "Words"], Changed]
"""Calls the service with what was typed."""


class SupplyActs(Keeping):
    """The acts on professionals, sites, specialties and hours. Each form is a row of `texts.FORMS`."""

    def fill_in(
        self,
        form: str,
        title: str,
        values: Mapping[str, str],
        work: Work,
        name: str,
        draft: tuple[str, str],
        *,
        above: str = "",
        told: str = texts.DONE_ADDED,
    ) -> None:
        """Ask for the items of a form, and send them.

        Args:
            form: The row of `texts.FORMS`.
            values: Item -> its present value.
            work: Calls the service.
            name: What is changed, for the message; empty for the typed name.
            draft: Identifies the draft: the act and its object.
            told: The message if something was added.
        """

        def send(desk: "Desk", now: datetime, given: "Words", _request: str) -> tuple[Changed, str]:
            return work(desk, now, given), name or given["name"]

        def finish(done: tuple[Changed, str]) -> None:
            self.tell(*done, told)

        self.keep(title, self.items_of(form, values), send, finish, draft=draft, above=[above] if above else [])

    def supply(self) -> Supply:
        """What is offered, as it was read last."""
        raise NotImplementedError

    def items_of(self, form: str, values: Mapping[str, str]) -> "dict[str, Item]":
        """The fields of a form.

        Args:
            form: The row of `texts.FORMS`.
            values: Item -> its present value.
        """
        names = names_of(self.supply())
        return {
            key: dialogs.keep.Item(
                label,
                values.get(key, ""),
                note,
                texts.OPTIONS.get(key, {}),
                names=names.get(key, ()),
                is_list=key == "specialties",
            )
            for key, (label, note) in texts.FORMS[form].items()
        }

    def tell(self, done: Changed, name: str, told: str = texts.DONE_ADDED) -> None:
        """Say what was done, and which bookings are left without time; read the place again."""
        if done.is_new and "absence" not in done.fields:
            self.added = done.key
        form = told if done.is_new else texts.DONE_CHANGED if done.fields else texts.DONE_SAME
        self.changed(form.format(name=name, open=self.key_of("oferta.abrir")))
        self.tell_unplaced(len(done.unplaced))

    def tell_unplaced(self, count: int) -> None:
        """Say that bookings are left without time, and how they are listed."""
        if count:
            key = self.key_of("oferta.a_remarcar")
            text = texts.LEFT_WITHOUT_TIME.format(count=formats.number(count), key=key)
            self.desk_app.show_message(text, warning=True)

    def list_to_move(self) -> None:
        """List the bookings whose time was closed."""
        show_to_move(self)

    # Professionals, sites, specialties.

    def add_kept(self, kind: str, values: Mapping[str, str]) -> None:
        """Add one of a kind."""

        def work(desk: "Desk", now: datetime, given: "Words") -> Changed:
            typed = {key: value for key, value in given.items() if value.strip() or key == "name"}
            return services.providers.add(desk, kind, typed, now)

        told = texts.DONE_ADDED_PROVIDER if kind == "provider" else texts.DONE_ADDED
        self.fill_in(kind, texts.ADD_TITLES[kind], values, work, "", ("oferta.incluir", kind), told=told)

    def change_kept(self, kind: str, kept: Kept, supply: Supply) -> None:
        """Change one. Only what was typed is sent, so that what others change meanwhile stays."""
        before = typed_of(kept, supply)

        def work(desk: "Desk", now: datetime, given: "Words") -> Changed:
            typed = {key: value for key, value in given.items() if value != before[key]}
            return services.providers.change(desk, kind, kept.id, typed, now)

        title = texts.CHANGE_TITLE.format(name=kept.name)
        self.fill_in(kind, title, before, work, kept.name, ("oferta.alterar", f"{kind} {kept.id}"))

    def offer_kept(self, kind: str, kept: Kept, *, active: bool) -> None:
        """Offer one again, or no more, after a question."""

        def work(desk: "Desk", now: datetime) -> Changed:
            return services.providers.change(desk, kind, kept.id, {"active": "sim" if active else "nao"}, now)

        question = texts.REACTIVATE_QUESTION if active else texts.DEACTIVATE_QUESTION
        answer = texts.REACTIVATE_ANSWER if active else texts.DEACTIVATE_ANSWER
        self.confirm(
            question.format(name=kept.name),
            answer,
            lambda: self.desk_app.serve(work, lambda done: self.tell(done, kept.name)),
        )

    # The hours of a professional.

    def add_hours_of(self, one: Provider, values: Mapping[str, str]) -> None:
        """Add hours."""
        self.fill_in(
            "hours",
            texts.ADD_HOURS_TITLE.format(name=one.name),
            values,
            lambda desk, now, given: services.availability.add_hours(desk, given, now, one.id),
            one.name,
            ("profissional.incluir", str(one.id)),
            told=texts.DONE_ADDED_HOURS,
        )

    def change_hours_of(self, one: Provider, group: HoursGroup, supply: Supply) -> None:
        """Change hours. Only what was typed is sent; days and rule together."""
        before = typed_hours(group, supply)

        def work(desk: "Desk", now: datetime, given: "Words") -> Changed:
            typed = {key: value for key, value in given.items() if value != before[key]}
            if typed.keys() & {"hours", "rule"}:
                typed |= {key: given[key] for key in ("hours", "rule")}
            return services.availability.change_hours(desk, one.id, group.numbers, typed, now)

        title = texts.CHANGE_HOURS_TITLE.format(hours=when(group))
        draft = ("profissional.alterar", f"{one.id} {group.numbers[0]}")
        self.fill_in("hours", title, before, work, one.name, draft, above=one.name)

    def end_hours_of(self, one: Provider, group: HoursGroup, supply: Supply) -> None:
        """End hours with a day."""
        self.fill_in(
            "end",
            texts.END_TITLE.format(hours=when(group)),
            {"until": formats.date(group.first.of.until) if group.first.of.until else ""},
            lambda desk, now, given: services.availability.end_hours(desk, one.id, group.numbers, given["until"], now),
            one.name,
            ("profissional.encerrar", f"{one.id} {group.numbers[0]}"),
            above=f"{one.name}: {hours_words(group, supply)}",
        )

    def change_day_of(self, one: Provider, group: HoursGroup, supply: Supply, *, added: bool) -> None:
        """Leave a day out of hours, or add one."""
        title = texts.ADD_DAY_TITLE if added else texts.LEAVE_OUT_TITLE
        self.fill_in(
            "day",
            title.format(hours=when(group)),
            {},
            lambda desk, now, given: services.availability.change_day(
                desk, one.id, group.numbers, given["day"], now, added=added
            ),
            one.name,
            ("profissional.dia", f"{one.id} {group.numbers[0]} {int(added)}"),
            above=f"{one.name}: {hours_words(group, supply)}",
        )

    def absence_of(self, view: ProviderView, zone: ZoneInfo) -> None:
        """Record an absence, or remove one of those that are coming."""
        one = view.provider
        if not view.absences:
            self._add_absence(one)
            return
        choices: list[dialogs.choose.Choice[int]] = [dialogs.choose.Choice(0, texts.ADD_ABSENCE)]
        for each in view.absences:
            text = texts.REMOVE_ABSENCE.format(when=span(each, zone))
            choices.append(dialogs.choose.Choice(each.id, text, each.reason))

        def chosen(number: int) -> None:
            if not number:
                self._add_absence(one)
                return
            self.desk_app.serve(
                lambda desk, now: services.availability.end_absence(desk, one.id, number, now),
                lambda done: self.tell(done, one.name),
            )

        self.choose(texts.ABSENCE_TITLE.format(name=one.name), choices, chosen)

    def _add_absence(self, one: Provider) -> None:
        self.fill_in(
            "absence",
            texts.ABSENCE_TITLE.format(name=one.name),
            {},
            lambda desk, now, given: services.availability.add_absence(
                desk, one.id, given["first"], given["last"], given["reason"], now
            ),
            one.name,
            ("profissional.ausencia", str(one.id)),
            told=texts.DONE_CHANGED,
        )
