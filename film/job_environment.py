"""What every process has around it that draws: the same, whoever started it."""

from __future__ import annotations

# Set and dictionary order must not depend on the run; there is a process for every core, so libraries need no threads
# (and with threads in the process that forks the others no fork would be safe).
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
}
