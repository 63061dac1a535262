"""What whoever is waiting reads."""

import sys


def progress(text: str) -> None:
    """One line for whoever is waiting."""
    print(text, file=sys.stderr, flush=True)
