"""Why a file is not taken in: a stable code, and a German sentence that says what to do."""

from __future__ import annotations

from typing import ClassVar


class IngestError(Exception):
    """Root of this package's errors; `str(error)` is the German sentence for the clerk."""

    code: ClassVar[str] = "ingest_error"
    exit_code: ClassVar[int] = 40
    sentence: ClassVar[str] = "Die Datei konnte nicht aufgenommen werden."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.sentence)


class PathMissing(IngestError):
    """A path that was named does not exist."""

    code = "path_missing"
    exit_code = 41
    sentence = "Diesen Pfad gibt es nicht. Bitte Schreibweise und Laufwerk prüfen."


class FileRefused(IngestError):
    """The file does not enter: wrong kind, too large, unreadable."""

    code = "refused"
    sentence = "Die Datei wird nicht aufgenommen."


class EmptyFile(FileRefused):
    """No bytes, or nothing but blanks."""

    code = "empty"
    sentence = "Die Datei ist leer. Bitte die Quelle prüfen und die Datei neu ablegen."


class UnknownType(FileRefused):
    """None of the formats that can be read."""

    code = "unknown_type"
    sentence = (
        "Dieses Dateiformat wird nicht gelesen. Möglich sind PDF, DOCX, DOC, ODT, RTF, HTML, "
        "Markdown, TXT, EML, MSG, ZIP, PNG, JPEG und TIFF; bitte in eines davon umwandeln."
    )


class UnknownEncoding(FileRefused):
    """Text in a character set that nobody can tell."""

    code = "unknown_encoding"
    sentence = "Der Zeichensatz der Datei ist nicht zu erkennen. Bitte als UTF-8 neu speichern."


class ArchiveRefused(FileRefused):
    """An archive of a kind that is not opened."""

    code = "archive"
    sentence = (
        "Von den Archiven werden nur ZIP-Dateien geöffnet. Bitte entpacken und den Ordner "
        "aufnehmen."
    )


class NestedTooDeep(FileRefused):
    """An archive or mail inside too many others."""

    code = "nested"
    sentence = (
        "Das Archiv liegt in zu vielen anderen Archiven und wird nicht geöffnet. Bitte entpacken "
        "und den Ordner aufnehmen."
    )


class EscapingName(FileRefused):
    """A member of an archive whose name leads out of it, or that only points elsewhere."""

    code = "zip_slip"
    sentence = (
        "Der Name dieses Eintrags führt aus dem Archiv hinaus, wie es Schaddateien tun. Bitte die "
        "Herkunft des Archivs prüfen; der Eintrag wird nicht gelesen."
    )


class ConverterMissing(FileRefused):
    """An old office format, and no program here that reads it."""

    code = "converter_missing"
    sentence = (
        "Alte Word-Dateien (DOC) und RTF werden mit LibreOffice gelesen, das auf diesem Rechner "
        "fehlt. Bitte installieren (unter Debian: apt-get install libreoffice-writer-nogui) und "
        "die Datei danach erneut aufnehmen."
    )


class TooLarge(FileRefused):
    """Beyond a limit of size, pages, entries or unpacked size."""

    code = "too_large"
    sentence = "Die Datei ist größer als erlaubt. Bitte in Teile zerlegen."


class PackedTooTightly(FileRefused):
    """An archive or office file that unpacks to far more than it should."""

    code = "zip_bomb"
    sentence = (
        "Die Datei entpackt sich auf ein Vielfaches ihrer Größe, wie es Schaddateien tun. "
        "Bitte Herkunft prüfen und im Schreibprogramm neu speichern."
    )


class Unreadable(FileRefused):
    """The operating system does not hand out the bytes."""

    code = "unreadable"
    sentence = "Die Datei lässt sich nicht öffnen. Bitte Zugriffsrechte und Laufwerk prüfen."


class Encrypted(FileRefused):
    """Protected by a password that is not the empty one."""

    code = "encrypted"
    sentence = (
        "Die Datei ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern und neu ablegen."
    )


class Damaged(FileRefused):
    """The format is right, the content is not."""

    code = "damaged"
    sentence = (
        "Die Datei ist beschädigt und lässt sich nicht lesen. Bitte neu aus der Quelle ausgeben."
    )


class NoTextLayer(FileRefused):
    """A PDF of empty pages only."""

    code = "no_text_layer"
    sentence = "Die PDF besteht nur aus leeren Seiten. Bitte prüfen, ob es die richtige Datei ist."


class OcrMissing(FileRefused):
    """A scan, and Tesseract's data for German are not installed."""

    code = "ocr_missing"
    sentence = (
        "Das ist ein Scan, und die Texterkennung ist nicht installiert. Unter Debian bitte als "
        "root ausführen: apt-get install tesseract-ocr tesseract-ocr-deu. Danach die Datei noch "
        "einmal einlesen."
    )


