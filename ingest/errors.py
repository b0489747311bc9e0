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
        "Dieses Dateiformat wird nicht gelesen. Möglich sind PDF, DOCX, HTML, Markdown und TXT; "
        "bitte in eines davon umwandeln."
    )


class UnknownEncoding(FileRefused):
    """Text in a character set that nobody can tell."""

    code = "unknown_encoding"
    sentence = "Der Zeichensatz der Datei ist nicht zu erkennen. Bitte als UTF-8 neu speichern."


class ArchiveRefused(FileRefused):
    """A ZIP or another archive."""

    code = "archive"
    sentence = "Archive werden nicht geöffnet. Bitte entpacken und den Ordner aufnehmen."


class TooLarge(FileRefused):
    """Beyond a limit of size, pages, entries or unpacked size."""

    code = "too_large"
    sentence = "Die Datei ist größer als erlaubt. Bitte in Teile zerlegen."


class PackedTooTightly(FileRefused):
    """An office file that unpacks to far more than it should."""

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
    """A PDF of pictures only."""

    code = "no_text_layer"
    sentence = (
        "Die PDF besteht nur aus Bildern (Scan) und enthält keinen Text. Texterkennung kommt "
        "später; bis dahin bitte eine PDF mit Textebene ablegen."
    )


class Garbled(FileRefused):
    """Letters that stand for no letters: fonts without a character map."""

    code = "garbled_text"
    sentence = (
        "Die Schrift dieser PDF lässt sich nicht in Buchstaben übersetzen. Texterkennung kommt "
        "später; bis dahin bitte eine neu erzeugte PDF ablegen."
    )


class NoText(FileRefused):
    """Read without fault, and not a word in it."""

    code = "no_text"
    sentence = "In der Datei steht kein lesbarer Text. Bitte prüfen, ob es die richtige Datei ist."


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
