"""config.wsgi for the servers of tests: a worker goes with granian's first process, however that ended, busy or not."""

import ctypes
import signal
import sys

from common.services.processes import PR_SET_PDEATHSIG

if sys.platform.startswith("linux"):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

from config.wsgi import application

__all__ = ["application"]
