"""Every no, in Portuguese: what happened, what to do, and that nothing was lost."""

from collections.abc import Mapping
from datetime import date, datetime, time

from atendimento_tui.texts import formats, system, toml, words

_SENTENCES = {
    # the window
    "defeito": (
        "Algo deu errado no programa; o que já estava gravado continua gravado. "
        "Os detalhes estão em {path}. Repita o que fazia ou avise quem cuida do sistema."
    ),
    "abrindo": "Um instante: o atendimento ainda está abrindo.",
    # acts
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
    "sem_prazo": "O atendimento {protocol} não tem prazo.",
    "grupo_desconhecido": "Não há grupo chamado “{name}” neste atendimento. Nada foi alterado.",
    "sem_pessoa": "Diga quem está agindo: escolha a pessoa na janela, ou use --como NOME.",
    "pessoa_desconhecida": "Não há ninguém chamado “{name}” neste atendimento. Pessoas: {known}.",
    "mudou": (
        "O atendimento {protocol} mudou enquanto você o via: {actor} {kind} às {at}{said}. "
        "Nada foi alterado. Confira o que mudou e repita se ainda quiser."
    ),
    # actions of a process
    "acao_desconhecida": "“{action}” não é uma ação da etapa “{step}” do atendimento {protocol}. Nada foi alterado.",
    "acao_nao_cabe": "“{action}” não cabe agora no atendimento {protocol}. Nada foi alterado.",
    "acao_papel": "“{action}” é só de {roles}. Nada foi alterado.",
    "acao_sem_texto": "“{action}” pede um texto. Escreva algo ou volte com Esc.",
    "acao_nao_pede": "“{action}” não pede “{field}”. Nada foi alterado.",
    "acao_sem_volta": "O atendimento {protocol} não passou por outra etapa a que possa voltar. Nada foi alterado.",
    "acao_campo": "Para “{action}”, falta preencher “{field}”. Nada foi alterado.",
    "acao_documentos": "Para “{action}”, faltam documentos: {missing}. Nada foi alterado.",
    "acao_documentos_completos": "“{action}” é para quando faltam documentos, e todos já foram recebidos. Nada foi alterado.",
    "acao_fora_do_prazo": "Já passou o prazo para “{action}” no atendimento {protocol}. Nada foi alterado.",
    # fields of a process
    "campo_vazio": "Falta responder “{field}”.",
    "intake_ja_terminado": "O registro do atendimento {protocol} já foi terminado. Nada foi alterado.",
    "rascunho_em_uso": "O rascunho de {protocol} está aberto em outra janela. Continue nela, ou feche-a.",
    "faltam_campos": "Falta responder: {fields}. Nada foi alterado.",
    "sem_processo": "O atendimento {protocol} veio sem um processo: não tem ações nem documentos. Nada foi alterado.",
    "nao_aberto": "O registro do atendimento {protocol} não foi terminado. Nada foi alterado.",
    "documento_desconhecido": "O atendimento {protocol} não pede o documento “{name}”. Nada foi alterado.",
    "documento_sem_motivo": "Diga por que “{name}” foi recusado: quem pediu vai lê-lo.",
    "tarefa_desconhecida": "O atendimento {protocol} não tem essa tarefa. Nada foi alterado.",
    "tarefa_ja_feita": "A tarefa “{task}” já foi concluída.",
    "ja_esta_com": "O atendimento {protocol} já está com quem você escolheu. Nada foi alterado.",
    "encaminhar_sem_motivo": "Diga por que encaminha: quem receber o atendimento vai lê-lo.",
    "ja_tem_criticidade": "A criticidade do atendimento {protocol} já é {severity}. Nada foi alterado.",
    "criticidade_sem_motivo": "Diga por que a criticidade muda: o motivo fica no histórico.",
    "campo_invalido": "“{typed}” não serve para “{field}”. Nada foi alterado.",
    "campo_curto": "“{field}” pede uma resposta de pelo menos {least} caracteres. Nada foi alterado.",
    "campo_invalido_texto": "“{typed}” não é uma resposta para “{field}”: diga o que foi decidido e por quê.",
    "campo_invalido_cpf": "“{typed}” não é um CPF: confira os onze dígitos de “{field}”.",
    "campo_invalido_cnpj": "“{typed}” não é um CNPJ: confira os quatorze caracteres de “{field}”; os doze primeiros podem ser letras.",
    "campo_sem_ddd": "Falta o DDD em “{field}”: escreva-o na frente de “{typed}”.{areas}",
    "campo_invalido_cns": "“{typed}” não é um número do cartão nacional de saúde: confira os quinze dígitos de “{field}”.",
    "campo_invalido_cns_via": "O 16º número do cartão é a via, não faz parte do CNS: em “{field}”, digite só os quinze primeiros.",
    "campo_invalido_telefone": "“{typed}” não é um telefone: em “{field}”, escreva com o DDD, como (11) 98765-4321.",
    "campo_invalido_email": "“{typed}” não é um e-mail: em “{field}”, escreva como nome@exemplo.com.br.",
    "campo_invalido_data": "“{typed}” não é uma data: em “{field}”, escreva como 31/12/2026.",
    "campo_invalido_hora": "“{typed}” não é uma hora: em “{field}”, escreva como 14:30.",
    "campo_invalido_dinheiro": "“{typed}” não é um valor: em “{field}”, escreva como R$ 1.234,56.",
    "campo_invalido_competencia": "“{typed}” não é uma competência: em “{field}”, escreva o mês e o ano, como 12/2026.",
    "campo_invalido_procedimento": "“{typed}” não é um código de procedimento: “{field}” tem de 8 a 10 dígitos.",
    "campo_invalido_protocolo": "“{typed}” não é um número de protocolo: “{field}” tem 14 ou 20 dígitos.",
    "campo_invalido_numero": "“{typed}” não é um número: confira “{field}”.",
    "campo_invalido_escolha": "“{typed}” não é uma opção de “{field}”. Há: {options}.",
    "campo_invalido_sim_nao": "“{typed}” não serve para “{field}”: responda sim ou não.",
    "campo_invalido_pessoa": "“{typed}” não é um nome: confira “{field}”.",
    "correcao_nao_prevista": "A resposta a “{field}” não se corrige neste serviço. Nada foi alterado.",
    "correcao_papel": "Corrigir “{field}” é só de {roles}. Nada foi alterado.",
    "correcao_nao_cabe": "“{field}” não é pedido agora no atendimento {protocol}. Nada foi alterado.",
    "correcao_igual": "“{field}” já está assim. Escreva a resposta certa ou volte com Esc.",
    "correcao_sem_motivo": "Diga por que “{field}” muda: o motivo fica no histórico.",
    "formulario": "{beside} Nada foi gravado.",
    # beneficiaries
    "sem_beneficiario": "Diga de quem se trata: procure o beneficiário e confirme que é a pessoa. Nada do que foi digitado se perdeu.",
    "sem_identidade": "Diga o CPF, o nascimento ou a carteirinha: sem um deles, ninguém reconhece depois que é a pessoa.",
    "nascimento_impossivel": "Ninguém nasceu em {day}: confira o dia, o mês e o ano.",
    "carteirinha_invalida": "“{typed}” não é um número de carteirinha: confira os dígitos.",
    "cpf_ja_cadastrado": "Esse CPF já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
    "carteirinha_ja_cadastrada": "Essa carteirinha já é de {name}, CPF {cpf}. Volte com Esc e procure por essa pessoa; nada foi gravado.",
    # processes: each says the file, the place, what is wrong and the nearest right word
    "processo_toml": "{path} não é um TOML válido: linha {line}, coluna {column}: {toml}. Nada foi alterado.",
    "processo_palavra": "{path}, em “{place}”: não se conhece a palavra “{word}”.{nearest} Nada foi alterado.",
    "processo_falta": "{path}, em “{place}”: falta a palavra “{word}”.",
    "processo_valor": "{path}, em “{place}”: “{word}” não é um dos valores possíveis.{nearest} Há: {known}.",
    "processo_chave": "{path}, em “{place}”: “{word}” não serve de chave; use minúsculas sem acento, dígitos e _.",
    "processo_invalido": "{path}, em “{place}”: {problem}.",
    "processo_desconhecido": "{path}, em “{place}”: não há “{word}” neste processo.{nearest} Há: {known}.",
    "processo_repetido": "{path}, em “{place}”: “{word}” aparece duas vezes ({what}).",
    "processo_reservado": "{path}, em “{place}”: “{word}” já é uma palavra do programa; dê outra chave ao campo.",
    "processo_opcoes": "{path}, em “{place}”: um campo de escolha tem opções, e só ele; veja “{word}”.",
    "processo_so_texto": "{path}, em “{place}”: “{word}” é só para campos de texto.",
    "processo_por": "{path}, em “{place}”: o alvo só varia por criticidade, escolha ou sim_nao; “{word}” não é um deles.",
    "processo_chaves": "{path}, em “{place}”: há uma chave aberta e não fechada, ou o contrário, em “{word}”.",
    "processo_grupo": '{path}, em “{place}”: o grupo “{word}” só cabe numa mensagem para = "grupo".',
    "processo_ao_abrir": "{path}, em “{place}”: ao abrir, o atendimento já vai à primeira etapa e ao primeiro ciclo; tire “{word}”.",
    "processo_assunto_pessoal": "{path}, em “{place}”: o assunto aparece em todas as listas e não conta dados de pessoas; tire “{word}”.",
    "processo_tecla": "{path}, em “{place}”: a tecla “{word}” é do programa ou não é uma letra minúscula. Livres: {known}.",
    "processo_so_sistema": "{path}, em “{place}”: só um tempo faz “{word}”, e nenhum tempo da etapa o faz.",
    "processo_tempo_inicio": "{path}, em “{place}”: um tempo começa de um modo só: prazo, a_cada, apos ou no_dia.",
    "processo_tempo_efeito": "{path}, em “{place}”: um tempo faz uma coisa só: acao ou faz.",
    "processo_fracao": "{path}, em “{place}”: só um tempo com prazo tem fracao.",
    "processo_ciclo": "{path}, em “{place}”: novo_ciclo é de quem reabre o que terminou, e de todos os que reabrem.",
    "processo_ciclo_selado": "{path}, em “{place}”: o ciclo que terminou não se mexe; tire “{word}”.",
    "processo_fim": "{path}, em “{place}”: num atendimento que terminou só corre um prazo do cliente, não o de {word}.",
    "processo_natureza": "{path}, em “{place}”: “{word}” é um prazo deste serviço; diga a sua natureza: nossa, cliente ou lei.{nearest}",
    "processo_um_valor": "{path}, em “{place}”: “{one}” e “{other}” dão valor ao mesmo campo, “{word}”; fique com um deles. Para um número novo, limpe o campo num ato anterior.",
    "processo_serie": "{path}, em “{place}”: só um campo que se numera tem serie; nada numera “{word}”.",
    "processo_soma": "{path}, em “{place}”: só um campo do tipo numero se soma; “{word}” não é.",
    "processo_condicao": "{path}, em “{place}”: a condição pede campo com igual, diferente ou preenchido, ou então checklist ou dentro.",
    "processo_condicao_campo": "{path}, em “{place}”: aqui a condição só olha campos, não checklist nem dentro.",
    "processo_valor_campo": "{path}, em “{place}”: o campo “{field}” não guarda “{word}”; escreva como o programa guarda.",
    "processo_tempo": "{path}, em “{place}”: “{word}” não é uma duração; escreva, por exemplo, {example}.",
    "processo_prazo_parado": "{path}, em “{place}”: nada inicia o prazo de {word}.",
    "processo_demais": "{path}, em “{place}”: são {count}; cabem no máximo {most}.",
    "processo_em_branco": "{path}, em “{place}”: o texto está em branco.",
    "processo_longo": "{path}, em “{place}”: o texto tem {count} letras; cabem no máximo {most}.",
    "processo_controle": "{path}, em “{place}”: o texto tem um sinal de controle ou uma quebra de linha que não cabe ali.",
    "processo_minimo": "{path}, em “{place}”: pedem-se {word} letras; o máximo que se pode pedir é {most}.",
    "processo_contradicao": "{path}, em “{place}”: essas condições nunca valem juntas.",
    "processo_circulo": "{path}, em “{place}”: o campo “{word}” só é perguntado por causa de outro que só é perguntado por causa dele.",
    "processo_ninguem_pergunta": "{path}, em “{place}”: o campo “{word}” é obrigatório e vem depois, mas nenhuma ação o pede e nada o preenche.",
    "processo_nunca": "{path}, em “{place}”: o campo “{word}” nunca chega a ter o valor que se espera: nada o pergunta ou preenche assim antes.",
    "processo_inalcancavel": "{path}, em “{place}”: nenhum caminho chega à etapa “{word}”.",
    "servico_sem_calendario": "{path}, em “{place}”: não há calendário chamado “{word}” neste banco. Nada foi alterado.",
    "grupos_faltando": "{path} fala de grupos que este atendimento não tem:\n{groups}\nSe o nome está errado, corrija o arquivo; para criá-los, repita com --criar-grupos. Nada foi alterado.",
    "processo_sem_saida": '{path}, em “{place}”: da etapa “{word}” nenhum caminho chega ao fim. Dê-lhe uma ação que vá a uma etapa com estado = "concluido", "cancelado" ou "abandonado".',
    # files
    "arquivo_ilegivel": "Não foi possível ler {path} ({detail}). Nada foi alterado.",
    "arquivo_grande": "{path} tem mais de {limit} KiB: não é o arquivo que se espera aqui. Nada foi alterado.",
    "arquivo_sem_codificacao": "Não foi possível ler {path}: a linha {line} não é texto em UTF-8, UTF-16 nem Windows-1252. No programa que fez o arquivo, use “Salvar como” e escolha a codificação UTF-8 (numa planilha, “CSV UTF-8”). Nada foi alterado.",
    "arquivo_cresce": "{path} tem {size} bytes e passa de {most} MiB quando descompactado: não é um registro comum. Nada foi alterado. Se é, descompacte-o e importe o arquivo descompactado.",
    "arquivo_nao_grava": "Não foi possível gravar {path} ({detail}). O arquivo anterior, se havia, está intacto.",
    "saida_existe": "Já existe {path}. Nada foi alterado. Diga outro nome, ou --substituir para trocar o arquivo pelo novo.",
    "saida_no_banco": "{path} é um banco de dados, ou um dos arquivos dele: nada se grava por cima. Nada foi alterado. Diga outro nome.",
    "saida_sem_pasta": "Não foi possível gravar {path}: a pasta {folder} não existe. Crie-a, ou diga outro lugar.",
    "saida_nao_e_arquivo": "{path} não é um arquivo comum. Nada foi alterado. Diga o nome de um arquivo.",
    "planilha_sem_separador": "{path} é uma planilha, que não tem separador. Tire --separador, ou diga um nome terminado em .csv.",
    "saida_fechada": "A resposta não tem para onde ir: a saída está fechada.",
    "saida_nao_grava": "A resposta não pôde ser escrita ({detail}). O que já estava gravado no banco continua lá.",
    "toml_invalido": "{path} não é um TOML válido: linha {line}, coluna {column}: {toml}. Nada foi alterado.",
    "mapa_invalido": "O mapa {path} tem um erro em “{place}”: {problem}. Nada foi alterado.",
    "municipais_invalidos": "O arquivo de feriados {path} tem um erro: {problem}. Nada foi alterado.",
    "municipais_sem_cidade": "{path} não tem feriado nenhum de {city} ({uf}).{nearest} Confira a cidade e a UF, ou diga o código da cidade no IBGE com --codigo-ibge. Nada foi alterado.",
    "municipais_demais": "{path} tem {count} feriados de {city} em {year}:\n{days}\nUma cidade tem poucos feriados seus, e em todos esses dias os prazos não correriam. Confira o arquivo; se são mesmo esses, repita com --aceitar-municipais. Nada foi alterado.",
    "codigo_ibge_invalido": "“{text}” não é o código de uma cidade no IBGE: são sete dígitos, como 3509502.",
    "colunas_faltando": "Faltam em {path} as colunas {missing}. Colunas encontradas: {found}. Nada foi alterado.",
    "cabecalho_longo": "A primeira linha de {path} não tem fim: devia ter os nomes das colunas. Nada foi alterado. Confira se o arquivo é um CSV.",
    "calendario_desconhecido": "Não há calendário chamado “{name}” neste banco. Nada foi alterado.",
    # lines of a log
    "linha_incompleta": "a linha não tem todas as colunas",
    "rotulo_fora_do_mapa": "o rótulo não está no mapa",
    "instante_ilegivel": "o instante não pode ser lido",
    "aspas_abertas": "as aspas abertas nesta linha não se fecham: o que vem depois delas foi tomado por um só campo, e os casos dessas linhas ficaram de fora",
    "campo_longo": "um campo é longo demais: passa de 131.072 letras",
    "linha_longa": "a linha é longa demais: passa de 1 milhão de letras",
    "caso_longo": "o caso que começa nesta linha tem mais de 20 mil linhas",
    # instants and databases
    "instante_sem_fuso": "“{text}” não diz o fuso. Escreva, por exemplo, 2026-03-02T09:00:00-03:00.",
    "instante_invalido": "“{text}” não é um instante ISO. Escreva, por exemplo, 2026-03-02T09:00:00-03:00.",
    "horario_invalido": "O horário “{text}” não é válido: {problem}. Escreva, por exemplo, seg-sex 09:00-12:00 13:00-18:00.",
    "facultativo_desconhecido": "Não foi possível entender os pontos facultativos: {problem}.",
    "nome_curto": "“{typed}” é curto demais para o nome de {which}: use ao menos {least} letras.",
    "nome_longo": "O nome de {which} tem {count} letras; cabem no máximo {most}.",
    "nome_vazio": "Diga um nome: {which} está em branco.",
    "uf_desconhecida": "Não há unidade da federação “{text}”. Use a sigla: SP, RJ, MG...",
    "registro_ans_invalido": "O registro ANS tem seis dígitos; “{text}” não.",
    "ja_existe": "Já existe um banco em {path}. Nada foi alterado. Escolha outro lugar.",
    "banco_sem_endereco": "O banco dito não é um arquivo nem um endereço que se possa abrir. Diga um arquivo com --banco.",
    "copia_falhou": "Não foi possível copiar o banco para {path} antes de atualizá-lo ({detail}). Nada foi alterado.",
    "banco_inexistente": "Não há banco em {path}. Crie-o com “atendimento iniciar” ou veja a demonstração com “atendimento demo”.",
    "banco_vazio": "{path} não tem um atendimento. Apague o arquivo e crie um com “atendimento iniciar”.",
    "banco_alheio": "O arquivo é um banco de outro programa. Nada foi alterado. Escolha outro com --banco.",
    "banco_mais_novo": "O banco foi feito por uma versão mais nova deste programa ({revision}). Nada foi alterado. Atualize o programa.",
    "banco_mais_antigo": "O banco {path} é de uma versão mais antiga deste programa. Nada foi alterado. Abra-o uma vez, o que o atualiza e guarda uma cópia, e tente de novo.",
    "copia_diverge": "O que chegou a {path} não é o que está em {source} (tabela {table}). Nada foi gravado: tente de novo.",
    "historico_diverge": "No atendimento {protocol} o que está gravado em {source} não é o que o seu histórico diz. Nada foi gravado em {path}.",
    "banco_nao_e_banco": "{path} não é um banco de dados, ou o seu começo foi danificado. Nada foi alterado. Escolha outro com --banco.{copy}",
    "banco_danificado": "O banco {path} está danificado. Nada mais é gravado nele. Não o apague: “atendimento --banco {path} separar” o põe de lado inteiro.{copy}",
    "banco_e_pasta": "{path} é uma pasta, não um banco. Diga o arquivo, como {path}/atendimento.db.",
    "banco_nao_e_arquivo": "{path} não é um arquivo comum. Nada foi alterado. Diga o arquivo do banco com --banco.",
    "banco_sem_arquivo": "{path} não é um arquivo: quem cuida do servidor cuida das cópias dele. Nada foi alterado.",
    "banco_inteiro": "O banco {path} não está danificado. Nada foi alterado.",
    "banco_nao_sai": "Não foi possível dar outro nome a {path} ({detail}). Nada foi apagado: confira a pasta e as permissões.",
    "banco_fora_do_lugar": "O arquivo do banco não está mais em {path}: foi apagado, movido ou trocou de nome. Nada é dado como gravado e o que foi digitado continua aqui. Devolva o arquivo ao lugar e repita.",
    "banco_trocado": "Em {path} há agora outro arquivo, não o que foi aberto. Nada é dado como gravado e o que foi digitado continua aqui. Devolva o arquivo de antes e repita, ou feche e abra de novo.",
    "banco_sem_diario": "Os arquivos {path}-wal e {path}-shm foram apagados ou trocados com o banco aberto. Nada é dado como gravado e o que foi digitado continua aqui. Feche todas as janelas deste banco e abra de novo.",
    "banco_na_rede": "{path} está numa pasta de rede ({kind}), onde um arquivo do SQLite perde dados. Nada foi alterado. Guarde-o num disco deste computador; para várias máquinas, use um servidor: copie o arquivo para um disco local, com as janelas fechadas, e leve-o com “atendimento migrar ARQUIVO postgresql+psycopg://...”.",
    "banco_sem_utf8": "O banco {path} guarda textos em {encoding}, em que nem todas as letras cabem. Nada foi alterado. Peça a quem cuida do servidor um banco vazio criado com ENCODING 'UTF8' e TEMPLATE template0.",
    "banco_perdido": "Sem conexão com o banco. O que foi digitado continua aqui; quando ele voltar, a tela volta sozinha.",
    "banco_so_leitura": "Não há permissão para gravar em {path}. Nada foi alterado. Peça acesso ou escolha outro com --banco.",
    "banco_nao_abre": "Não foi possível abrir {path} ({detail}). Confira a pasta e as permissões. Nada foi alterado.",
    "banco_ocupado": "O banco está ocupado por outro programa há {seconds} s. Nada foi perdido: tente de novo.",
    "banco_falhou": "O banco respondeu com um erro ({detail}). Nada foi alterado: tente de novo.",
    "banco_desconhecido": "Este programa não usa bancos do tipo {backend}. Use um arquivo SQLite ou um endereço postgresql+psycopg://...",
    "banco_sem_driver": "Falta o acesso a bancos do tipo {backend}. Instale-o com: pip install 'atendimento-tui[postgresql]'.",
    "banco_sem_conexao": "Sem conexão com o banco ({detail}). O que foi digitado continua aqui: tente de novo.",
    "banco_senha": "O servidor do banco não aceitou o usuário ou a senha. Confira-os no endereço do banco, em PGPASSWORD ou em ~/.pgpass. Nada foi alterado.",
    "banco_recusou": "O servidor do banco recusou a entrada. Confira o usuário, a senha e o nome do banco no endereço. Nada foi alterado.",
    "banco_sem_base": "O servidor não tem um banco com esse nome. Confira o nome no endereço, ou peça a quem cuida do servidor que crie o banco, vazio. Nada foi alterado.",
    "banco_sem_permissao": "O servidor do banco não deixa gravar ({detail}). Nada foi alterado. Peça acesso a quem cuida dele.",
    "disco_cheio": "O disco está cheio: nada foi gravado e nada se perdeu. Libere espaço e tente de novo.",
    "disco_falhou": "O disco falhou ao gravar {path} ({detail}). Nada do que já estava gravado se perdeu.",
    # calendars
    "never_open": "O calendário não abre em hora nenhuma. Nada foi alterado.",
    "beyond_last_opening": "O prazo passa do último dia em que o calendário abre. Nada foi alterado.",
    "before_first_opening": "A conta vai antes do primeiro dia em que o calendário abre. Nada foi alterado.",
    "beyond_years": "A data passa do ano 9999. Nada foi alterado.",
    "unknown_zone": "Não há fuso chamado “{zone}”. Nada foi alterado.",
    # terminal
    "not_a_terminal": "A tela precisa de um terminal. Num script, use os comandos: atendimento --help.",
    "dumb_terminal": "Este terminal (TERM={term}) não desenha telas. Use outro, ou os comandos: atendimento --help.",
    "unknown_driver": "A variável TEXTUAL_DRIVER ({driver}) não nomeia um modo de tela que exista. Apague-a (unset TEXTUAL_DRIVER) e abra de novo.",
}