class OcrFailed(FileRefused):
    """A scan of which no page could be read."""

    code = "ocr_failed"
    sentence = (
        "Auf keiner Seite dieses Scans ließ sich Text erkennen. Bitte mit 300 dpi und kräftigem "
        "Kontrast neu scannen."
    )


class PageTooLarge(FileRefused):
    """A page beyond the pixel limit."""

    code = "page_too_large"
    sentence = "Die Seite ist zu groß für die Texterkennung. Bitte in Teilen scannen."


class Garbled(FileRefused):
    """Letters that stand for no letters: fonts without a character map."""

    code = "garbled_text"
    sentence = (
        "Die Schrift dieser PDF lässt sich nicht in Buchstaben übersetzen, und auch die "
        "Texterkennung hilft hier nicht. Bitte eine neu erzeugte PDF ablegen."
    )


class NoText(FileRefused):
    """Read without fault, and not a word in it."""

    code = "no_text"
    sentence = "In der Datei steht kein lesbarer Text. Bitte prüfen, ob es die richtige Datei ist."


class WasErased(FileRefused):
    """A file that was erased, and that nobody let in again."""

    code = "erased"
    sentence = (
        "Dieses Dokument wurde gelöscht und wird nicht wieder aufgenommen. Bitte die Datei aus "
        "dem Ordner entfernen; »aktenkundig deletions« zeigt den Nachweis und wie es doch geht."
    )


class ParserFailed(IngestError):
    """The parser did not come to an end by itself."""

    code = "parser_failed"
    sentence = (
        "Die Datei ließ sich nicht lesen. Bitte im Ursprungsprogramm öffnen und neu speichern."
    )


class ParserCrashed(ParserFailed):
    """The parser's process died."""

    code = "parser_crashed"
    sentence = (
        "Beim Lesen der Datei ist das Leseprogramm abgestürzt. Bitte im Ursprungsprogramm öffnen "
        "und neu speichern."
    )


class ParserTimeout(ParserFailed):
    """The parser was stopped after its time was up."""

    code = "parser_timeout"
    sentence = (
        "Das Lesen der Datei dauerte zu lange und wurde abgebrochen. Bitte in Teile zerlegen oder "
        "neu speichern."
    )


class ParserMemory(ParserFailed):
    """The parser wanted more memory than it may have."""

    code = "parser_memory"
    sentence = (
        "Das Lesen der Datei braucht mehr Arbeitsspeicher als erlaubt. Bitte in Teile zerlegen "
        "oder neu speichern."
    )


class Unexpected(IngestError):
    """A fault of ours; the log has the details."""

    code = "unexpected"
    sentence = (
        "Bei dieser Datei trat ein unerwarteter Fehler auf. Bitte die Datei der "
        "Programmbetreuung melden."
    )


class RunEnded(IngestError):
    """Nothing more can be delivered; what was stored before stays."""

    code = "run_ended"
    sentence = "Das Einlesen wurde beendet, weil keine weiteren Dateien zu bekommen sind."


class SidecarInvalid(FileRefused):
    """The file beside the file cannot be read or says what cannot be."""

    code = "sidecar"
    sentence = "Die Begleitdatei ist fehlerhaft. Bitte berichtigen und neu einlesen."


class OparlError(IngestError):
    """The OParl import cannot go on; what was taken over before stays."""

    code = "oparl"
    exit_code = 42
    sentence = "Die Übernahme über OParl konnte nicht ausgeführt werden."


class OparlHostRefused(OparlError):
    """An address that the settings do not allow."""

    code = "oparl_host"
    exit_code = 43
    sentence = "Dieser Rechner ist in den Einstellungen nicht für OParl zugelassen."


class OparlUnreachable(OparlError):
    """The server does not answer, or with errors only, after all attempts."""

    code = "oparl_unreachable"
    exit_code = 44
    sentence = "Der OParl-Server ist nicht zu erreichen. Bitte später erneut versuchen."


class OparlNotUnderstood(OparlError):
    """The server answers, but not with what OParl prescribes."""

    code = "oparl_protocol"
    exit_code = 45
    sentence = "Der Server antwortet nicht so, wie OParl es vorschreibt."


class OparlBusy(OparlError):
    """Another import runs on the same data."""

    code = "oparl_busy"
    exit_code = 46
    sentence = "Es läuft schon eine Übernahme über OParl. Bitte warten, bis sie fertig ist."


class OparlFileGone(FileRefused):
    """The server lists the file and does not hand it out."""

    code = "oparl_file_gone"
    sentence = (
        "Der OParl-Server führt die Datei auf, gibt sie aber nicht heraus (gelöscht oder nicht "
        "gefunden). Bitte beim Betreiber des Ratsinformationssystems nachfragen."
    )


class OparlChecksum(FileRefused):
    """The bytes are not those that the server announced."""

    code = "oparl_checksum"
    sentence = (
        "Die Datei kam anders an, als der OParl-Server sie ankündigt (Prüfsumme oder Größe). Sie "
        "wird beim nächsten Lauf erneut geholt."
    )
