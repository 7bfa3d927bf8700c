"""Texts of the window: header, messages, dialogs of the frame, settings."""

APP = "Atendimento"
LOADING = "Abrindo o atendimento…"

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
"""Code of a refusal -> what is wrong with the desk's file."""
DATABASE_BACK = "O banco voltou."
OVERDUE_ONE = "✖ 1 vencido"
OVERDUE_MANY = "✖ {count} vencidos"
NOBODY = "ninguém escolhido ({key})"
DEMO = "DEMO"

# lists, messages, dialogs of every place
EMPTY_FILTER = ("Nada com essas palavras.", "Esc limpa o filtro.")
TOO_SMALL = "Aumente o terminal: 40×8 ou mais."
PICTURE = "Imagem da tela salva em {path}."
STILL_LOADING = "Um instante: o atendimento ainda está abrindo."
PERSON_TITLE = "Quem está nesta janela?"
PERSON_PLACEHOLDER = "Digite parte do nome"
PLACES_TITLE = "Ir para"
EXPLAIN_HINT = "↑ ↓ rolam · Esc volta"
HELP_TITLE = "Ajuda"
HELP_SIGNS = "Sinais"
HELP_SEVERITY = "criticidade {severity}"
PALETTE_TITLE = "Comandos"
PALETTE_PLACEHOLDER = "Digite parte do nome do comando"
CHOICE_NOTHING = "Nada com esse nome. Apague letras para ver mais; Esc volta."
QUIT_HINT = "Para sair: Ctrl+Q."
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

# forms
CHECK_FIELDS = "Nada foi gravado ainda: corrija o que está marcado."
