"""Papers and printing."""

SENTENCES = {
    "papel_desconhecido": "O atendimento {protocol} não tem esse papel agora. Atualize o atendimento e escolha outro.",
    "sem_email": "O solicitante de {protocol} não tem e-mail nas respostas. Nada foi gravado; entregue o comprovante de outro modo.",
    "sem_lp": "Esta máquina não tem como imprimir em {printer}: falta o comando lp. Grave o PDF numa pasta.",
    "impressao_recusada": "A impressora {printer} não aceitou o papel: {reason}. Nada foi registrado; tente de novo ou grave o PDF.",
    "impressao_demorou": "A impressora {printer} não respondeu em {seconds} s. Confira na impressora se o papel saiu: nada foi registrado.",
    "formulario_grande": "O formulário {name} passa de {limit} MB. Nada foi impresso nem registrado; peça um arquivo menor, ou imprima sem o formulário.",
    "formulario_paginas": "O formulário {name} tem {pages} páginas; o limite é {limit}. Nada foi impresso nem registrado; peça um arquivo menor, ou imprima sem o formulário.",
    "formulario_senha": "O formulário {name} está protegido por senha. Nada foi impresso nem registrado; peça o arquivo sem senha, ou imprima sem o formulário.",
    "formulario_quebrado": "O formulário {name} não pode ser lido como PDF: está danificado ou pede memória demais. Nada foi impresso nem registrado; peça outro arquivo, ou imprima sem o formulário.",
    "formulario_demorou": "O formulário {name} não ficou pronto em {seconds} s. Nada foi impresso nem registrado; tente de novo, ou imprima sem o formulário.",
    "formulario_campos": "O formulário {name} não tem o que o serviço preenche: {fields}. Ele tem: {known}. Nada foi impresso nem registrado; avise quem cuida do serviço, e imprima sem o formulário.",
    "formulario_marca": "No formulário {name}, o campo {field} não aceita “{value}”. Ele aceita: {known}. Nada foi impresso nem registrado; avise quem cuida do serviço, e imprima sem o formulário.",
}
