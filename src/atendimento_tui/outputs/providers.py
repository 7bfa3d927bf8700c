"""Professionals, sites, specialties and hours as lines of text and as JSON."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.providers import (
    Hours,
    Provider,
    ProviderView,
    Site,
    Specialty,
    Supply,
    Unplaced,
    WhyMoved,
)
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.recurrence import weekdays_of
from atendimento_tui.domain.text import printable
from atendimento_tui.texts import agenda as agenda_texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import providers as texts


def lines(supply: Supply, kind: str) -> list[str]:
    """A line for each specialty, professional or site."""
    if kind == "specialty":
        return [_specialty(each) for each in supply.specialties.values()]
    if kind == "site":
        return [_site(each) for each in supply.sites.values()]
    return [_provider(each, supply) for each in supply.providers.values()]


def _specialty(one: Specialty) -> str:
    days = ITEMS_566.get(one.rn566)
    limit = texts.LIMIT_AT_ONCE if days is None else texts.LIMIT
    said = limit.format(item=one.rn566, days=days) if one.rn566 else ""
    return _joined(one.name, said, one.preparation, "" if one.is_active else texts.INACTIVE)


def _site(one: Site) -> str:
    return _joined(
        one.name, one.address, f"{one.city}/{one.state}", one.calendar, "" if one.is_active else texts.INACTIVE
    )


def _provider(one: Provider, supply: Supply) -> str:
    marks = ["" if one.is_active else texts.INACTIVE, "" if one.is_master else texts.ELSEWHERE]
    return _joined(one.name, one.registration, supply.names_of(one.specialties), *marks)


def as_json(supply: Supply, kind: str) -> list[dict[str, Any]]:
    """The specialties, professionals or sites."""
    if kind == "specialty":
        return [
            {"nome": one.name, "item_rn566": one.rn566, "preparo": one.preparation, "ativa": one.is_active}
            for one in supply.specialties.values()
        ]
    if kind == "site":
        return [
            {
                "nome": one.name,
                "endereco": one.address,
                "cidade": one.city,
                "uf": one.state,
                "calendario": one.calendar,
                "ativo": one.is_active,
            }
            for one in supply.sites.values()
        ]
    return [_provider_as_json(one, supply) for one in supply.providers.values()]


def _provider_as_json(one: Provider, supply: Supply) -> dict[str, Any]:
    return {
        "nome": one.name,
        "registro": one.registration,
        "especialidades": [supply.specialties[each].name for each in one.specialties],
        "principal": one.is_master,
        "encaixes": one.squeeze_ins,
        "ativo": one.is_active,
    }


def view_lines(view: ProviderView, supply: Supply, zone: ZoneInfo) -> Iterator[str]:
    """A professional with hours and absences."""
    yield _provider(view.provider, supply)
    for own in view.hours:
        if own.is_active:
            yield _hours(own, supply)
            for form, days in ((texts.LEFT_OUT, own.of.left_out), (texts.ADDED_DAYS, own.of.added)):
                if days:
                    yield form.format(days=_days(days))
    for away in view.absences:
        starts, ends = (formats.instant(at.astimezone(zone)) for at in (away.starts_at, away.ends_at))
        yield _one_line(texts.ABSENCE_LINE.format(number=away.id, starts=starts, ends=ends, reason=away.reason))
    if view.open_until:
        yield texts.OPEN_UNTIL.format(day=formats.date(view.open_until))


def view_as_json(view: ProviderView, supply: Supply, zone: ZoneInfo) -> dict[str, Any]:
    """A professional with hours and absences."""
    return {
        **_provider_as_json(view.provider, supply),
        "horarios": [
            {
                "numero": own.of.id,
                "local": supply.sites[own.of.site].name,
                "especialidade": supply.specialties[own.of.specialty].name if own.of.specialty else None,
                "regra": own.of.rule,
                "desde": own.of.first.isoformat(),
                "ate": own.of.until.isoformat() if own.of.until else None,
                "inicio": _clock(own.of.starts),
                "fim": _clock(own.of.ends),
                "fuso": own.of.zone.key,
                "vaga_min": own.of.slot_minutes,
                "lugares": own.of.capacity,
                "menos": [day.isoformat() for day in sorted(own.of.left_out)],
                "mais": [day.isoformat() for day in sorted(own.of.added)],
            }
            for own in view.hours
            if own.is_active
        ],
        "ausencias": [
            {
                "numero": away.id,
                "de": away.starts_at.astimezone(zone).isoformat(),
                "ate": away.ends_at.astimezone(zone).isoformat(),
                "motivo": away.reason,
            }
            for away in view.absences
        ],
    }


def unplaced_lines(one: Unplaced) -> Iterator[str]:
    """A booking to be moved, and the message to its beneficiary."""
    protocol = formats.protocol_groups(one.protocol) if one.protocol else ""
    number = "" if one.ticket else agenda_texts.TO_MOVE_NUMBER.format(number=one.booking)
    yield _joined(unplaced_line(one), one.channel, one.phone, protocol or number)
    yield _one_line(f"  {unplaced_message(one)}")


def unplaced_line(one: Unplaced) -> str:
    """A booking to be moved, and why."""
    return agenda_texts.TO_MOVE_LINE.format(
        at=formats.instant(one.starts_at),
        name=one.name or agenda_texts.SOMEBODY,
        provider=one.provider,
        site=one.site,
        why=agenda_texts.TO_MOVE_WHY[one.why],
    )


def unplaced_as_json(one: Unplaced) -> dict[str, Any]:
    """A booking to be moved, and the message to its beneficiary."""
    return {
        "numero": one.booking,
        "inicio": one.starts_at.isoformat(),
        "profissional": one.provider,
        "local": one.site,
        "especialidade": one.specialty,
        "nome": one.name,
        "telefone": one.phone,
        "protocolo": one.protocol or None,
        "conflito": one.why is not WhyMoved.CLOSED,
        "porque": agenda_texts.TO_MOVE_WHY[one.why],
        "canal": one.channel,
        "importado": one.is_imported,
        "mensagem": unplaced_message(one),
    }


def unplaced_message(one: Unplaced) -> str:
    """The message to somebody whose booking is to be moved; it has no sentence about what is not known."""
    protocol = formats.protocol_groups(one.protocol) if one.protocol else ""
    return agenda_texts.TO_MOVE_MESSAGE.format(
        name=one.name and agenda_texts.TO_MOVE_NAME.format(name=one.name),
        specialty=one.specialty and agenda_texts.TO_MOVE_SPECIALTY.format(specialty=one.specialty),
        provider=one.provider,
        at=formats.instant(one.starts_at),
        site=one.site,
        protocol=protocol and agenda_texts.TO_MOVE_PROTOCOL.format(protocol=protocol),
    )


def _hours(own: Hours, supply: Supply) -> str:
    of = own.of
    specialty = texts.FOR.format(specialty=supply.specialties[of.specialty].name) if of.specialty else ""
    return _one_line(
        texts.HOURS_LINE.format(
            number=of.id,
            hours=f"{_clock(of.starts)}-{_clock(of.ends)}",
            rule=_rule(of.rule),
            site=supply.sites[of.site].name,
            specialty=specialty,
            slot=of.slot_minutes,
            capacity=of.capacity,
            first=formats.date(of.first),
            until=texts.UNTIL.format(day=formats.date(of.until)) if of.until else "",
        )
    )


def _rule(rule: str) -> str:
    """A weekly rule by its weekdays; another one as it is."""
    if (of_week := weekdays_of(rule)) is not None:
        return texts.EVERY_WEEK.format(days=", ".join(formats.WEEKDAYS[day] for day in of_week))
    return texts.RULE.format(rule=rule) if rule else texts.ONE_DAY


def _days(days: Iterable[date]) -> str:
    return ", ".join(formats.date(day) for day in sorted(days))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _joined(*parts: str) -> str:
    return _one_line("  ".join(filter(None, parts)))


def _one_line(text: str) -> str:
    return printable(text, keep="").rstrip()
