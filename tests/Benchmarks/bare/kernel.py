"""The kernel of the bare scripts: the very file that Brigade's Python host runs."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "TrialHosts" / "python"))
