# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "dspy[optuna]>=3.4.1,<3.5",
#     "openai>=2.54,<3",
# ]
# ///
"""Answer texts with a program of a finished run, as JSON lines.

    python serve.py "a text"              one text
    python serve.py < texts.txt           one text a line
    python serve.py --program baseline    not the recommended program but this one
    python serve.py --forget gold         remove what training it has left at the host
"""

from __future__ import annotations

import sys
from pathlib import Path

import program
from kit.serving import main

if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent, program, __doc__))