_PROBLEMS = {
    # what pydantic finds in a file
    "missing": "falta",
    "extra_forbidden": "não se conhece esta palavra aqui",
    "enum": "deve ser {expected}",
    "literal_error": "deve ser {expected}",
    "greater_than": "deve ser maior que {gt}",
    "less_than_equal": "deve ser no máximo {le}",
    "finite_number": "deve ser um número",
    "bool_type": "deve ser true ou false",
    "bool_parsing": "deve ser true ou false",
    "int_type": "deve ser um número inteiro",
    "int_parsing": "deve ser um número inteiro",
    "greater_than_equal": "deve ser no mínimo {ge}",
    "float_type": "deve ser um número",
    "float_parsing": "deve ser um número",
    "string_type": "deve ser um texto entre aspas",
    "string_too_short": "está vazio",
    "string_too_long": "deve ter no máximo {max_length} caractere(s)",
    "too_short": "está vazio",
    "dict_type": "deve ser uma tabela",
    "model_type": "deve ser uma tabela",
    "model_attributes_type": "deve ser uma tabela",
    "tuple_type": "deve ser uma lista",
    "date_from_datetime_parsing": "deve ser um dia, como 2026-12-24",
    "date_parsing": "deve ser um dia, como 2026-12-24",
    "value_error": "{said}",
    # what a calendar does not take
    "bad_weekday": "há um dia da semana que não existe",
    "zone_in_hours": "{day}: as horas não levam fuso",
    "empty_interval": "{day}: o intervalo {opening}-{closing} está vazio",
    "inverted_interval": "{day}: o intervalo {opening}-{closing} termina antes de começar; passando da meia-noite, escreva dois",
    "unsorted_intervals": "{day}: o intervalo {opening}-{closing} vem depois de um mais tarde",
    "overlapping_intervals": "{day}: o intervalo {opening}-{closing} cai sobre o anterior",
    "never_open": "não abre em hora nenhuma",
    "unknown_zone": "não há fuso chamado “{zone}”",
    "bad_municipal_file": "não se pode ler a linha {line}; é preciso uma coluna “data”",
    "bad_municipal_date": "na linha {line}, “{text}” não é um dia dd/mm/aaaa",
}
"""What is wrong with something written, as part of a sentence."""


