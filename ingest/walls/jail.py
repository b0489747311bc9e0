"""What a parser's process gives up before it sees the first file: Linux's own means, no root."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_CAPABILITY_VERSION_3 = 0x20080522
# Landlock: the same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_READ = _READ_FILE | _READ_DIR
_MAKE_SOCKET = 1 << 9
# Not among what a folder to write in is for: devices, pipes, links to elsewhere.
_NEVER = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13
_OF_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_FILE_RIGHTS_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
_TCP_BIND_AND_CONNECT = 0b11

NOBODY = 65534
SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt")
"""Programs and libraries of the system: may be read and run."""
SYSTEM_FILES = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/libreoffice",
    "/etc/localtime",
    "/var/cache/fontconfig",
)
"""What such programs look up: may be read."""
SOCKET_FOLDERS = ("/tmp", "/var/tmp")
"""Where LibreOffice listens for a second one that is started, whatever it is told."""
_OFFICE_READS = (
    "/etc/locale.alias",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/dev/urandom",
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

CLOCK_SIGNALS = (signal.SIGALRM, signal.SIGXCPU)
"""Sent when a file's time or processor time is up."""

MAX_FILE_BYTES = 256 * 1024**2
MAX_OPEN_FILES = 256
NICE = 10
"""Questions that are being answered come before files that are being read."""
MAX_TASKS = 128
"""Processes and threads of a worker together; LibreOffice takes about thirty."""

_libc = ctypes.CDLL(None, use_errno=True)


def lock_up(
    memory_bytes: int, readable: Iterable[Path], *, scratch: Path, walled: bool = False
) -> None:
    """Limits memory, files, children and network of this process for good.

    What the kernel does not grant is left as it is: network and file rules need user namespaces
    or Landlock (Linux 5.13, for the network 6.7); the limits hold everywhere. Root becomes nobody
    first, for the kernel does not count the processes of root.

    Args:
        memory_bytes: address space of each process.
        readable: folders of code and data that the parsers need.
        scratch: the one folder where files may be written.
        walled: bubblewrap has taken the network away already.
    """
    readable = [*readable, *python_folders()]
    os.nice(NICE)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # A network namespace with nothing in it; root needs no user namespace for that.
    cut_off = walled or _libc.unshare(_CLONE_NEWNET) == 0
    if os.geteuid() == 0:
        _become_nobody(readable, scratch)
    # In a user namespace of its own the kernel counts this worker's processes by themselves.
    counted_alone = _libc.unshare(_CLONE_NEWUSER | (0 if cut_off else _CLONE_NEWNET)) == 0
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    tasks = MAX_TASKS if counted_alone or walled else MAX_TASKS + _tasks_of(os.getuid())
    _limit(
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, tasks),
    )
    _drop_capabilities()
    _end_at_the_clock()
    rules = dict.fromkeys(readable, _READ) | _system()
    rules |= {Path(path): _READ | _WRITE_FILE for path in _DEVICES}
    # The own process alone: there the children are named that have to be swept away.
    rules[Path("/proc") if walled else Path(f"/proc/{os.getpid()}")] = _READ
    _forbid_files(rules | {scratch: ~0})


def lock_up_program(
    memory_bytes: int, file_bytes: int, seconds: int, folder: Path, program: Path
) -> None:
    """The same before this process becomes `program`, which may write in `folder` alone.

    It may read what belongs to the system's programs, no data. It dies with its parent. Root
    becomes nobody, to whom `folder` is given with all that lies in it.
    """
    os.nice(NICE)
    if _libc.unshare(_CLONE_NEWNET) != 0:
        _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        _become_nobody((folder, program), folder)
    # Behind the change of user, which forgets it.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _limit(
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, 512),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
    )
    rules = _system() | {Path(name): _READ for name in _OFFICE_READS}
    rules |= {program.parent: _READ | _EXECUTE, Path("/dev/null"): _READ | _WRITE_FILE}
    # LibreOffice does not start without a socket in one of these; it gets that and no file there.
    rules |= {Path(name): _MAKE_SOCKET for name in SOCKET_FOLDERS}
    _forbid_files(rules | {folder: ~_NEVER})


def _limit(*limits: tuple[int, int]) -> None:
    for what, limit in limits:
        resource.setrlimit(what, (limit, limit))


def _system() -> dict[Path, int]:
    """The rights of whoever may run the system's programs."""
    rules = {Path(path): _READ for path in SYSTEM_FILES}
    return rules | {Path(path): _READ | _EXECUTE for path in SYSTEM_FOLDERS}


def python_folders() -> set[Path]:
    """Where this Python keeps the code that parsers import."""
    paths = sysconfig.get_paths()
    return {Path(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib")}


def _become_nobody(readable: Sequence[Path], scratch: Path) -> None:
    """Gives up root, unless nobody could then read the code itself (a checkout below /root)."""
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    legible = all(
        os.access(path, os.R_OK | os.X_OK, effective_ids=True) for path in readable
    ) and os.access(__file__, os.R_OK, effective_ids=True)
    os.seteuid(0)
    os.setegid(0)
    if not legible:
        return
    if scratch.stat().st_mode & 0o002 == 0:
        os.chown(scratch, NOBODY, NOBODY)
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _tasks_of(user: int) -> int:
    """How many processes and threads a user has now on the whole machine."""
    tasks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == user:
                tasks += sum(1 for _ in (folder / "task").iterdir())
        except OSError:
            continue
    return tasks


def _drop_capabilities() -> None:
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    _libc.capset(header, struct.pack("=6I", *[0] * 6))


def _end_at_the_clock() -> None:
    """Makes the signals of run-out time end this process, with their number as its exit code.

    By a handler, for the first process behind walls is spared what signals do by themselves; and
    not one of Python's, for that waits until a C library comes back.
    """
    _libc.signal.argtypes = (ctypes.c_int, ctypes.c_void_p)
    for number in CLOCK_SIGNALS:
        _libc.signal(number, ctypes.cast(_libc._exit, ctypes.c_void_p))


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
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # not on this system
        granted = rights & known if path.is_dir() else rights & known & _OF_A_FILE
        rule = struct.pack("=Qi", granted, descriptor)
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
