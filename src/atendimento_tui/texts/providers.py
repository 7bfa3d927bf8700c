"""Texts about professionals, sites, specialties and their hours."""

SHIPPED_DONE = "Especialidades incluídas: {new}; já existiam e ficaram como estão: {same}."

ADDED = "Incluído."
CHANGED = "Alterado."
SAME = "Já estava assim: nada mudou."
UNPLACED = (
    "Agendamentos que perderam o horário: {count}. Nenhum foi apagado: veja-os com “atendimento horarios a-remarcar”."
)
UNKEYED = (
    "Linhas novas sem chave: {count}. Se o horário mudar na origem, a próxima importação inclui outro e não troca este: "
    "diga no mapa qual coluna é a “chave”."
)
WOULD_UNPLACE = "Agendamentos que perderiam o horário: {count}. Nenhum seria apagado."

EMPTY = {
    "specialty": "Não há especialidades. Inclua a lista do programa com “atendimento especialidades padrao”.",
    "site": "Não há locais. Inclua um com “atendimento locais incluir NOME --endereco … --cidade … --uf …”.",
    "provider": "Não há profissionais. Inclua um com “atendimento profissionais incluir NOME --registro … --especialidades …”.",
}

IMPORT_PROGRESS = "lendo a agenda"
IMPORTED = "Horários novos: {new}; alterados: {changed}; sem mudança: {same}."
WOULD_IMPORT = "Horários que seriam novos: {new}; alterados: {changed}; sem mudança: {same}. Nada foi gravado."

INACTIVE = "inativo"
ELSEWHERE = "agenda em outro sistema"
LIMIT = "RN 566, {item}: {days} dias úteis"
LIMIT_AT_ONCE = "RN 566, {item}: imediato"
HOURS_LINE = "horário {number}: {hours}, {rule}, em {site}{specialty}; vaga de {slot} min, lugares: {capacity}; desde {first}{until}"
UNTIL = ", até {day}"
FOR = " ({specialty})"
EVERY_WEEK = "toda semana: {days}"
RULE = "regra {rule}"
ONE_DAY = "só nesse dia"
LEFT_OUT = "  menos {days}"
ADDED_DAYS = "  mais {days}"
ABSENCE_LINE = "ausência {number}: de {starts} até {ends}: {reason}"
OPEN_UNTIL = "agenda aberta até {day}"

# The place.
TABS = {"provider": "Profissionais", "site": "Locais", "specialty": "Especialidades"}
READING = ("Lendo a oferta…",)
EMPTY_TABS = {
    "provider": (
        "Nenhum profissional.",
        "{add} inclui um profissional; antes dele vêm as especialidades (3) e os locais (2).",
    ),
    "site": ("Nenhum local.", "{add} inclui um local, com endereço e cidade."),
    "specialty": ("Nenhuma especialidade.", "{shipped} inclui a lista do programa; {add} inclui uma."),
}
"""Tab -> text when it is empty, with what to do next."""
EMPTY_HOURS = ("Nenhum horário.", "{add} inclui um horário: dias e horas, local, duração da vaga.")
FILTER = "Filtrar por nome, registro, especialidade, local ou cidade"
WITH_INACTIVE = "também o que está inativo"
WITH_ENDED = "também os que terminaram"

PROVIDER_COLUMNS = ("Nome", "Registro", "Especialidades", "Onde", "Situação")
SITE_COLUMNS = ("Local", "Endereço", "Cidade", "Calendário", "Profissionais")
SPECIALTY_COLUMNS = ("Especialidade", "RN 566", "Profissionais", "Preparo")
HOURS_COLUMNS = ("Dias e horas", "Local", "Especialidade", "Vaga", "Lugares", "De", "Até")

ACTIVE = "ativo"
OTHER_SYSTEM = "outro sistema"
ANY_SPECIALTY = "todas"
MINUTES = "{minutes} min"
LIMIT_SHORT = "{item}: {days} dias"
LIMIT_SHORT_AT_ONCE = "{item}: imediato"

NO_ROW = "Nada no cursor da lista."
NO_HOURS = "Nenhum horário no cursor: inclua um."
IS_INACTIVE = "Já está inativo."
IS_ACTIVE = "Já está ativo."

FACT_REGISTRATION = "Registro"
FACT_SPECIALTIES = "Especialidades"
FACT_SQUEEZE_INS = "Encaixes por vaga"
FACT_ADDRESS = "Endereço"
FACT_CITY = "Cidade"
FACT_CALENDAR = "Fecha nos feriados de"
FACT_LIMIT = "Prazo"
FACT_PREPARATION = "Preparo"
FACT_WHO = "Profissionais"
FACT_HOURS = "Horários"
FACT_ABSENCES = "Ausências"
ABSENCE = "Ausência"
NO_CALENDAR = "nenhum calendário"
NO_LIMIT = "nenhum prazo da RN 566"
NOBODY = "nenhum"
NEXT = "Próxima vaga: {at}, {site}"
NO_NEXT = "Nenhuma vaga livre nos próximos {days} dias."
WHY_INACTIVE = "Inativo: não aparece na agenda."
WHY_OTHER_SYSTEM = "A agenda é de outro sistema: as vagas não aparecem aqui."
WHY_NO_SPECIALTY = "Sem especialidade: não aparece na agenda."
WHY_NO_HOURS = "Sem horário: não aparece na agenda."
READING_HINT = "Esc fecha"

