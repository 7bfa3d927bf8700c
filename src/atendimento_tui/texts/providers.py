"""Texts about professionals, sites, specialties and their hours."""

SHIPPED_DONE = "{new} especialidade(s) incluída(s); {same} já existiam e ficaram como estão."

ADDED = "Incluído."
CHANGED = "Alterado."
SAME = "Já estava assim: nada mudou."
UNPLACED = (
    "Agendamentos que perderam o horário: {count}. Nenhum foi apagado: veja-os com “atendimento horarios a-remarcar”."
)

EMPTY = {
    "specialty": "Não há especialidades. Inclua a lista do programa com “atendimento especialidades padrao”.",
    "site": "Não há locais. Inclua um com “atendimento locais incluir NOME --endereco … --cidade … --uf …”.",
    "provider": "Não há profissionais. Inclua um com “atendimento profissionais incluir NOME --registro … --especialidades …”.",
}

IMPORT_PROGRESS = "lendo a agenda"
IMPORTED = "Horários: {new} novo(s), {changed} alterado(s), {same} já estavam assim."
WOULD_IMPORT = "Seriam: {new} horário(s) novo(s), {changed} alterado(s), {same} sem mudança. Nada foi gravado."

INACTIVE = "inativo"
ELSEWHERE = "agenda em outro sistema"
LIMIT = "RN 566, {item}: {days} dias úteis"
LIMIT_AT_ONCE = "RN 566, {item}: imediato"
HOURS_LINE = "horário {number}: {hours}, {rule}, em {site}{specialty}; vaga de {slot} min, {capacity} lugar(es); desde {first}{until}"
UNTIL = ", até {day}"
FOR = " ({specialty})"
EVERY_WEEK = "toda semana: {days}"
RULE = "regra {rule}"
ONE_DAY = "só nesse dia"
LEFT_OUT = "  menos {days}"
ADDED_DAYS = "  mais {days}"
ABSENCE_LINE = "ausência {number}: de {starts} até {ends}: {reason}"
OPEN_UNTIL = "agenda aberta até {day}"
