"""Refusals about the outbox and the mail server."""

SENTENCES = {
    "endereco_invalido": "“{typed}” não é um endereço de e-mail. Nada foi alterado.",
    "smtp_sem_remetente": "O e-mail não tem remetente: “atendimento unidade alterar smtp_remetente ENDEREÇO”. As mensagens esperam na saída.",
    "smtp_sem_senha": (
        "Falta a senha de {login} no servidor de e-mail: ponha-a em ATENDIMENTO_SMTP_SENHA, ou no arquivo que “atendimento "
        "caminhos” mostra, legível só pela conta. As mensagens esperam na saída."
    ),
    "smtp_senha_aberta": (
        "A senha do e-mail iria sem criptografia: mude smtp_seguranca para starttls ou tls. As mensagens esperam na saída."
    ),
    "smtp_falhou": "O servidor de e-mail {host} não atendeu: {reply}. As mensagens esperam na saída.",
}
