"""What a parser's process gives up before it sees the first file: Linux's own means, no root."""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sysconfig
from collections.abc import Iterable
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_NO_NEW_PRIVS = 0x10000000, 0x40000000, 38
# Landlock: the same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_TCP_BIND_AND_CONNECT = 0b11
_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")

_libc = ctypes.CDLL(None, use_errno=True)


def lock_up(memory_bytes: int, readable: Iterable[Path]) -> None:
    """Limits memory, files and network of this process for good.

    What the kernel does not grant is left as it is: network and file rules need user namespaces
    or Landlock (Linux 5.13, for the network 6.7); the limits hold everywhere.
    """
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # A network namespace with nothing in it; root needs no user namespace for that.
    if _libc.unshare(_CLONE_NEWNET) != 0:
        _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    for what, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    _forbid_files([*readable, *_libraries()])


def _libraries() -> set[Path]:
    """Where Python and the system keep the code that parsers import."""
    paths = sysconfig.get_paths()
    python = (paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return {Path(name).resolve() for name in (*python, *_SYSTEM_LIBRARIES) if Path(name).is_dir()}


def _forbid_files(readable: Iterable[Path]) -> None:
    """No file may be written, made, removed or run; only `readable` folders may be read."""
    abi = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)
    if abi < 1:
        return
    rights = _FILE_RIGHTS_BY_ABI[min(abi, 3)]
    attributes = struct.pack("=Q", rights)
    if abi >= 4:
        attributes += struct.pack("=Q", _TCP_BIND_AND_CONNECT)
    ruleset = _libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0:
        return
    for folder in readable:
        descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIR, descriptor)
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