HOURS_WORDS = "{hours} · {slot} min · {site}"
HOURS_PLACES = " · {capacity} lugares"
HOURS_SECOND = " · aceita segunda marcação"
HOURS_SINCE = " · desde {day}"
HOURS_UNTIL = " · até {day}"
HOURS_RULE = "{hours} pela regra {rule}"
HOURS_ONE_DAY = "{hours} só em {day}"
WITHOUT = "Sem os dias: {days}"
BESIDES = "A mais: {days}"
SPAN = "{starts} a {ends}"
ABSENCE_WORDS = "{when}: {reason}"

YES_NO = {"sim": "sim", "nao": "não"}

FORMS = {
    "provider": {
        "name": ("Nome", ""),
        "registration": ("Registro no conselho", "como CRM/SP 12345"),
        "specialties": ("Especialidades", "separadas por vírgula; → completa o nome"),
        "master": ("A agenda é a daqui", "não: outro sistema a mantém, e as vagas não aparecem"),
        "squeeze_ins": ("Encaixes por vaga", "quantas pessoas além dos lugares, de 0 a 20"),
    },
    "site": {
        "name": ("Nome", ""),
        "address": ("Endereço", "rua, número, bairro: é o que se lê à pessoa"),
        "city": ("Cidade", ""),
        "state": ("UF", "como SP"),
        "calendar": ("Calendário", "cujos feriados fecham o local: legal, expediente ou outro; em branco, nenhum"),
    },
    "specialty": {
        "name": ("Nome", ""),
        "rn566": ("Item da RN 566", "do art. 3, como II; em branco, sem prazo"),
        "preparation": ("Preparo", "o que se diz à pessoa: jejum, exames, pedido médico"),
    },
    "hours": {
        "hours": ("Dias e horas", "como seg, qua 8-12 13-17; com regra, só as horas"),
        "site": ("Local", "→ completa o nome"),
        "slot": ("Minutos da vaga", "de 5 em 5"),
        "capacity": ("Lugares", "quantas pessoas na mesma vaga"),
        "specialty": ("Especialidade", "em branco, todas as do profissional"),
        "since": ("Desde", "dd/mm/aaaa"),
        "until": ("Até", "o último dia; em branco, sem fim"),
        "rule": ("Regra", "só se não for toda semana: RRULE, como FREQ=MONTHLY;BYDAY=1MO"),
        "second": ("Segunda marcação", "aceita, com motivo, quem já tem outra consulta nessa hora"),
    },
    "csv": {
        "file": ("Arquivo CSV", "o caminho, como ~/rede.csv"),
        "map": ("Mapa", "o arquivo TOML que diz o que é cada coluna: docs/agenda.md"),
    },
    "ics": {
        "file": ("Arquivo .ics", "o caminho, como ~/bia.ics"),
        "provider": ("Profissional", "nome ou registro; → completa o nome"),
        "site": ("Local", "→ completa o nome"),
        "slot": ("Minutos da vaga", "de 5 em 5"),
        "specialty": ("Especialidade", "em branco, todas as do profissional"),
    },
    "end": {"until": ("Último dia", "dd/mm/aaaa; antes do começo, o horário sai de todo")},
    "day": {"day": ("Dia", "dd/mm/aaaa")},
    "absence": {
        "first": ("De", "dd/mm/aaaa, com a hora se quiser: 24/12/2026 13:00"),
        "last": ("Até", "em branco, o mesmo dia"),
        "reason": ("Motivo", "férias, congresso"),
    },
}
"""What is asked -> its items, each with label and note."""

OPTIONS = {"master": YES_NO, "second": YES_NO}
"""Item -> the words that one chooses from."""

ADD_TITLES = {"provider": "Incluir profissional", "site": "Incluir local", "specialty": "Incluir especialidade"}
CHANGE_TITLE = "Alterar {name}"
ADD_HOURS_TITLE = "Incluir horário de {name}"
CHANGE_HOURS_TITLE = "Alterar {hours}"
END_TITLE = "Encerrar {hours}"
LEAVE_OUT_TITLE = "Tirar um dia de {hours}"
ADD_DAY_TITLE = "Pôr um dia em {hours}"
ABSENCE_TITLE = "Ausência de {name}"
ADD_ABSENCE = "Anotar uma ausência"
REMOVE_ABSENCE = "Retirar a de {when}"

DONE_ADDED = "{name}: incluído."
DONE_ADDED_PROVIDER = "{name}: incluído. {open} abre, para os horários."
DONE_ADDED_HOURS = "{name}: horário incluído."
DONE_CHANGED = "{name}: alterado."
DONE_SAME = "{name}: já estava assim, nada mudou."
DONE_SHIPPED = "Especialidades incluídas: {new}. Já havia: {same}."
LEFT_WITHOUT_TIME = "Agendamentos que ficaram sem horário: {count}. Nenhum foi apagado: {key} lista, para remarcar."

DEACTIVATE_QUESTION = "Deixar de oferecer {name}?"
DEACTIVATE_ANSWER = "Sim: as vagas somem, e o que está marcado fica e é listado para remarcar"
REACTIVATE_QUESTION = "Oferecer {name} de novo?"
REACTIVATE_ANSWER = "Sim, oferecer de novo"

IMPORT_TITLE = "Importar horários"
IMPORT_WAYS = {
    "csv": "De uma lista em CSV, com o seu mapa",
    "ics": "De um arquivo iCalendar (.ics), para um profissional",
}
IMPORT_TITLES = {"csv": "Importar uma lista em CSV", "ics": "Importar um arquivo iCalendar"}
IMPORT_OF = "Importar os horários de {name}"
IMPORT_SUMMARY = "Novos: {new} · alterados: {changed} · sem mudança: {same} · linhas erradas: {wrong}. Importar?"
IMPORT_NO = "Não: nada foi gravado"
IMPORT_YES = "Sim, importar"
IMPORT_NOTHING = "Nada a importar. Sem mudança: {same}; linhas com erro: {wrong}."
