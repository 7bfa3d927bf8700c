"""Refusals about attached files."""

SENTENCES = {
    "previa_impossivel": "Este arquivo não pode ser mostrado aqui: está danificado, tem senha, ou é grande demais. Nada se perdeu; abra-o ou salve uma cópia.",
    "anexo_vazio": "O arquivo “{name}” está vazio. Nada foi anexado.",
    "anexo_grande": "O arquivo “{name}” tem {size} MiB, e um anexo pode ter até {limit} MiB. Nada foi anexado; o arquivo está como estava. O limite é o ajuste “anexo_mib” da unidade.",
    "anexo_no_banco": "{path} é o próprio banco, ou um dos arquivos dele. Nada foi anexado.",
    "anexo_nao_e_arquivo": "{path} não é um arquivo que se possa anexar: é uma pasta, ou um dispositivo. Nada foi anexado.",
    "anexo_desconhecido": "Esse anexo não existe. Veja os que há com “atendimento anexos PROTOCOLO”.",
    "anexo_sem_conteudo": "O conteúdo do anexo “{name}” não está no banco, ou está danificado. Nada foi alterado. Avise quem cuida do sistema: “atendimento verificar --anexos” diz o que falta, e “atendimento recuperar-anexos” o traz das cópias.",
    "anexo_numero": "O atendimento {protocol} não tem o anexo {number}. Veja os que há com “atendimento anexos {protocol}”.",
    "anexo_de_onde": "Diga que arquivos anexar, ou “-” para o que vem pela entrada padrão. Nada foi anexado.",
    "entrada_sem_caminho": '{path}: em [anexos], entrada deve ser um caminho completo, como entrada = "/home/ana/entrada". Nada foi anexado.',
}
"""Code of a refusal -> its sentence."""
