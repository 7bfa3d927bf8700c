"""Texts about attached files."""

KIND = {
    "application/pdf": "PDF",
    "image/jpeg": "imagem JPEG",
    "image/png": "imagem PNG",
    "image/gif": "imagem GIF",
    "image/webp": "imagem WebP",
    "image/tiff": "imagem TIFF",
    "image/heif": "imagem HEIC",
    "image/bmp": "imagem BMP",
    "audio/mpeg": "áudio MP3",
    "audio/ogg": "áudio OGG",
    "video/mp4": "vídeo MP4",
    "message/rfc822": "e-mail",
    "text/html": "página HTML",
    "application/xml": "XML",
    "application/rtf": "texto RTF",
    "application/zip": "arquivo ZIP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "documento Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "planilha Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "apresentação PowerPoint",
    "application/vnd.oasis.opendocument.text": "documento ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "planilha ODS",
    "application/x-ole-storage": "arquivo do Office antigo",
    "text/plain": "texto",
    "application/octet-stream": "arquivo",
}
"""Media type -> how it is called."""

ATTACHED = "Anexado, como número {number}: {name}."
NONE = "Este atendimento não tem anexos. Para anexar: “atendimento anexar PROTOCOLO ARQUIVO”."
LINE = "{number}\t{name}\t{kind}\t{size}\t{at}\t{by}"
SAVED = "Salvo em {path}."
DETAIL = "Anexos"
TITLE = "Anexos de {protocol}"
PLACEHOLDER = "Digite parte do nome"
ATTACH = "Anexar um arquivo"
ATTACH_ANOTHER = "Anexar outro arquivo"
ATTACH_NOTE = "pelo caminho, ou da pasta de entrada"
ATTACHED_TOAST = "Anexado: {name}."
PREVIEW = "Ver aqui"
PREVIEW_HINT = "↑↓ rola · Esc volta"
PREVIEW_EMPTY = "Este arquivo não tem texto que se possa mostrar aqui; use Abrir."
OPEN = "Abrir"
SAVE = "Salvar uma cópia"
OPENED = "Aberto no visualizador: {path}."
PATH_TITLE = "Anexar a {protocol}"
PATH_PLACEHOLDER = "Caminho do arquivo, ou parte do nome; Tab completa"
PATH_INBOX = "Pasta de entrada: {folder} · Tab completa · Enter anexa · Esc volta"
PATH_NO_INBOX = (
    "Tab completa · Enter anexa · Esc volta. Uma pasta de entrada se diz em [anexos], no arquivo de configuração."
)
PATH_NOTHING = "Nenhum arquivo com este nome"
