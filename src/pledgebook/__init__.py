"""Plain-text accounting for promises between nations."""

__version__ = "0.1.0"
