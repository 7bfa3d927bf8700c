"""Refusals about the outbox and the mail server."""

SENTENCES = {
    "endereco_invalido": "“{typed}” não é um endereço de e-mail. Nada foi alterado.",
    "saida_desconhecida": "Não há mensagem {number} na saída, ou ela não é deste atendimento. “atendimento saida --todas” mostra os números.",
    "saida_nao_e_email": "Esta mensagem não é de e-mail: quem a entrega é uma pessoa. Nada foi alterado.",
    "saida_nao_reenvia": "Esta mensagem não se reenvia: {delivery}. Nada foi alterado.",
    "saida_nao_desiste": "Desta mensagem não se desiste: {delivery}. Nada foi alterado.",
    "saida_nao_entrega": "Esta mensagem não se confirma à mão: {delivery}. Nada foi alterado.",
    "saida_mesa_nao_envia": "Esta mesa não envia e-mail: é a demonstração, ou falta smtp_servidor nos ajustes da unidade. Nada foi alterado.",
    "saida_sem_endereco": "Esta mensagem não tem endereço: corrija-o antes. Nada foi alterado.",
    "saida_sem_motivo": "Escreva o motivo: por que a mensagem não será enviada. Nada foi alterado.",
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
