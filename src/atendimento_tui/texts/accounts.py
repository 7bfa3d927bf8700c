"""Texts of signing in, the lock, and passwords."""

FIELDS = {
    "name": "Seu nome",
    "login": "Login",
    "password": "Senha",
    "new": "Senha nova",
    "again": "Repita a senha nova",
}

ENTER_TITLE = "Entrar"
ENTER_HINT = "Tab e Enter avançam · Esc sai do programa"
ENTER_BUTTON = "Entrar"

FIRST_TITLE = "Primeira senha"
FIRST_NOTE = (
    "Ninguém tem senha neste atendimento ainda. Quem é da supervisão escolhe agora a sua, e depois dá uma a cada pessoa. "
    "Nada do que já foi registrado muda."
)
FIRST_HINT = "Ao menos 10 caracteres; uma frase curta serve · Esc sai sem mudar nada"
FIRST_BUTTON = "Definir a senha e entrar"

LOCK_TITLE = "Tela bloqueada"
LOCK_NOTE = "{name} está com esta janela. O que estava aberto e o que foi digitado continuam aqui."
LOCK_HINT = "Enter volta ao ponto em que estava · Tab, Outra pessoa: os rascunhos de {name} ficam guardados"
LOCK_BUTTON = "Voltar"
OTHER_BUTTON = "Outra pessoa"

CHANGE_TITLE = "Trocar a minha senha"
CHANGE_HINT = "Ao menos 10 caracteres; uma frase curta serve · Ctrl+S grava · Esc volta"
CHANGE_BUTTON = "Gravar"
CHANGED = "A sua senha foi trocada."

WAY_IN_CHANGED = (
    "Em {at}, {actor} deu uma senha ou um login a {name}, que faz parte de um grupo sigiloso com você. "
    "Se {name} não pediu, avise o grupo: quem os recebeu pode entrar no lugar de {name}."
)

CHECKING = "Conferindo…"
YOU_ARE = "Você é {name}. Para outra pessoa entrar, {key} bloqueia a tela; ou procure “Sair da conta” em Mais."
YOU_ARE_ACCOUNT = "Você é {name}, pela sua conta do computador."
NO_PASSWORDS = "Aqui não há senhas: é a demonstração, ou se entra pela conta do computador."
