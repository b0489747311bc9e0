"""The errors of questions and interfaces.

    AssistantError
    ├── SettingsInvalid      a setting is unknown or cannot be used
    ├── InputInvalid         a command or request that cannot be understood
    ├── NotFound             nothing of that name that the asking person may see
    ├── AddressRefused       the server may not listen there
    ├── AddressTaken         somebody else listens there
    ├── Busy                 too many questions at once
    ├── AuditUnwritable      the audit record cannot be continued
    ├── SpoolUnwritable      an upload cannot be put on the disk
    ├── ReindexRunning       another process builds a generation of the index
    ├── GenerationWorse      a generation finds less than the one that answers
    ├── JobEnded             a job was cancelled, or failed, in another process
    ├── BackupUnusable       a backup cannot be written, or not be restored
    └── Conflict             somebody else changed the same thing meanwhile

The text of every error is a German sentence that tells the clerk what to do.
"""

from __future__ import annotations

from typing import ClassVar


class AssistantError(Exception):
    """Base of the family. `code` is stable, `exit_code` is the command line's."""

    code: ClassVar[str] = "assistant_error"
    exit_code: ClassVar[int] = 50

    def __init__(self, message: str) -> None:
        """Takes the German sentence."""
        super().__init__(message)
        self.message = message


class SettingsInvalid(AssistantError):
    """A setting is unknown, or its value cannot be used."""

    code = "settings_invalid"
    exit_code = 51


class InputInvalid(AssistantError):
    """A command or a request that cannot be carried out as it stands."""

    code = "input_invalid"
    exit_code = 2


class NotFound(AssistantError):
    """There is nothing of that name, or nothing that the asking person may see."""

    code = "not_found"
    exit_code = 52


class AddressRefused(AssistantError):
    """The server may listen on loopback only."""

    code = "address_refused"
    exit_code = 53


class AddressTaken(AssistantError):
    """Another program listens on the port."""

    code = "address_taken"
    exit_code = 54


class Busy(AssistantError):
    """More questions wait than the queue takes."""

    code = "busy"
    exit_code = 55

    def __init__(self, retry_after_s: int) -> None:
        """Builds the sentence from the time after which another attempt makes sense."""
        super().__init__(
            "Es werden gerade zu viele Fragen beantwortet. "
            f"Bitte versuchen Sie es in {retry_after_s} Sekunden noch einmal."
        )
        self.retry_after_s = retry_after_s


class AuditUnwritable(AssistantError):
    """The audit record cannot be written; nothing is answered unrecorded."""

    code = "audit_unwritable"
    exit_code = 56


class SpoolUnwritable(AssistantError):
    """An upload cannot be put on the disk."""

    code = "spool_unwritable"
    exit_code = 57


class JobEnded(AssistantError):
    """A job that was followed came to another end than hoped for."""

    code = "job_ended"
    exit_code = 58


class ReindexRunning(AssistantError):
    """Another process builds a generation of the index."""

    code = "reindex_running"
    exit_code = 48


class GenerationWorse(AssistantError):
    """A generation of the index finds less than the one that answers, and was not switched to."""

    code = "generation_worse"
    exit_code = 49


class BackupUnusable(AssistantError):
    """A backup cannot be written, or what lies there cannot be restored."""

    code = "backup_unusable"
    exit_code = 59


class Conflict(AssistantError):
    """What is to be changed is no longer what the caller has read."""

    code = "conflict"
    exit_code = 47
