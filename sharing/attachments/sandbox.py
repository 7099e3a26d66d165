"""A process that reads, computes and writes to what it was given, and does nothing else.

Limits of memory, processor, files and processes hold on every Unix. On Linux the kernel refuses, on
top of that, whatever opens a file, connects, starts a program or looks at another process.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys

MEMORY = 1536 * 1024 * 1024
CPU_S = 60
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 4, 38, 22
_FILTER = 2

# BPF: load a word of the call, compare, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050001  # EPERM

# open, openat, openat2, creat, socket, socketpair, connect, bind, execve, execveat, clone, fork,
# vfork, clone3, ptrace, process_vm_readv, process_vm_writev, kill, tkill, tgkill, io_uring_setup, bpf,
# unlink, unlinkat, rename, renameat, renameat2, mount, keyctl, perf_event_open, userfaultfd.
# By machine: what it calls itself, and the numbers of these calls.
_REFUSED: dict[str, tuple[int, str]] = {
    "x86_64": (
        0xC000003E,
        "2 257 437 85 41 53 42 49 59 322 56 57 58 435 101 310 311 62 200 234 425 321 87 263 82 264"
        " 316 165 250 298 323",
    ),
    "aarch64": (
        0xC00000B7,
        "56 437 198 199 203 200 220 221 281 435 117 270 271 129 130 131 425 280 35 38 276 40 219"
        " 241 282",
    ),
}
_X32 = 0x40000000  # the other way to number the calls of x86_64


def limit() -> None:
    """Before anything is loaded: inherited limits cannot be raised again."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_NPROC, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # Some systems know no such limit, or have set a lower one.
            continue


def close() -> bool:
    """When everything is loaded. Whether the kernel does the refusing; not elsewhere than Linux."""
    known = _REFUSED.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, calls = known
    program = _program(architecture, [int(call) for call in calls.split()])
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    given = Program(len(program) // 8, ctypes.cast(code, ctypes.c_void_p).value)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(given), 0, 0) == 0)


def _program(architecture: int, calls: list[int]) -> bytes:
    steps = [
        (_LOAD, 0, 0, 4),  # which machine's numbers
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # which call
        (_AT_LEAST, len(calls), 0, _X32),
    ]
    for position, call in enumerate(calls):
        steps.append((_EQUAL, len(calls) - position, 0, call))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
