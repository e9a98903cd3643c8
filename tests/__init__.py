"""What Takeback promises, one sentence per test."""

import os
import sys

# What was compiled is kept, also where the surroundings say not to: tests start the app a hundred times.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
