"""The training program where weights are shared out on processors too: `python -m … FOLDER`.

torch does that with gloo as it does it with NCCL. accelerate 1.15 passes it over in silence: `AcceleratorState` takes
an FSDP plugin only where its kind of devices is in a list, and MULTI_CPU is not in it. Here it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from advisor.kit.local import tune


def admit_processors() -> None:
    """Have accelerate take an FSDP plugin on processors as it does on cards."""
    from accelerate import state
    from accelerate.utils import DistributedType

    made = state.AcceleratorState.__init__

    def make(self: Any, *told: Any, fsdp_plugin: Any = None, **named: Any) -> None:
        made(self, *told, fsdp_plugin=fsdp_plugin, **named)
        if fsdp_plugin is not None and self.distributed_type == DistributedType.MULTI_CPU:
            self.distributed_type = DistributedType.FSDP
            state.PartialState._shared_state["distributed_type"] = DistributedType.FSDP
            self.fsdp_plugin = fsdp_plugin

    state.AcceleratorState.__init__ = make


if __name__ == "__main__":
    if sys.argv[1] == tune.WORKER:
        admit_processors()
        code = tune.worker(Path(sys.argv[2]))
        sys.stdout.flush()
        os._exit(code)
    tune.TUNE = "tests.local_training.sharded_on_cpu"
    sys.exit(tune.main(Path(sys.argv[1])))
