"""What Hatchling does besides, for a wheel and for a checkout alike: it compiles the languages."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledLanguages(BuildHookInterface[Any]):
    """Runs `python -m app.languages` before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile every catalogue in place; the wheel takes what `artifacts` names."""
        runpy.run_path(str(Path(self.root, "app", "languages")), run_name="__main__")
