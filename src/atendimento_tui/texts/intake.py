"""Texts of the screens of a new intake and of the first run."""

# choosing the service
CHOOSE_TITLE = "Novo atendimento: qual serviço?"
CHOOSE_TITLE_FOR = "Novo atendimento para {name}: qual serviço?"
FINISH_FIRST = "Termine este atendimento, ou deixe-o em rascunho com Esc; depois se escolhe o serviço para {name}."
FINISH_FIRST_THEN = "Termine este atendimento, ou deixe-o em rascunho com Esc; depois volte e comece “{service}”."
NEXT_TITLE = "Que serviço continua {protocol}?"
NEXT_PLACEHOLDER = "Digite parte do nome do serviço"
NEXT_NONE = "Nenhum serviço do catálogo continua este atendimento."
STILL_OPEN = "Só um atendimento encerrado é continuado em outro; neste, use as ações da etapa."
CHOOSE_PLACEHOLDER = "Digite parte do nome do serviço"
CHOOSE_NOTHING = "Nenhum serviço com essas palavras. Esc limpa a busca."
CHOOSE_EMPTY = "Ainda não há serviços. Inclua um arquivo com: atendimento catalogo incluir ARQUIVO"
CHOOSE_HINT = "↑ ↓ escolhem · Enter começa: o protocolo sai na hora · Esc volta"
CHOOSE_HINT_DRAFTS = "↑ ↓ escolhem · Enter continua ou começa · {key} descarta o rascunho · Esc volta"
DRAFT = "▸ Continuar {protocol} · {service} · começado {when}"
DRAFTS_TITLE_ONE = "Há 1 atendimento começado e não terminado: nada se perdeu."
DRAFTS_TITLE = "Há {count} atendimentos começados e não terminados: nada se perdeu."
DRAFTS_TOLD_ONE = "Há 1 atendimento começado e não terminado. {key} mostra para continuar ou descartar."
DRAFTS_TOLD = "Há {count} atendimentos começados e não terminados. {key} mostra para continuar ou descartar."
DISCARD_TITLE = "Descartar o rascunho de {protocol}?"
DISCARD_YES = "Descartar: o que foi digitado se perde"
DISCARD_NO = "Manter"
DISCARDED = "Rascunho de {protocol} descartado; o atendimento fica como abandonado."
NO_DRAFT = "Escolha um rascunho na lista para descartá-lo."
ONLY_CHOOSING = "Volte com Esc à escolha do serviço para descartar um rascunho."
DRAFT_NOT_KEPT = "O rascunho não pôde ser guardado em disco: {reason} O que está na tela continua aqui."

# the form
PROTOCOL = "Protocolo"
PROMISES = "Prazo prometido"
NO_PROMISE = "sem prazo prometido"
CHANNEL = "Canal"
REQUESTER = "Solicitante"
REQUESTER_INSTITUTION = "Instituição que pede"
REQUESTER_OF = "Quem pede, se não é o beneficiário"
BENEFICIARY = "Beneficiário"
REQUESTER_PLACEHOLDER = "Nome de quem pede"
SEVERITY = "Criticidade"
SUBJECT = "Assunto"
SUBJECT_PLACEHOLDER = "Em uma linha; em branco, é feito das respostas"
SAVE = "Gravar o atendimento"
REQUIRED = "{label} *"
FORM_HINT = "Tab e Enter avançam · ← → ou letra escolhem · Ctrl+S grava · Esc volta"
NOT_NOW = "Primeiro escolha o serviço: o protocolo sai na hora."
UNASKED_ONE = "Uma resposta não será gravada: com as outras, ela não é pedida."
UNASKED = "{count} respostas não serão gravadas: com as outras, elas não são pedidas."
ALREADY_SAVED = "Este atendimento já foi gravado. Enter começa outro."
LINKED = "{link}: {protocol}"
NAMED = "{protocol} · {about}"
NAMED_UNKNOWN = "Nenhum atendimento desta mesa tem este protocolo. Confira; se é de outro sistema, fica só como resposta, sem ligação."
NOT_LINKED = (
    "O atendimento foi gravado, mas {protocol} não é de nenhum atendimento desta mesa: nada foi ligado. "
    "Confira o número e, se estava errado, anote o certo num comentário."
)
YES_NO = {"sim": "sim", "nao": "não"}
PLACEHOLDERS = {
    "data": "dd/mm/aaaa",
    "hora": "hh:mm",
    "cpf": "000.000.000-00",
    "cnpj": "00.000.000/0000-00",
    "cns": "15 dígitos",
    "telefone": "(00) 00000-0000",
    "email": "nome@exemplo.com.br",
    "dinheiro": "0,00",
    "competencia": "mm/aaaa",
    "numero": "0",
    "protocolo": "número do protocolo",
    "conselho": "CRM/SP 123456",
    "procedimento": "código, ou palavras para procurar",
    "cep": "00000-000",
    "uf": "SP",
    "boleto": "linha digitável ou código de barras",
    "carteirinha": "número impresso na carteirinha",
}
"""Placeholder of a field by type."""

# the slip
SLIP_TITLE = "Atendimento gravado"
SLIP_PROTOCOL = "Protocolo"
SLIP_SERVICE = "Serviço"
SLIP_REQUESTER = "Solicitante"
SLIP_SEVERITY = "Criticidade"
SLIP_DATE = "Registrado em"
SLIP_HINT = "; entrega: papel, palavra, e-mail, WhatsApp · y copia · Enter começa outro · F2 vai para a fila"
SLIP_COPIED = "Comprovante de {protocol} enviado à área de transferência."
NO_SLIP = "O comprovante aparece quando o atendimento é gravado."

# the first run
FIRST_TITLE = "Bem-vindo. Seis perguntas e o atendimento está pronto."
FIRST_PLACE = "O banco será criado em {path}."
FIRST_QUESTIONS = {
    "name": "1. Nome da unidade",
    "city": "2. Cidade",
    "uf": "   UF, para os feriados",
    "hours": "3. Expediente",
    "ans_registration": "4. Registro ANS, se houver",
    "supervisor": "5. Primeira pessoa da supervisão",
    "password": "6. Senha dessa pessoa",
    "again": "   Repita a senha",
}
FIRST_PLACEHOLDERS = {
    "name": "Unidade Centro",
    "city": "São Paulo",
    "uf": "SP",
    "hours": "seg-sex 09:00-12:00 13:00-18:00; sab 09:00-13:00",
    "ans_registration": "seis dígitos; em branco, o protocolo não tem registro",
    "supervisor": "Nome e sobrenome; o login é nome.sobrenome",
    "password": "ao menos 10 caracteres; uma frase curta serve",
    "again": "",
}
FIRST_HOURS = "seg-sex 09:00-18:00"
FIRST_BUTTON = "Criar o atendimento"
FIRST_HINT = "Tab e Enter avançam · Ctrl+S cria · Esc sai sem criar nada"
FIRST_LEAVING = "Esc de novo sai sem criar nada; o que foi digitado se perde."
FIRST_MAKING = "Criando…"
FIRST_MADE = "Atendimento criado em {path}. O seu login é {login}. O próximo passo: {keys} vai para as pessoas e grupos da unidade."
