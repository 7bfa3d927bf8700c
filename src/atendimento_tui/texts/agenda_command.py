"""The help of the commands of the agenda: slots, bookings, the waiting list, who offers appointments, imports."""

AGENDA = "as vagas e os agendamentos"
AGENDA_SLOTS = "lista as vagas livres, as mais próximas primeiro, com o código de cada uma"
AGENDA_MONTH = "mostra quão cheio está cada dia de um mês, de um profissional ou de uma especialidade"
AGENDA_WHICH_MONTH = "o mês (mm/aaaa); o atual, se não disser"
AGENDA_MONTH_PICTURE = "grava o mês como imagem (SVG) neste arquivo"
AGENDA_BOOK = "marca uma vaga: abre o pedido com o protocolo, ou usa um aberto"
AGENDA_MOVE = "troca a vaga de um agendamento"
AGENDA_CANCEL = "desmarca um agendamento"
AGENDA_DAY_FOLDER = "grava a lista em PDF nesta pasta"
AGENDA_DAY_PRINTER = "imprime a lista nesta impressora"
AGENDA_ICS = "grava o arquivo de calendário (.ics) de um agendamento, para Google, Outlook e outros"
AGENDA_ICS_FOLDER = "a pasta em que o arquivo é gravado"
AGENDA_DAY = "lista as consultas de um dia"
AGENDA_SLOT = "o código da vaga, de “agenda vagas”"
AGENDA_OF_TICKET = "o protocolo de um pedido já aberto"
AGENDA_FOR_TICKET = "o protocolo do pedido: o limite conta da abertura, e nada livre no prazo fica registrado nele"
AGENDA_INSTEAD = "o número do agendamento importado que este substitui, de “horarios a-remarcar”"
AGENDA_IMPORTED = "em vez do protocolo: o número de um agendamento importado, que não tem pedido"
AGENDA_REQUEST = "identifica o pedido: repetido, nada se marca de novo"
AGENDA_FIELD = "a resposta a um campo do serviço, como motivo=dor; pode repetir"
AGENDA_WHY = "o motivo"
AGENDA_WHICH_DAY = "o dia (dd/mm/aaaa); hoje, se não disser"
AGENDA_WAITING = {
    "espera": "a lista de espera por vagas",
    "incluir": "põe um pedido na lista, ou abre um; o que já está nela guarda o lugar e passa a esperar o que se diz agora",
    "listar": "lista quem espera, em ordem, e o que foi oferecido",
    "oferecer": "oferece a quem espera uma vaga livre, ou as que foram devolvidas",
    "aceitar": "marca a vaga oferecida",
    "recusar": "registra a recusa; a vaga passa ao seguinte, e quem recusou guarda o lugar",
    "sair": "tira da lista",
    "protocolo": "o protocolo de um pedido aberto; sem ele, abre-se um",
    "vaga": "o código de uma vaga livre, de “agenda vagas”; sem ele, as devolvidas",
    "--especialidade": "a especialidade; sem ela, a do pedido",
    "--cidade": "a cidade; qualquer uma, se não disser",
    "--profissional": "o profissional; qualquer um, se não disser",
    "--ate": "o último dia que serve (dd/mm/aaaa); qualquer um, se não disser",
    "--sair": "também sai da lista",
}
AGENDA_OPTIONS = {
    "cidade": "começo do nome da cidade",
    "especialidade": "começo do nome da especialidade",
    "profissional": "começo do nome do profissional",
    "local": "começo do nome do local",
    "data": "o primeiro dia (dd/mm/aaaa)",
    "beneficiario": "CPF, CNS, carteirinha ou nome do beneficiário",
    "nascimento": "a data de nascimento dele, que confirma quem é",
    "canal": "por onde o pedido veio; aplicativo, se não disser",
}
SUPPLY_GROUPS = {
    "especialidades": "as especialidades da agenda, com o item da RN 566",
    "locais": "os locais de atendimento da agenda",
    "profissionais": "os profissionais da agenda",
    "horarios": "os horários dos profissionais",
}
SUPPLY_LIST = "lista"
SUPPLY_ADD = "inclui, ou altera o que já existe com o mesmo nome"
SUPPLY_CHANGE = "altera"
SUPPLY_NAME = "o nome"
SUPPLY_NEW_NAME = "o nome novo"
SUPPLY_WHICH = "o nome; de um profissional, também o número do conselho"
SUPPLY_SHOW = "mostra um profissional, com horários, ausências e os números deles"
SUPPLY_SHIPPED = "inclui a lista de especialidades que vem com o programa"
SUPPLY_ABSENCE = "anota uma ausência de um profissional, ou retira uma"
SUPPLY_ABSENT_FROM = "o primeiro dia (dd/mm/aaaa), ou dia e hora entre aspas"
SUPPLY_ABSENT_UNTIL = "o último dia, ou dia e hora; o primeiro, se não disser"
SUPPLY_ABSENT_WHY = "o motivo"
SUPPLY_ABSENT_REMOVE = "retira a ausência deste número"
SUPPLY_HOURS_ADD = "inclui um horário de um profissional"
SUPPLY_HOURS_END = "encerra um horário em um dia"
SUPPLY_HOURS_DAY = "tira um dia de um horário, ou inclui um"
SUPPLY_HOURS_NUMBER = "o número do horário, que “profissionais ver” mostra"
SUPPLY_DAY = "o dia (dd/mm/aaaa)"
SUPPLY_DAY_ADDED = "inclui o dia, em vez de tirar"
SUPPLY_TO_MOVE = "lista os agendamentos em horário fechado e os importados em conflito, com a mensagem pronta"
IMPORT_BOOKINGS = (
    "importa agendamentos feitos em outro sistema, como o aplicativo; nenhum se perde, os que colidem ficam em conflito"
)
IMPORT_BOOKINGS_FILE = "a lista, em CSV (ou .csv.gz)"
IMPORT_BOOKINGS_MAP = "o mapa, em TOML, que diz o que cada coluna significa"
IMPORT_BOOKINGS_TRIAL = "só diz o que seria feito, linha a linha: não vê que duas linhas da lista querem o mesmo lugar"
IMPORT_AGENDA = "importa horários de profissionais: um CSV com mapa, ou um iCalendar (.ics) de um profissional"
IMPORT_AGENDA_FILE = "a lista, em CSV (ou .csv.gz), ou o arquivo .ics"
IMPORT_AGENDA_MAP = "para um CSV: o mapa, em TOML, que diz o que cada coluna significa"
IMPORT_AGENDA_WHO = "para um .ics: o profissional"
SUPPLY_OPTIONS = {
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
