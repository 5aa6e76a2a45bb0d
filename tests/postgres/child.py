"""Become another program, as another user, that ends with the one that started it: ``child.py USER PARENT PROGRAM …``.

A program of its own, rather than a function between fork and exec, which a process with threads must not run.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import sys

_PR_SET_PDEATHSIG = 1

_, user, parent, program, *arguments = sys.argv
if user:
    account = pwd.getpwnam(user)
    os.initgroups(user, account.pw_gid)
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
with contextlib.suppress(AttributeError):  # Linux only; elsewhere a killed test run leaves its server behind
    # after setuid, which would undo it; SIGINT is PostgreSQL's fast shutdown
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
if os.getppid() == int(parent):
    os.execv(program, [program, *arguments])