def sentence(code: str, values: Mapping[str, object]) -> str:
    """What a refusal says.

    Args:
        code: The refusal's code.
        values: What its sentence needs; instants must be in the zone that they are to be read in.
    """
    said = {name: _said(name, value) for name, value in values.items()}
    return _SENTENCES[code].format_map(_Missing(said))


def codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_SENTENCES)


_ASIDE = {
    "areas": " Na região desta unidade é {}.",
    "nearest": " Seria “{}”?",
    "near": " (aqui há “{}”: é esse?)",
    "said": ": “{}”",
    "copy": " A cópia mais nova ao lado dele: {}.",
}
"""What is said besides, where there is something to say."""


class _Missing(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "" if key in _ASIDE else words.NOTHING


def _problem(code: str, values: Mapping[str, object]) -> str:
    said = {name: str(value) if name == "said" else _said(name, value) for name, value in values.items()}
    return _PROBLEMS.get(code, "não é válido").format_map(_Missing(said))


def _said(name: str, value: object) -> str:
    if name == "problem" and isinstance(value, tuple):
        return _problem(*value)
    if name == "detail" and (value is None or isinstance(value, (int, str))):
        return system.reason(value)
    if name == "day" and isinstance(value, int):
        return words.WEEKDAY_LONG[value]
    if isinstance(value, datetime):
        return f"{value:%H:%M:%S} de {value:%d/%m/%Y}"
    if isinstance(value, date):
        return formats.date(value)
    if isinstance(value, time):
        return formats.clock(value)
    if name == "actor" and value is None:
        return words.SYSTEM
    if name == "state":
        return words.STATE.get(str(value), str(value))
    if name == "kind":
        kind, action = value if isinstance(value, tuple) else (value, "")
        return words.ACTED.format(action=action) if action else words.EVENT.get(str(kind), str(kind))
    if name == "days" and isinstance(value, Mapping):
        return "\n".join(f"  {formats.date(day)} {said}" for day, said in value.items())
    if name == "groups" and isinstance(value, Mapping):
        return "\n".join(f"  “{group}”{_ASIDE['near'].format(near) if near else ''}" for group, near in value.items())
    if name == "toml":
        return toml.reason(str(value))
    if name in _ASIDE:
        return _ASIDE[name].format(value) if value else ""
    if name == "beside" and isinstance(value, Mapping):
        return " ".join(sentence(*each) for each in value.values())
    if name == "roles":
        return ", ".join(words.ROLE.get(role, role) for role in str(value).split(", "))
    if name == "severity":
        return words.SEVERITY.get(str(value), str(value))
    if name == "protocol":
        return formats.protocol_groups(str(value))
    return words.NOTHING if value is None else str(value)
