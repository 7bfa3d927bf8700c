"""What the screens say."""

APP = "Atendimento"
LOADING = "Abrindo o atendimento…"
LOADING_QUEUE = ("Carregando a fila…",)
CLOSED_SCREEN = "O atendimento não pôde ser aberto."

# header
OPEN_UNTIL = "ABERTO até {time}"
OPEN_ALWAYS = "ABERTO"
CLOSED_UNTIL = "FECHADO · abre {when}"
CLOSED_FOR = "FECHADO ({holiday}) · abre {when}"
CLOSED_FOR_EVER = "FECHADO"
LOST = "✖ SEM CONEXÃO"
LOST_FILE = {
    "banco_fora_do_lugar": "✖ SEM ARQUIVO",
    "banco_trocado": "✖ OUTRO ARQUIVO",
    "banco_sem_diario": "✖ ARQUIVO INCOMPLETO",
    "banco_danificado": "✖ BANCO DANIFICADO",
    "banco_nao_e_banco": "✖ BANCO DANIFICADO",
}
"""What is wrong with a desk's file, by the refusal's code."""
DATABASE_BACK = "O banco voltou."
OVERDUE_ONE = "✖ 1 vencido"
OVERDUE_MANY = "✖ {count} vencidos"
NOBODY = "ninguém escolhido (u)"
DEMO = "DEMO"

# queue
TABS = {
    "minha": "Minha",
    "grupo": "Grupo",
    "validacao": "Validação",
    "terceiros": "Terceiros",
    "vencendo": "Vencendo",
    "todas": "Todas",
}
TABS_SHORT = {
    "minha": "Minha",
    "grupo": "Grupo",
    "validacao": "Valid.",
    "terceiros": "Terc.",
    "vencendo": "Vence",
    "todas": "Todas",
}
"""The same where the terminal is narrow."""
COLUMN_SEVERITY = "Cr"
COLUMN_STATE = "P"
COLUMN_COUNTDOWN = "Resta"
COLUMN_SUBJECT = "Assunto"
COLUMN_PROTOCOL = "Protocolo"
COLUMN_SERVICE = "Serviço"
COLUMN_REQUESTER = "Solicitante"
COLUMN_STEP = "Etapa"
COLUMN_GROUP = "Grupo"
COLUMN_OWNER = "Responsável"
READING = "…"
READING_TERM = "lendo…"
"""Of a term whose calendar this window does not know yet."""
FILTER = "Filtrar por protocolo, nome, serviço, assunto, grupo ou responsável"
FILTER_COUNT = "{count} com essas palavras"
EMPTY = {
    "minha": (
        "Nenhum atendimento é seu agora.",
        "Veja os do grupo (2) ou todos (6) e assuma um (a); {key} começa um novo.",
    ),
    "grupo": ("Nada na fila dos seus grupos.", "Veja todas com 6; {key} começa um atendimento novo."),
    "validacao": ("Nada aguardando a validação do cliente.", "Veja todas com 6; {key} começa um atendimento novo."),
    "terceiros": ("Nada aguardando alguém de fora.", "Veja todas com 6; {key} começa um atendimento novo."),
    "vencendo": ("Nada vencendo. Bom trabalho.", "Veja todas com 6; {key} começa um atendimento novo."),
    "todas": ("A fila está vazia.", "{key} começa um atendimento novo; os que chegarem aparecem aqui sozinhos."),
}
"""Tab -> what is told where it has nothing, and what to do next."""
EMPTY_FILTER = ("Nada com essas palavras.", "Esc limpa o filtro.")
LEFT_QUEUE = "O atendimento em que você estava saiu desta lista."
TOO_SMALL = "Aumente o terminal: 40×8 ou mais."

