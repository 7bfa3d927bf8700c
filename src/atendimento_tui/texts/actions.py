"""What each action is called, and what help says of it: id -> (word in the footer, sentence in the help)."""

GROUPS = {
    "lugares": "Ir para",
    "processo": "Nesta etapa",
    "fila": "Fila",
    "atendimento": "Atendimento aberto",
    "novo": "Novo atendimento",
    "primeiro": "Para começar",
    "formulario": "Num formulário (▸ mostra onde você está)",
    "tabela": "Na lista",
    "geral": "Sempre",
}

OF_PROCESS = "Ação da etapa em que o atendimento está."

ACTIONS = {
    "ir.fila": ("Fila", "Vai para a fila."),
    "ir.novo": ("Novo", "Começa um atendimento novo: o protocolo sai na hora."),
    "ir.escolher": ("Ir para", "Vai para um lugar: g e a letra dele (g f fila)."),
    "fila.assumir": ("Assumir", "Assume o atendimento: você passa a responder por ele."),
    "fila.comentar": ("Comentar", "Escreve um comentário no atendimento."),
    "fila.pausar": ("Pausar", "Pausa o prazo, com o motivo: o atendimento aguarda alguém de fora."),
    "fila.retomar": ("Retomar", "Retoma o atendimento pausado: o prazo volta a correr."),
    "fila.explicar": ("Por quê?", "Mostra por que o prazo vence quando vence: cada intervalo contado ou pulado."),
    "fila.agir": ("Agir", "Mostra as ações da etapa e as tarefas, para escolher uma."),
    "fila.encaminhar": ("Encaminhar", "Passa o atendimento a um grupo ou a uma pessoa, com o motivo."),
    "fila.criticidade": ("Criticidade", "Muda a criticidade, com o motivo; os prazos se ajustam."),
    "fila.proximo": (
        "Próximo",
        "Assume o primeiro atendimento livre desta lista, e vai a ele.",
    ),
    "fila.abrir": ("Abrir", "Abre o atendimento: histórico, prazos, documentos e ações."),
    "atendimento.documentos": ("Documentos", "Confere os documentos: recebido, ou por que foi recusado."),
    "atendimento.corrigir": ("Corrigir", "Corrige uma resposta, com o motivo; os prazos se ajustam."),
    "atendimento.citado": ("Citado", "Vai ao atendimento cujo protocolo é citado no histórico ou numa mensagem."),
    "atendimento.secao_seguinte": ("Seção", "Vai para a próxima seção do atendimento."),
    "atendimento.secao_anterior": ("Seção anterior", "Volta para a seção anterior do atendimento."),
    "atendimento.voltar": ("Voltar", "Volta para a fila, com o cursor no atendimento."),
    "fila.filtrar": ("Filtrar", "Filtra a lista enquanto se digita; acentos e maiúsculas não importam."),
    "fila.copiar": ("Copiar nº", "Copia o protocolo; no atendimento aberto, também uma linha ou todo o histórico."),
    "fila.aba_seguinte": ("Aba", "Vai para a próxima aba da fila."),
    "fila.aba_anterior": ("Aba anterior", "Volta para a aba anterior da fila."),
    "fila.aba_1": ("Minha", "Mostra os atendimentos que são seus."),
    "fila.aba_2": ("Grupo", "Mostra os atendimentos dos seus grupos."),
    "fila.aba_3": ("Validação", "Mostra os que aguardam a validação do cliente."),
    "fila.aba_4": ("Terceiros", "Mostra os que aguardam alguém de fora."),
    "fila.aba_5": ("Vencendo", "Mostra os que estão vencendo ou vencidos."),
    "fila.aba_6": ("Todas", "Mostra a fila inteira."),
    "novo.gravar": ("Gravar", "Grava o atendimento novo, que entra na fila."),
    "novo.copiar": ("Copiar", "Copia o comprovante do atendimento gravado."),
    "novo.seguinte": ("Outro", "Começa outro atendimento depois de gravar um."),
    "novo.descartar": ("Descartar", "Descarta o rascunho escolhido, depois de confirmar."),
    "geral.ajuda": ("Ajuda", "Mostra esta ajuda."),
    "geral.comandos": ("Mais", "Procura um comando pelo nome."),
    "geral.pessoa": ("Quem sou", "Escolhe quem está nesta janela."),
    "geral.foto": ("Foto da tela", "Salva a tela como imagem (SVG)."),
    "geral.sair": ("Sair", "Fecha o programa. Tudo o que foi feito já está gravado."),
}

TABLE_KEYS = (
    ("↑ ↓ ou k j", "linha acima, linha abaixo"),
    ("PgUp PgDn", "página acima, página abaixo"),
    ("Home End", "primeira e última linha"),
    ("Esc", "volta um passo, sem perder o que foi digitado"),
)

FORM_KEYS = (
    ("Tab ou Enter", "vai ao próximo campo"),
    ("Shift+Tab", "volta ao campo anterior"),
    ("← → ou espaço", "numa escolha (○ ●), passa à opção seguinte ou à anterior"),
    ("uma letra", "numa escolha, vai à opção que começa com ela"),
    ("Backspace", "numa escolha, deixa sem resposta, onde pode"),
    ("Ctrl+S", "grava"),
    ("Esc", "volta um passo; o que foi digitado fica guardado"),
)

KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "equals_sign": "=",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "enter": "Enter",
    "escape": "Esc",
}
