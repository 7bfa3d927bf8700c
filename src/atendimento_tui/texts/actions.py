"""The headings of help that are no place, and how lists and forms are used."""

GROUPS = {
    "lugares": "Ir para",
    "processo": "Nesta etapa",
    "primeiro": "Para começar",
    "formulario": "Num formulário (▸ mostra onde você está)",
    "lista": "Na lista",
    "geral": "Sempre",
}

BACK_KEY = ("Esc", "volta um passo, sem perder o que foi digitado")

FORM_KEYS = (
    ("Tab ou Enter", "vai ao próximo campo"),
    ("Shift+Tab", "volta ao campo anterior"),
    ("← → ou espaço", "numa escolha (○ ●), passa à opção seguinte ou à anterior"),
    ("letras", "numa escolha, vão à opção que começa com elas"),
    ("Backspace", "numa escolha, deixa sem resposta, onde pode"),
    ("Ctrl+S", "grava"),
    ("Esc", "volta um passo; o que foi digitado fica guardado"),
)