# acts
CLAIMED = "Você assumiu {protocol}."
COMMENTED = "Comentário gravado em {protocol}."
PAUSED = "{protocol} pausado: o prazo não corre até retomar."
RESUMED = "{protocol} retomado: o prazo voltou a correr."
HANDED_OVER = "{protocol} encaminhado a {name}."
SEVERITY_CHANGED = "Criticidade de {protocol}: {severity}."
DOCUMENT_CHECKED = "{name}: {verdict}."
TASK_DONE = "Tarefa concluída em {protocol}."
ACTED = "{action}: gravado em {protocol}."
COPIED = "{protocol} enviado à área de transferência."
COPIED_TEXT = "Enviado à área de transferência."
COPY_TITLE = "Copiar de {protocol}"
COPY_PLACEHOLDER = "Digite parte da linha"
COPY_PROTOCOL = "Protocolo {protocol}"
COPY_HISTORY = "Todo o histórico"
COPY_LINES_ONE = "1 linha"
COPY_LINES = "{count} linhas"
NAMED_TITLE = "Ir ao atendimento citado"
NAMED_PLACEHOLDER = "Digite parte do protocolo ou do assunto"
NO_NAMED = "Nenhum outro atendimento é citado aqui."
PICTURE = "Imagem da tela salva em {path}."
NO_ROW = "Não há atendimento na linha do cursor."
STILL_LOADING = "Um instante: o atendimento ainda está abrindo."
ALREADY_YOURS = "Este atendimento já é seu."
HAS_OWNER = "{owner} já assumiu este atendimento."
ALREADY_PAUSED = "Já está pausado: use r para retomar."
NOT_PAUSED = "Não está pausado: o prazo já está correndo."
IN_VALIDATION = "Aguarda a validação do cliente."
NO_DOCUMENTS = "Este serviço não pede documentos agora."
NO_ACTIONS = "Não há ações da etapa neste atendimento: ele veio sem um processo, ou terminou."
CLOSED_TICKET = "Este atendimento já está {state}."
NO_LONGER = "Essa ação não cabe mais: o atendimento mudou de etapa."
NO_TERM = "Este atendimento não tem prazo."

# dialogs
COMMENT_TITLE = "Comentar {protocol}"
COMMENT_HINT = "Ctrl+S grava · Esc volta (o texto fica guardado)"
SAVE = "Gravar"
BACK = "Voltar"
PAUSE_TITLE = "Pausar {protocol}: por quê?"
PAUSE_HINT = "Enter pausa · ↓ escolhe um motivo pronto · Esc volta"
PAUSE_REASON = "Motivo da pausa"
PAUSE_REASONS = (
    "Aguardando o cliente",
    "Aguardando documentos",
    "Aguardando o fornecedor",
    "Aguardando acesso ao ambiente",
    "Aguardando outro setor",
)
PERSON_TITLE = "Quem está nesta janela?"
PERSON_PLACEHOLDER = "Digite parte do nome"
PLACES_TITLE = "Ir para"
EXPLAIN_HINT = "↑ ↓ rolam · Esc volta"
HELP_TITLE = "Ajuda"
HELP_HINT = "Digite para procurar · Esc volta"
HELP_SIGNS = "Sinais"
HELP_SEVERITY = "criticidade {severity}"
PALETTE_TITLE = "Comandos"
PALETTE_PLACEHOLDER = "Digite parte do nome do comando"
CHOICE_NOTHING = "Nada com esse nome. Apague letras para ver mais; Esc volta."
QUIT_HINT = "Para sair: Ctrl+Q."

# detail
DETAIL_SUBJECT = "Assunto"
DETAIL_REQUESTER = "Solicitante"
DETAIL_OWNER = "Responsável"
DETAIL_GROUP = "Grupo"
DETAIL_STATE = "Estado"
DETAIL_OPENED = "Aberto"
DETAIL_ORIGIN = "Nº de origem"
DETAIL_OTHERS_HERE = "Aberto agora por"
DETAIL_CLOCKS = "Prazos"
DETAIL_HISTORY = "Histórico"

