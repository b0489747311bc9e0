"""What a parser's process gives up before it sees the first file: Linux's own means, no root."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sysconfig
from collections.abc import Iterable, Mapping
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_NO_NEW_PRIVS = 0x10000000, 0x40000000, 38
# Landlock: the same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_SOCKET = 1 << 9
# Not among what a folder to write in is for: devices, pipes, links to elsewhere.
_NEVER = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13
_FILE_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_TCP_BIND_AND_CONNECT = 0b11
_PR_SET_PDEATHSIG = 1
_PROGRAM_FILES = ("/usr", "/bin", "/lib", "/lib64", "/opt", "/etc/fonts", "/etc/libreoffice")
_PROGRAM_READS = (
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/etc/ld.so.cache",
    "/etc/locale.alias",
    "/etc/localtime",
    "/var/cache/fontconfig",
    "/dev/urandom",
)
SOCKET_FOLDERS = ("/tmp", "/var/tmp")
"""Where LibreOffice listens for a second one that is started, whatever it is told."""

_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")

_libc = ctypes.CDLL(None, use_errno=True)


def lock_up(memory_bytes: int, readable: Iterable[Path]) -> None:
    """Limits memory, files and network of this process for good.

    What the kernel does not grant is left as it is: network and file rules need user namespaces
    or Landlock (Linux 5.13, for the network 6.7); the limits hold everywhere.
    """
    _cut_off()
    _limit(
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    _forbid_files({path: _READ_FILE | _READ_DIR for path in {*readable, *_libraries()}})


def lock_up_program(
    memory_bytes: int, file_bytes: int, seconds: int, folder: Path, program: Path
) -> None:
    """The same before this process becomes `program`, which may write in `folder` alone.

    It may read what belongs to the system's programs, no data. It dies with its parent.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _cut_off()
    _limit(
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, 512),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
    )
    reads = _READ_FILE | _READ_DIR
    rules = {Path(name): reads for name in _PROGRAM_READS}
    rules |= {Path(name): reads | _EXECUTE for name in _PROGRAM_FILES}
    rules |= {program.parent: reads | _EXECUTE, Path("/dev/null"): reads | _WRITE_FILE}
    # LibreOffice does not start without a socket in one of these; it gets that and no file there.
    rules |= {Path(name): _MAKE_SOCKET for name in SOCKET_FOLDERS}
    _forbid_files(rules | {folder: ~_NEVER})


def _cut_off() -> None:
    """No new rights, and a network namespace with nothing in it."""
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # Root needs no user namespace for that.
    if _libc.unshare(_CLONE_NEWNET) != 0:
        _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _limit(*limits: tuple[int, int]) -> None:
    for what, limit in limits:
        resource.setrlimit(what, (limit, limit))


def _libraries() -> set[Path]:
    """Where Python and the system keep the code that parsers import."""
    paths = sysconfig.get_paths()
    python = (paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return {Path(name).resolve() for name in (*python, *_SYSTEM_LIBRARIES) if Path(name).is_dir()}


def _forbid_files(rules: Mapping[Path, int]) -> None:
    """Leaves this process the rights that `rules` name, each below its path, and no others."""
    abi = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)
    if abi < 1:
        return
    known = _FILE_RIGHTS_BY_ABI[min(abi, 3)]
    attributes = struct.pack("=Q", known)
    if abi >= 4:
        attributes += struct.pack("=Q", _TCP_BIND_AND_CONNECT)
    ruleset = _libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return
    for path, rights in rules.items():
        if not path.exists():
            continue
        if not path.is_dir():
            rights &= _EXECUTE | _WRITE_FILE | _READ_FILE  # all that a file can grant
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", rights & known, descriptor)
        _libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
        os.close(descriptor)
    _libc.syscall(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def files_are_shut() -> bool:
    """Whether this kernel can forbid files (Landlock)."""
    return bool(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG) >= 1)


def network_is_shut() -> bool:
    """Whether this kernel can cut off the network without root. Tried out in a child process."""
    child = os.fork()
    if child == 0:
        refused = _libc.unshare(_CLONE_NEWNET) and _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        os._exit(1 if refused else 0)
    _, status = os.waitpid(child, 0)
    abi = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)
    return os.waitstatus_to_exitcode(status) == 0 or abi >= 4
