"""Texts about professionals, sites, specialties and their hours."""

GROUPS = {
    "especialidades": "as especialidades da agenda, com o item da RN 566",
    "locais": "os locais de atendimento da agenda",
    "profissionais": "os profissionais da agenda",
    "horarios": "os horários dos profissionais",
}

LIST = "lista"
ADD = "inclui, ou altera o que já existe com o mesmo nome"
CHANGE = "altera"
NAME = "o nome"
NEW_NAME = "o nome novo"
WHICH = "o nome; de um profissional, também o número do conselho"
SHOW = "mostra um profissional, com horários, ausências e os números deles"
SHIPPED = "inclui a lista de especialidades que vem com o programa"
SHIPPED_DONE = "{new} especialidade(s) incluída(s); {same} já existiam e ficaram como estão."

ABSENCE = "anota uma ausência de um profissional, ou retira uma"
ABSENT_FROM = "o primeiro dia (dd/mm/aaaa), ou dia e hora entre aspas"
ABSENT_UNTIL = "o último dia, ou dia e hora; o primeiro, se não disser"
ABSENT_WHY = "o motivo"
ABSENT_REMOVE = "retira a ausência deste número"

HOURS_ADD = "inclui um horário de um profissional"
HOURS_END = "encerra um horário em um dia"
HOURS_DAY = "tira um dia de um horário, ou inclui um"
HOURS_NUMBER = "o número do horário, que “profissionais ver” mostra"
DAY = "o dia (dd/mm/aaaa)"
DAY_ADDED = "inclui o dia, em vez de tirar"
TO_MOVE = "lista os agendamentos cujo horário foi fechado depois, com a mensagem pronta"

OPTIONS = {
    "item_rn566": "o item do art. 3º da RN 566 (I a XVII), ou vazio",
    "preparo": "o que se diz à pessoa que prepare",
    "ativa": "sim ou nao",
    "ativo": "sim ou nao",
    "endereco": "rua, número e complemento",
    "cidade": "a cidade; a da unidade, se não disser",
    "uf": "a sigla do estado; a da unidade, se não disser",
    "calendario": "o calendário cujos feriados fecham o local: expediente, legal, ou outro",
    "registro": "o conselho: CRM/SP 123456",
    "especialidades": "as especialidades, separadas por vírgula",
    "principal": "sim, se é esta a agenda que vale; nao, se é a de outro sistema",
    "encaixes": "quantos encaixes cabem numa vaga",
    "local": "o local de atendimento",
    "especialidade": "só esta especialidade; todas as do profissional, se não disser",
    "horas": "os dias e as horas: “seg-qua 8-12 13-17”; com --regra, só as horas: “8-12”",
    "regra": "uma regra de repetição (RRULE): FREQ=MONTHLY;BYDAY=1MO",
    "desde": "o primeiro dia (dd/mm/aaaa); hoje, se não disser",
    "ate": "o último dia (dd/mm/aaaa)",
    "vaga": "os minutos de uma vaga (30, se não disser)",
    "lugares": "quantas pessoas cabem numa vaga (1, se não disser)",
    "segunda": "sim, se a mesma pessoa pode ter outra consulta na mesma hora, com motivo",
}

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