# an open ticket
LOADING_TICKET = "Abrindo o atendimento…"
OTHERS_HERE = "Também aqui: {names}"
SECTIONS = {"historico": "Histórico", "pedido": "Pedido", "documentos": "Documentos", "mensagens": "Mensagens"}
SECTIONS_SHORT = {"historico": "Hist.", "pedido": "Pedido", "documentos": "Doc.", "mensagens": "Mens."}
DETAIL_REQUEST = "Pedido"
DETAIL_ANSWERS = "Respostas"
DETAIL_DOCUMENTS = "Documentos"
DETAIL_TASKS = "Tarefas"
DETAIL_MESSAGES = "Mensagens"
DETAIL_BENEFICIARY = "Beneficiário"
DETAIL_CHANNEL = "Canal"
DETAIL_USUAL_TIME = "Costuma levar"
DETAIL_CYCLE = "Ciclo"
NO_DOCUMENTS_NEEDED = "Nenhum documento é pedido."
LEAVES_AT = " · só sai com o expediente: {at}"
NO_MESSAGES = "Nenhuma mensagem foi escrita."
NO_TASKS = "Nenhuma tarefa."
NO_CLOCKS = "Sem prazos."
DOCUMENT_MISSING = "falta"
DOCUMENT_RECEIVED = "recebido"
DOCUMENT_REFUSED = "recusado: {why}"
TASK_OPEN = "☐ {text}"
TASK_DUE = "☐ {text} (até {due})"
TASK_FINISHED = "☑ {text}"
NO_STEP_ACTIONS = "Nenhuma ação nesta etapa."
ACT_TITLE = "{action} · {protocol}"
ACT_CONFIRM = "Enter confirma · Esc volta sem fazer nada"
ACT_HINT = "Ctrl+S grava · Tab e Enter avançam · Esc volta (o texto fica guardado)"
ACT_HINT_LINE = "Enter grava · Esc volta (o texto fica guardado)"
ACT_TEXT = "Texto *"
ACT_TEXT_OPTIONAL = "Texto, se quiser"
CHOOSE_ACTION = "Agir em {protocol}"
CHOOSE_ACTION_PLACEHOLDER = "Digite parte do nome da ação"
CORRECT_CHOICE = "Corrigir uma resposta"
CORRECT_CHOOSE = "Corrigir qual resposta de {protocol}?"
CORRECT_PLACEHOLDER = "Digite parte do nome da pergunta"
CORRECT_TITLE = "Corrigir “{field}” de {protocol}"
CORRECT_REASON = "Por que muda *"
CORRECTED = "“{field}” corrigido em {protocol}."
NO_CORRECTIONS = "Não há resposta que você possa corrigir neste atendimento."
FINISH_TASK = "Concluir a tarefa: {text}"
HAND_OVER_TITLE = "Encaminhar {protocol} a quem?"
HAND_OVER_PLACEHOLDER = "Digite parte do nome do grupo ou da pessoa"
HAND_OVER_GROUP = "grupo"
HAND_OVER_REASON = "Encaminhar {protocol} a {name}: por quê?"
SEVERITY_TITLE = "Criticidade de {protocol}"
SEVERITY_PLACEHOLDER = "crítica, alta, média ou baixa"
SEVERITY_REASON = "Criticidade de {protocol}: {severity}. Por quê?"
DOCUMENTS_TITLE = "Documentos de {protocol}"
DOCUMENTS_PLACEHOLDER = "Digite parte do nome do documento"
VERDICT_TITLE = "{name}"
VERDICT_RECEIVED = "Recebido e conferido"
VERDICT_REFUSED = "Recusado: dizer por quê"
VERDICT_SHORT = "recusado"
VERDICT_REASON = "{name}: por que foi recusado?"
REFUSAL_HINT = "{hint} · Tab até o aviso, ↑ ↓ rolam"
REASON_HINT = "Ctrl+S grava · Esc volta (o texto fica guardado)"

MIGRATED = "O banco foi atualizado para esta versão. A cópia de antes está em {path}."

GROUPS_MADE = "Grupos criados para serviços que vieram com esta versão, por enquanto com a equipe toda: {names}."

# settings
SETTING_UNKNOWN = "{path}: não há “{key}” em [{section}]; a mais parecida é “{nearest}”. Essa linha foi ignorada."
SETTING_WITH_ALT = (
    "{path}: a tecla de “{key}” não pode ter Alt, que no terminal é o mesmo que Esc e a letra. Foi usada a de sempre."
)
SETTING_NO_KEY = (
    "{path}: a tecla “{key}”, de “{action}”, não existe. Escreva como ctrl+s, f9 ou x. Foi usada a de sempre."
)
SETTING_TAKES_QUIT = "{path}: Ctrl+Q é de sair, sempre; escolha outra tecla para “{key}”. Foi usada a de sempre."
SETTINGS_UNREAD = "{detail} Foram usadas as teclas de sempre."
SETTING_INVALID = "{path} não pôde ser lido ({detail}). Foram usadas as teclas de sempre."
