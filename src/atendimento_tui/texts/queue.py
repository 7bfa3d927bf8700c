"""Texts of the queue."""

LOADING_QUEUE = ("Carregando a fila…",)

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
"""The same for a narrow terminal."""
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
"""For a term whose calendar is not loaded yet."""
FILTER = "Filtrar por protocolo, nome, serviço, assunto, grupo ou responsável"
FILTER_COUNT = "{count} com essas palavras"
FILTER_ALL = "{count} nesta aba"
EMPTY = {
    "minha": (
        "Nenhum atendimento é seu agora.",
        "Veja os do grupo ({group}) ou todos ({all}) e assuma um ({claim}); {new} começa um novo.",
    ),
    "grupo": ("Nada na fila dos seus grupos.", "Veja todas com {all}; {new} começa um atendimento novo."),
    "validacao": ("Nada aguardando a validação do cliente.", "Veja todas com {all}; {new} começa um atendimento novo."),
    "terceiros": ("Nada aguardando alguém de fora.", "Veja todas com {all}; {new} começa um atendimento novo."),
    "vencendo": ("Nada vencendo. Bom trabalho.", "Veja todas com {all}; {new} começa um atendimento novo."),
    "todas": ("A fila está vazia.", "{new} começa um atendimento novo; os que chegarem aparecem aqui sozinhos."),
}
"""Tab -> text when it is empty, with what to do next."""
LEFT_QUEUE = "O atendimento em que você estava saiu desta lista."
