"""Whatever comes in ends in documents or in rejects: no crash, no hang, no more memory than a batch needs.

``WIREHOUSE_HOSTILE`` sets the number of inputs (156; ``make soak`` sets 10000). Each process takes 500.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.limits import TookTooLong, at_most
from tests.hostile import hostile_input

COUNT = int(os.environ.get("WIREHOUSE_HOSTILE", "156"))
SLICE = 500


@pytest.mark.parametrize("first", range(0, COUNT, SLICE))
def test_hostile_inputs_are_loaded_or_rejected(first: int) -> None:
    command = [sys.executable, "-m", "tests.hostile", str(first), str(min(COUNT, first + SLICE))]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    print(found)
    assert found["lost"] == []
    assert found["broken"] == []
    assert found["secret"] == [0], "a file of this machine came in through an entity"
    assert found["slow"]["read"][0] < 10 and found["slow"]["work"][0] < 15, found["slow"]
    assert found["megabytes"] < 2000
    assert [each for each in found["odd"] if each[2].startswith("unexpected")] == []
    assert not any(Path(path).exists() for path in ("/tmp/wirehouse-escaped.txt", "/etc/wirehouse-escaped.txt"))


def test_the_same_seed_makes_the_same_input() -> None:
    assert [hostile_input(seed) for seed in range(26)] == [hostile_input(seed) for seed in range(26)]


def test_work_is_stopped_at_its_limit() -> None:
    started = time.process_time()
    with pytest.raises(TookTooLong, match=r"more than 0\.2 s"), at_most(0.2):
        while True:
            pass
    assert time.process_time() - started < 2
    with at_most(0.2):
        pass
    sum(range(10_000_000))  # the limit is gone with its block
