"""What can be done with a person or a group: the dialogs and the calls of services."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from atendimento_tui import domain, services
from atendimento_tui.contracts.people import GroupRow, GroupView, HandedOver, PersonRow, PersonView, Receiver, Staff
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.settings import Value
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.screens.people.lines import held_lines
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import people as texts
from atendimento_tui.texts import settings as setting_texts
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.keep import Item
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

_HELD_IN_DIALOG = 8


class PeopleActs(Keeping):
    """The acts on people and groups."""

    def show_added(self, key: int, message: str) -> None:
        """Show the message, read the place again, and move the cursor to the new row: it is what is changed next."""
        self.added = key
        self.changed(message)

    def add_person(self, known: Staff) -> None:
        """Add a person."""
        empty = PersonRow(0, "", "", "atendente", True, (), "", 0)
        self.keep(
            texts.ADD_PERSON_TITLE,
            _items(empty, known),
            lambda desk, now, given, _: services.staff.add_person(desk, given, now),
            lambda row: self.show_added(row.id, texts.ADDED.format(name=row.name, login=row.login)),
            draft=("pessoas.incluir", ""),
        )

    def change_person(self, row: PersonRow, known: Staff) -> None:
        """Change a person."""
        self.edit(
            texts.CHANGE_TITLE.format(name=row.name),
            row,
            lambda seen: _items(seen, known),
            lambda desk, now: services.staff.view_person(desk, now, row.id).row,
            lambda desk, now, given, seen: services.staff.change_person(desk, row.id, given, now, seen=seen.version),
            lambda after: self.changed(texts.CHANGED.format(name=after.name)),
            draft=("pessoas.alterar", str(row.id)),
        )

    def note_absence(self, row: PersonRow) -> None:
        """Note an absence, or remove one of those that are noted."""
        if not row.absences:
            self._add_absence(row)
            return
        choices: list[dialogs.choose.Choice[int]] = [dialogs.choose.Choice(0, texts.ADD_ABSENCE)]
        for each in row.absences:
            days = texts.DAYS.format(first=formats.date(each.period.first), last=formats.date(each.period.last))
            choices.append(dialogs.choose.Choice(each.id, texts.REMOVE_ABSENCE.format(days=days), each.reason))
        title = texts.ABSENCE_TITLE.format(name=row.name)
        self.choose(title, choices, lambda absence: self._remove_absence(row, absence))

    def _add_absence(self, row: PersonRow) -> None:
        item = dialogs.keep.Item
        self.keep(
            texts.ABSENCE_TITLE.format(name=row.name),
            {
                "first": item(texts.FIRST_DAY, note=texts.DAY_NOTE),
                "last": item(texts.LAST_DAY, note=texts.LAST_DAY_NOTE),
                "reason": item(texts.ABSENCE_REASON, note=texts.ABSENCE_REASON_NOTE),
            },
            lambda desk, now, given, _: services.absences.add_absence(desk, row.id, given, now),
            lambda after: self.changed(texts.CHANGED.format(name=after.name)),
            draft=("pessoas.ausencia", str(row.id)),
        )

    def _remove_absence(self, row: PersonRow, absence: int) -> None:
        if not absence:
            self._add_absence(row)
            return
        self.desk_app.serve(
            lambda desk, now: services.absences.remove_absence(desk, row.id, absence, now),
            lambda after: self.changed(texts.ABSENCE_GONE.format(name=after.name)),
        )

    def let_person_go(self, row: PersonRow, known: Staff) -> None:
        """Deactivate a person, and hand over what they hold; of somebody who has left, what is left."""
        me = self.desk_app.person
        if me and me.id == row.id:
            self.confirm(texts.MYSELF_QUESTION, texts.MYSELF_ANSWER, partial(self._ask_receiver, row, known))
        else:
            self._ask_receiver(row, known)

    def _ask_receiver(self, row: PersonRow, known: Staff) -> None:
        def read(desk: "Desk", now: datetime) -> PersonView:
            return services.staff.view_person(desk, now, row.id)

        def ask(view: PersonView) -> None:
            if not view.row.held:
                self._let_go(view, services.leaving.TO_THE_QUEUE)
                return
            title = texts.RECEIVER_TITLE.format(name=row.name, count=formats.number(view.row.held))
            to_queue = dialogs.choose.Choice(services.leaving.TO_THE_QUEUE, texts.RECEIVER_QUEUE)
            self._choose_receiver(title, [to_queue, *_receivers(known, person=row.id)], partial(self._let_go, view))

        self.ask(("desativar", row.id), read, ask)

    def _choose_receiver(
        self, title: str, choices: "Sequence[dialogs.choose.Choice[Receiver]]", then: Callable[[Receiver], None]
    ) -> None:
        def chosen(to: Receiver) -> None:
            if to.absent_until:
                question = texts.ABSENT_QUESTION.format(name=to.name, day=formats.date(to.absent_until))
                self.confirm(question, texts.ABSENT_ANSWER, lambda: then(to))
            else:
                then(to)

        self.choose(title, choices, chosen)

    def _let_go(self, view: PersonView, to: Receiver) -> None:
        row = view.row

        def work(desk: "Desk", now: datetime, given: "Words", request: str) -> HandedOver:
            reason = given["reason"]
            return services.leaving.let_go(desk, row.id, now, to, reason, request, seen=row.version, confirmed=True)

        def finish(done: HandedOver) -> None:
            self.changed(texts.LEFT.format(name=row.name, count=formats.number(done.done)))
            self._show_left(done)

        held = [line.plain for line in held_lines(view.held[:_HELD_IN_DIALOG], row.held)] if row.held else []
        to_whom = texts.TO_WHOM.format(name=to.name or texts.RECEIVER_QUEUE)
        self.keep(
            texts.LEAVE_TITLE.format(name=row.name),
            {
                "reason": dialogs.keep.Item(
                    texts.LEAVE_REASON, texts.DEFAULT_REASON.format(name=row.name), is_suggestion=True
                )
            },
            work,
            finish,
            draft=("pessoas.desativar", f"{row.id} {to.owner} {to.group}"),
            above=[*held, to_whom] if held else [texts.LEAVE_NOTHING],
        )

    def _show_left(self, done: HandedOver) -> None:
        for each in done.left[:1]:
            reason = self.desk_app.refusal_text(each.why) if each.why else ""
            text = texts.LEFT_OVER.format(protocol=formats.protocol_groups(each.protocol), reason=reason)
            self.desk_app.show_message(text, warning=True)

    def take_person_back(self, row: PersonRow) -> None:
        """Let somebody who has left act again."""

        def work(desk: "Desk", now: datetime) -> PersonRow:
            return services.staff.reactivate_person(desk, row.id, now, seen=row.version)

        self.confirm(
            texts.BACK_QUESTION.format(name=row.name),
            texts.BACK_ANSWER,
            lambda: self.desk_app.serve(work, lambda after: self.changed(texts.BACK.format(name=after.name))),
        )

    def give_password(self, row: PersonRow) -> None:
        """Give a one-time password, which is shown once."""

        def work(desk: "Desk", _now: datetime) -> str:
            return services.access.give_one_time_password(desk, row.id)

        def show(password: str) -> None:
            lines = [texts.PASSWORD_LOGIN.format(login=row.login), texts.PASSWORD.format(password=password)]
            lines += ["", *texts.PASSWORD_NOTE]
            title = texts.PASSWORD_TITLE.format(name=row.name)
            content = [plain(line) for line in lines]
            self.app.push_screen(dialogs.reading.ReadingDialog(title, content, texts.READING_HINT))
            self.desk_changed()

        question = texts.PASSWORD_QUESTION.format(name=row.name)
        self.confirm(question, texts.PASSWORD_ANSWER, lambda: self.desk_app.serve(work, show))

    # Groups.

    def add_group(self) -> None:
        """Add a group."""
        self.keep(
            texts.ADD_GROUP_TITLE,
            {"name": dialogs.keep.Item(texts.GROUP_NAME)},
            lambda desk, now, given, _: services.groups.add_group(desk, given["name"], now),
            lambda row: self.show_added(row.id, texts.GROUP_MADE.format(name=row.name)),
            draft=("grupos.incluir", ""),
        )

    def rename_group(self, row: GroupRow) -> None:
        """Give a group another name."""
        self.edit(
            texts.CHANGE_TITLE.format(name=row.name),
            row,
            lambda seen: {"name": dialogs.keep.Item(texts.GROUP_NAME, seen.name, texts.GROUP_NAME_NOTE)},
            lambda desk, now: services.groups.view_group(desk, now, row.id).row,
            lambda desk, now, given, seen: services.groups.rename_group(
                desk, row.id, given["name"], now, seen=seen.version
            ),
            lambda after: self.changed(texts.GROUP_CHANGED.format(name=after.name)),
            draft=("grupos.alterar", str(row.id)),
        )

    def change_members(self, row: GroupRow, known: Staff) -> None:
        """Choose a person who joins the group or leaves it; again until Esc."""
        choices = [
            dialogs.choose.Choice(person, person.name, texts.IS_MEMBER if row.name in person.groups else "")
            for person in known.people
            if person.is_active
        ]

        def chosen(person: PersonRow) -> None:
            belongs = row.name not in person.groups

            def work(desk: "Desk", now: datetime) -> tuple[GroupRow, Staff]:
                after = services.groups.set_member(desk, row.id, person.id, now, belongs=belongs)
                return after, services.staff.staff(desk, now)

            def again(result: tuple[GroupRow, Staff]) -> None:
                told = texts.JOINED if belongs else texts.LEFT_GROUP
                self.changed(told.format(person=person.name, group=row.name))
                if self.is_current:
                    self.change_members(*result)

            self.desk_app.serve(work, again)

        self.choose(texts.MEMBERS_TITLE.format(name=row.name), choices, chosen)

    def let_group_go(self, row: GroupRow, known: Staff) -> None:
        """Deactivate a group; what it holds is handed over first."""

        def read(desk: "Desk", now: datetime) -> GroupView:
            return services.groups.view_group(desk, now, row.id)

        def ask(view: GroupView) -> None:
            if view.services:
                services_named = ", ".join(view.services)
                self.desk_app.show_refusal(Refusal("grupo_de_servico", {"group": row.name, "services": services_named}))
            elif view.row.held:
                title = texts.RECEIVER_TITLE.format(name=row.name, count=formats.number(view.row.held))
                self._choose_receiver(title, _receivers(known, group=row.id), partial(self._let_group_go, view))
            else:
                question = texts.GROUP_QUESTION.format(name=row.name)
                self.confirm(question, texts.GROUP_ANSWER, partial(self._deactivate_group, view.row))

        self.ask(("desativar grupo", row.id), read, ask)

    def _let_group_go(self, view: GroupView, to: Receiver) -> None:
        row = view.row

        def work(desk: "Desk", now: datetime, given: "Words", request: str) -> HandedOver:
            done = services.leaving.hand_over_all(desk, now, to, given["reason"], request, group=row.id)
            if not done.left:
                services.groups.deactivate_group(desk, row.id, now)
            return done

        def finish(done: HandedOver) -> None:
            self.changed(texts.GROUP_LEFT.format(name=row.name, count=formats.number(done.done)))
            self._show_left(done)

        held = [line.plain for line in held_lines(view.held[:_HELD_IN_DIALOG], row.held)]
        self.keep(
            texts.LEAVE_TITLE.format(name=row.name),
            {
                "reason": dialogs.keep.Item(
                    texts.LEAVE_REASON, texts.GROUP_REASON.format(name=row.name), is_suggestion=True
                )
            },
            work,
            finish,
            draft=("grupos.desativar", f"{row.id} {to.owner} {to.group}"),
            above=[*held, texts.TO_WHOM.format(name=to.name)],
        )

    def change_email(self, row: PersonRow | GroupRow) -> None:
        """Change the e-mail address of a person or a group."""
        is_person = isinstance(row, PersonRow)
        change = services.addresses.set_person_email if is_person else services.addresses.set_group_email
        view = services.staff.view_person if is_person else services.groups.view_group

        def items(seen: PersonRow | GroupRow) -> "dict[str, Item]":
            return {"email": dialogs.keep.Item(texts.COLUMN_EMAIL, seen.email, texts.EMAIL_NOTE)}

        def read(desk: "Desk", now: datetime) -> PersonRow | GroupRow:
            return view(desk, now, row.id).row

        def work(desk: "Desk", now: datetime, given: "Words", seen: PersonRow | GroupRow) -> PersonRow | GroupRow:
            return change(desk, row.id, given["email"], now, seen=seen.version)

        def finish(after: PersonRow | GroupRow) -> None:
            self.changed(texts.EMAIL_CHANGED.format(name=after.name, email=after.email or texts.NO_EMAIL))

        draft = ("pessoas.email", f"{type(row).__name__} {row.id}")
        self.edit(texts.EMAIL_TITLE.format(name=row.name), row, items, read, work, finish, draft=draft)

    def _deactivate_group(self, row: GroupRow) -> None:
        self.desk_app.serve(
            lambda desk, now: services.groups.deactivate_group(desk, row.id, now, seen=row.version),
            lambda after: self.changed(texts.GROUP_LEFT.format(name=after.name, count=0)),
        )

    def take_group_back(self, row: GroupRow) -> None:
        """Let a group get tickets again."""
        self.desk_app.serve(
            lambda desk, now: services.groups.reactivate_group(desk, row.id, now, seen=row.version),
            lambda after: self.changed(texts.GROUP_IS_BACK.format(name=after.name)),
        )


class UnitActs(Keeping):
    """The acts on the settings of the unit."""

    def change_setting(self, key: str, value: Value) -> None:
        """Change a setting."""
        label = setting_texts.LABEL[key]

        def items(seen: Value) -> "dict[str, Item]":
            return {"value": dialogs.keep.Item(label, str(seen), setting_texts.NOTE.get(key, ""))}

        def read(desk: "Desk", _now: datetime) -> Value:
            return services.settings.unit_settings(desk).values[key]

        def work(desk: "Desk", now: datetime, given: "Words", seen: Value) -> Value:
            return services.settings.change_setting(desk, key, given["value"], now, seen=seen)

        def finish(after: Value) -> None:
            shown = after if after != "" else setting_texts.EMPTY_VALUE
            self.changed(setting_texts.CHANGED.format(label=label, value=shown))

        title = texts.CHANGE_TITLE.format(name=texts.TABS["unidade"])
        self.edit(title, value, items, read, work, finish, draft=("unidade.alterar", key))


def _items(row: PersonRow, known: Staff) -> "dict[str, Item]":
    """The fields of a person."""
    item = dialogs.keep.Item
    groups = ", ".join(group.name for group in known.groups if group.is_active)
    roles = {str(role): words.ROLE[role] for role in domain.access.PEOPLE_ROLES}
    return {
        "name": item(texts.COLUMN_NAME, row.name),
        "login": item(texts.COLUMN_LOGIN, row.login, texts.LOGIN_NOTE if not row.login else ""),
        "role": item(texts.COLUMN_ROLE, row.role, options=roles),
        "groups": item(texts.COLUMN_GROUPS, ", ".join(row.groups), texts.GROUPS_NOTE.format(groups=groups)),
        "hours": item(texts.COLUMN_HOURS, row.hours, texts.HOURS_NOTE),
    }


def _receivers(known: Staff, person: int = 0, group: int = 0) -> "list[dialogs.choose.Choice[Receiver]]":
    """Groups, then people, without the one who leaves; who is absent is told."""
    found = [
        dialogs.choose.Choice(services.leaving.to_group(row), row.name, texts.A_GROUP)
        for row in known.groups
        if row.is_active and row.id != group
    ]
    for row in known.people:
        if row.is_active and row.id != person:
            day = formats.short_date(row.absent_until) if row.absent_until else ""
            aside = texts.ABSENT_UNTIL.format(day=day) if day else ", ".join(row.groups)
            found.append(dialogs.choose.Choice(services.leaving.to_person(row), row.name, aside))
    return found
