"""Papers and printing."""

SENTENCES = {
    "papel_desconhecido": "O atendimento {protocol} não tem esse papel agora. Atualize o atendimento e escolha outro.",
    "sem_email": "O solicitante de {protocol} não tem e-mail nas respostas. Nada foi gravado; entregue o comprovante de outro modo.",
    "sem_lp": "Esta máquina não tem como imprimir em {printer}: falta o comando lp. Grave o PDF numa pasta.",
    "impressao_recusada": "A impressora {printer} não aceitou o papel: {reason}. Nada foi registrado; tente de novo ou grave o PDF.",
    "impressao_demorou": "A impressora {printer} não respondeu em {seconds} s. Confira na impressora se o papel saiu: nada foi registrado.",
}
