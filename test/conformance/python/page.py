"""Runs main.py of a folder as a program, on loopback: page.py FOLDER."""
import runpy
import sys
from pathlib import Path

import loopback

folder = Path(sys.argv[1])
sys.path.insert(0, str(folder))
runpy.run_path(str(folder / "main.py"), run_name="__main__")
sys.exit(len(loopback.refused))
