"""Refusals about signing in, passwords, sessions and tokens."""

SENTENCES = {
    "login_invalido": (
        "“{typed}” não serve de login: use de 1 a {most} letras minúsculas sem acento, dígitos, ponto, hífen, _ ou @. "
        "Nada foi alterado."
    ),
    "pessoa_sem_login": "Essa pessoa não está mais ativa neste atendimento, ou veio de uma importação: não entra. Nada foi alterado.",
    "senha_invalida": "A senha tem um sinal que não se pode guardar. Digite-a de novo.",
    "senha_longa": "A senha passa de {limit} KiB. Use uma mais curta.",
    "senha_curta": "A senha precisa de ao menos {least} caracteres. Uma frase curta serve, com espaços e acentos.",
    "senha_facil": "A senha não pode ser o login, o seu nome nem o nome da unidade. Escolha outra.",
    "senha_igual": "A senha nova é igual à atual. Escolha outra.",
    "senhas_diferentes": "As duas senhas novas não são iguais. Digite-as de novo.",
    "senha_a_trocar": "Essa senha vale uma vez só: escolha agora a sua, com ao menos 10 caracteres.",
    "senha_vencida": "Essa senha provisória já venceu. Peça outra à supervisão.",
    "entrada_recusada": "Login ou senha não conferem. Confira os dois e tente de novo; se esqueceu a senha, a supervisão dá uma nova.",
    "entrada_espere": "Houve tentativas demais. Espere {wait} e tente de novo; a supervisão também pode dar uma senha nova.",
    "entrada_pedida": "Entre primeiro, com “atendimento entrar”. Um script usa um token: veja “atendimento token --help”.",
    "conta_desconhecida": (
        "A conta {account} deste computador não é o login de ninguém neste atendimento. "
        "Peça à supervisão que ponha esse login na sua pessoa."
    ),
    "conta_sem_nome": "O sistema não diz qual é a sua conta, e a entrada deste atendimento é por ela. Fale com quem cuida do computador.",
    "entrada_e_do_sistema": "Neste atendimento se entra pela conta do computador: não há senhas nem bloqueio aqui. Bloqueie a tela do computador.",
    "entrada_so_demonstracao": (
        "--como é só da demonstração. Neste atendimento, entre com “atendimento entrar LOGIN”; "
        "na tela, entre com o seu login e a sua senha."
    ),
    "entrada_demonstracao": "A demonstração não tem senhas: na tela, escolha a pessoa; nos comandos, use --como NOME.",
    "sessao_encerrada": "Essa sessão terminou ou foi encerrada pela supervisão. Entre de novo; o que foi digitado está guardado.",
    "sem_sessao": "Não há sessão guardada para este atendimento.",
    "primeira_senha_de_quem": "A primeira senha é definida pela conta que é dona do arquivo do atendimento. Peça a quem o criou.",
    "primeira_senha_ja_ha": "Este atendimento já tem senhas: entre com a sua, ou peça uma à supervisão. Nada foi alterado.",
    "primeira_senha_supervisao": "A primeira senha é de alguém da supervisão; “{login}” não é um login dela. Nada foi alterado.",
    "senha_sem_terminal": "Não há terminal para perguntar a senha. Diga --senha-arquivo ARQUIVO (ou - para a entrada padrão).",
    "senha_arquivo_aberto": "O arquivo {path} pode ser lido por outros. Faça chmod 600 {path} e repita. Nada foi alterado.",
    "senha_arquivo_linhas": "O arquivo de senhas precisa destas linhas ({count}): a senha atual, se há uma, e a nova. Nada foi alterado.",
    "senha_arquivo_nao_le": "Não se pode ler {path}: {detail}. Nada foi alterado.",
    "login_desconhecido": "Ninguém neste atendimento tem o login “{login}”. Veja os logins com “atendimento pessoas listar”.",
    "token_em_uso": "Já há um token chamado “{name}”. Encerre-o primeiro, ou dê outro nome.",
    "token_desconhecido": "Não há token em uso chamado “{name}”. Veja os que há com “atendimento token listar”.",
    "tokens_demais": "Já há {most} tokens em uso. Encerre os que não se usam mais.",
    "token_dias": "Um token vale de 1 a {most} dias.",
    "token_papel": "Não há papel “{role}”. Há: {known}.",
    "so_supervisao": "Só a supervisão ou a administração faz isso. Nada foi alterado.",
}
"""Code of a refusal -> its sentence."""
