"""The headings of help that are no place, and how lists and forms are used."""

GROUPS = {
    "lugares": "Ir para",
    "processo": "Nesta etapa",
    "primeiro": "Para começar",
    "formulario": "Num formulário (▸ mostra onde você está)",
    "escolha": "Numa lista para escolher",
    "lista": "Na lista",
    "geral": "Sempre",
}

BACK_KEY = ("Esc", "volta um passo, sem perder o que foi digitado")

PART_KEYS = {
    "formulario": (
        ("Tab ou Enter", "vai ao próximo campo"),
        ("Shift+Tab", "volta ao campo anterior"),
        ("← → ou espaço", "numa escolha (○ ●), passa à opção seguinte ou à anterior"),
        ("letras", "numa escolha, vão à opção que começa com elas"),
        ("Backspace", "numa escolha, deixa sem resposta, onde pode"),
        ("Ctrl+S", "grava"),
        ("Esc", "volta um passo; o que foi digitado fica guardado"),
    ),
    "escolha": (
        ("letras", "mostram só o que as contém; acentos e maiúsculas não importam"),
        ("Backspace", "apaga letras e mostra mais"),
        ("↑ ↓", "linha acima, linha abaixo"),
        ("Enter", "escolhe a linha marcada"),
        ("Esc", "volta sem escolher"),
    ),
}
"""The keys of a form and of a choice, in pairs of keys and what they do."""
