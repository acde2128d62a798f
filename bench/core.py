"""Articles of 600 words a second of one core: load, clean and enrich from text, beside a blank spaCy pipeline.

    python -m bench.core [--articles 120] [--rounds 5]

The spaCy pipeline splits sentences and looks the same names up by a phrase matcher: a fraction of the work. Both run in a
process of their own, and the same articles go to one and to the other by turns, so that a busy machine slows both. CPU time
is counted, start-up (imports, reference data, automata) apart from it.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench.pages import article, sentences

WORDS = 600


def _texts(count: int) -> list[str]:
    pool = sentences()
    return [article(seed, pool, words=WORDS) for seed in range(count)]


def _wirehouse(texts: list[str]) -> Callable[[], object]:
    import datetime as dt

    from flows.batch import process_records
    from flows.knowledge import load_knowledge
    from flows.load.pages import records_frame
    from flows.load.records import Record

    knowledge = load_knowledge()

    def work() -> object:
        records = records_frame([Record(f"{at}.txt", 1, text, False, "text/plain", "utf-8") for at, text in enumerate(texts)])
        return process_records(records, knowledge, loaded_at=dt.datetime(2026, 1, 1), run_id="bench")

    return work


def _spacy(texts: list[str]) -> Callable[[], object]:
    from bench.peer import make_pipeline

    nlp, matcher = make_pipeline()

    def work() -> object:
        return [(len(list(doc.sents)), matcher(doc)) for doc in nlp.pipe(texts)]

    return work


def _serve(name: str, count: int) -> None:
    """Get ready, say what that took, then work through all articles at each line of standard input and say what that took."""
    texts = _texts(count)
    started, wall = time.process_time(), time.perf_counter()
    work = _wirehouse(texts) if name == "wirehouse" else _spacy(texts)
    print(json.dumps([time.process_time() - started, time.perf_counter() - wall]), flush=True)
    work()
    for _ in sys.stdin:
        started = time.process_time()
        work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([time.process_time() - started, peak]), flush=True)


def _told(process: subprocess.Popen[str]) -> tuple[float, float]:
    assert process.stdout is not None
    first, second = json.loads(process.stdout.readline())
    return float(first), float(second)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", default="")
    arguments = parser.parse_args()
    if arguments.serve:
        _serve(arguments.serve, arguments.articles)
        return
    share = sum(len(text.split()) for text in _texts(arguments.articles)) / WORDS
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
    processes: dict[str, subprocess.Popen[str]] = {}
    starts: dict[str, tuple[float, float]] = {}
    try:
        for name in ("wirehouse", "spacy"):
            command = [sys.executable, "-m", "bench.core", "--serve", name, "--articles", str(arguments.articles)]
            processes[name] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
            starts[name] = _told(processes[name])
        costs: dict[str, list[float]] = {name: [] for name in processes}
        peaks = dict.fromkeys(processes, 0.0)
        for _ in range(arguments.rounds):
            for name, process in processes.items():
                assert process.stdin is not None
                process.stdin.write("\n")
                process.stdin.flush()
                cost, peaks[name] = _told(process)
                costs[name].append(cost / share)
    finally:
        for process in processes.values():
            process.kill()
    print(f"{'articles of 600 words, one core':44}{'a second':>10}{'at best':>10}{'CPU ms':>8}{'start-up CPU s':>16}{'peak MB':>10}")
    for name, told in (("wirehouse", "wirehouse: load, clean, enrich"), ("spacy", "spaCy: sentences, phrase matcher")):
        middle, best = statistics.median(costs[name]), min(costs[name])
        print(f"{told:44}{1 / middle:>10.0f}{1 / best:>10.0f}{1000 * middle:>8.2f}{starts[name][0]:>16.1f}{peaks[name]:>10.0f}")
    ratio = statistics.median(theirs / ours for ours, theirs in zip(costs["wirehouse"], costs["spacy"], strict=True))
    print(f"In the same time wirehouse does {ratio:.2f} times as many articles as the spaCy pipeline.")


if __name__ == "__main__":
    main()
