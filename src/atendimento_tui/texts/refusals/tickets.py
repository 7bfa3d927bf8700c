"""Refusals about acts on a ticket."""

SENTENCES = {
    "alerta_nenhum": "{protocol} não tem alerta que espere por você. Nada foi alterado.",
    "encerrado": "O atendimento {protocol} já está {state}. Nada foi alterado.",
    "ja_e_seu": "O atendimento {protocol} já é seu.",
    "nada_livre": (
        "Não há atendimento livre nesta lista: todos têm responsável, estão pausados ou aguardam validação. "
        "Nada foi alterado."
    ),
    "ja_tem_responsavel": "{owner} já assumiu o atendimento {protocol}. Nada foi alterado.",
    "ja_pausado": "O atendimento {protocol} já está pausado. Para o prazo voltar a correr, retome-o.",
    "nao_esta_pausado": "O atendimento {protocol} não está pausado: o prazo já está correndo.",
    "em_validacao": "O atendimento {protocol} aguarda a validação do cliente. Nada foi alterado.",
    "texto_longo": (
        "O texto tem {size} KiB e cabem {limit} KiB. Encurte-o, ou guarde a parte longa em um arquivo e diga onde está. "
        "O que foi digitado continua aqui."
    ),
    "comentario_vazio": "O comentário está vazio. Escreva algo ou volte com Esc.",
    "motivo_vazio": "Diga o motivo da pausa: quem perguntar por que o prazo parou vai lê-lo.",
    "nao_encontrado": "Não há atendimento {ticket} neste banco. Confira o número do protocolo.",
    "fora_de_vista": (
        "Este atendimento não está mais entre os que você vê: ele mudou de grupo, ou o seu papel ou os seus grupos "
        "mudaram. Nada foi alterado."
    ),
    "sem_prazo": "O atendimento {protocol} não tem prazo.",
    "mudou": (
        "O atendimento {protocol} mudou enquanto você o via: {actor} {kind} às {at}{said}. "
        "Nada foi alterado. Confira o que mudou e repita se ainda quiser."
    ),
    "acao_desconhecida": "“{action}” não é uma ação da etapa “{step}” do atendimento {protocol}. Nada foi alterado.",
    "acao_de_outra_etapa": (
        "“{action}” não é possível: o atendimento {protocol} está agora na etapa “{step}”. Nada foi alterado."
    ),
    "acao_nao_cabe": "“{action}” não cabe agora no atendimento {protocol}. Nada foi alterado.",
    "acao_papel": "“{action}” é só de {roles}. Nada foi alterado.",
    "acao_sem_texto": "“{action}” pede um texto. Escreva algo ou volte com Esc.",
    "acao_nao_pede": "“{action}” não pede “{field}”. Nada foi alterado.",
    "acao_sem_volta": "O atendimento {protocol} não passou por outra etapa a que possa voltar. Nada foi alterado.",
    "acao_campo": "Para “{action}”, falta preencher “{field}”. Nada foi alterado.",
    "acao_documentos": "Para “{action}”, faltam documentos: {missing}. Nada foi alterado.",
    "acao_documentos_aceitos": "Para “{action}”, ainda não foram aceitos: {missing}. Nada foi alterado.",
    "acao_documentos_completos": "“{action}” é para quando faltam documentos, e todos já foram recebidos. Nada foi alterado.",
    "acao_fora_do_prazo": "Já passou o prazo para “{action}” no atendimento {protocol}. Nada foi alterado.",
    "sem_processo": "O atendimento {protocol} veio sem um processo: não tem ações nem documentos. Nada foi alterado.",
    "ja_esta_com": "O atendimento {protocol} já está com quem você escolheu. Nada foi alterado.",
    "encaminhar_sem_motivo": "Diga por que encaminha: quem receber o atendimento vai lê-lo.",
    "ja_tem_criticidade": "A criticidade do atendimento {protocol} já é {severity}. Nada foi alterado.",
    "criticidade_sem_motivo": "Diga por que a criticidade muda: o motivo fica no histórico.",
    "correcao_nao_prevista": "A resposta a “{field}” não se corrige neste serviço. Nada foi alterado.",
    "correcao_papel": "Corrigir “{field}” é só de {roles}. Nada foi alterado.",
    "correcao_nao_cabe": "“{field}” não é pedido agora no atendimento {protocol}. Nada foi alterado.",
    "correcao_igual": "“{field}” já está assim. Escreva a resposta certa ou volte com Esc.",
    "correcao_sem_motivo": "Diga por que “{field}” muda: o motivo fica no histórico.",
    "never_open": "O calendário não abre em hora nenhuma. Nada foi alterado.",
    "beyond_last_opening": "O prazo passa do último dia em que o calendário abre. Nada foi alterado.",
    "before_first_opening": "A conta vai antes do primeiro dia em que o calendário abre. Nada foi alterado.",
    "beyond_years": "A data passa do ano 9999. Nada foi alterado.",
    "unknown_zone": "Não há fuso chamado “{zone}”. Nada foi alterado.",
    "not_a_terminal": "A tela precisa de um terminal. Num script, use os comandos: atendimento --help.",
    "dumb_terminal": "Este terminal (TERM={term}) não desenha telas. Use outro, ou os comandos: atendimento --help.",
    "unknown_driver": "A variável TEXTUAL_DRIVER ({driver}) não nomeia um modo de tela que exista. Apague-a (unset TEXTUAL_DRIVER) e abra de novo.",
    "unknown_colors": "A variável TEXTUAL_COLOR_SYSTEM ({colors}) não nomeia um conjunto de cores que exista. Apague-a (unset TEXTUAL_COLOR_SYSTEM) e abra de novo.",
}
"""Code of a refusal -> its sentence."""
