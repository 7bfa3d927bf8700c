"""Refusals about the outbox and the mail server."""

SENTENCES = {
    "endereco_invalido": "“{typed}” não é um endereço de e-mail. Nada foi alterado.",
    "saida_desconhecida": "Não há mensagem {number} na saída, ou ela não é deste atendimento. “atendimento saida listar --todas” mostra os números.",
    "saida_nao_e_email": "Esta mensagem não é de e-mail: quem a entrega é uma pessoa. Nada foi alterado.",
    "saida_nao_reenvia": "Esta mensagem não se reenvia: {delivery}. Nada foi alterado.",
    "saida_nao_desiste": "Desta mensagem não se desiste: {delivery}. Nada foi alterado.",
    "saida_nao_entrega": "Esta mensagem não se confirma à mão: {delivery}. Nada foi alterado.",
    "saida_mesa_nao_envia": "Esta mesa não envia e-mail: é a demonstração, ou falta smtp_servidor nos ajustes da unidade. Nada foi alterado.",
    "saida_sem_endereco": "Esta mensagem não tem endereço: corrija-o antes. Nada foi alterado.",
    "saida_sem_motivo": "Escreva o motivo: por que a mensagem não será enviada. Nada foi alterado.",
    "eml_invalido": "Isto não é um e-mail (.eml) que se possa ler. Nada foi alterado.",
    "resposta_sem_atendimento": (
        "A resposta “{subject}” não diz de que atendimento é: informe-o com --protocolo. Nada foi alterado."
    ),
    "resposta_vazia": "Escreva ou cole a resposta. O que você digitou continua aqui.",
    "resposta_sem_autor": "Escreva quem respondeu e por que meio. O que você digitou continua aqui.",
    "resposta_de_outra_mensagem": "Esta mensagem não é deste atendimento. Nada foi alterado.",
    "contato_meio": "“{typed}” não é um meio de contato; há: {known}. O que você digitou continua aqui.",
    "contato_sem_texto": "Escreva o que foi dito. O que você digitou continua aqui.",
    "encaminha_sem_resposta": (
        "Ainda não há resposta recebida para encaminhar: cole-a ({key}) ou receba o .eml, e faça de novo. O que você digitou "
        "continua aqui."
    ),
    "anexa_sem_arquivo": "Esta mensagem leva um arquivo, e o atendimento não tem nenhum: anexe-o e faça de novo. O que você digitou continua aqui.",
    "saida_sem_arquivos": "A mensagem {number} não leva arquivos.",
    "resposta_ja_recebida": "Esta resposta já está em {protocol}. Nada foi alterado.",
    "anexa_documento": "Esta mensagem leva o arquivo de “{name}”, e não há um aceito: anexe-o, aceite-o em Documentos e faça de novo. O que você digitou continua aqui.",
    "anexa_papel": "Esta mensagem leva “{name}”, e o atendimento ainda não tem esse papel. O que você digitou continua aqui.",
    "anexa_grande": "Os arquivos desta mensagem passam de {most} MiB: não cabem num e-mail. O que você digitou continua aqui.",
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
