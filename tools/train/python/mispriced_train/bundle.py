"""Writes a bundle whole or not at all."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from .problems import Problems

FILES = ("model.onnx", "manifest.json", "parity.csv")


def check_out(out: Path, problems: Problems) -> None:
    """Refuses a target that holds anything but a bundle: training must not lose a user's files."""
    if out.is_dir():
        others = sorted(entry.name for entry in out.iterdir() if entry.name not in FILES)
        if not others:
            return
        what = f"holds other files: {', '.join(others[:3])}"
    elif out.exists():
        what = "is not a folder"
    else:
        return
    problems.add("DATA_INVALID", f"{out} {what}.", "Give a folder that is new, or holds a bundle.")


def write_bundle(out: Path, onnx: bytes, manifest: dict[str, Any], parity: bytes) -> None:
    """Writes beside the target and moves it there; an older bundle stays until the new is whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        new = building / "new"
        new.mkdir()
        text = json.dumps(manifest, indent=2, allow_nan=False) + "\n"
        (new / "model.onnx").write_bytes(onnx)
        (new / "manifest.json").write_bytes(text.encode("utf-8"))
        (new / "parity.csv").write_bytes(parity)
        _replace(out, new, building / "old")
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _replace(out: Path, new: Path, old: Path) -> None:
    if out.exists():
        os.rename(out, old)
    try:
        os.rename(new, out)
    except OSError:
        if old.exists():
            os.rename(old, out)
        raise
