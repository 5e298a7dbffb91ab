"""What the scripts that measure a library of Python share: they answer lines of a workload and seconds."""

import os
import statistics
import sys
import time

THREADS = int(os.environ.get("THREADS", "1"))
GROUP = 50e-6


def nanoseconds(run, seconds):
    """The median time of a run, over groups of runs that fill so many seconds."""
    end = time.perf_counter() + seconds
    runs = 1
    while timed(run, runs) < GROUP:
        runs *= 2
    times = []
    while not times or time.perf_counter() < end:
        times.append(timed(run, runs) / runs)
    return 1e9 * statistics.median(times)


def timed(run, runs):
    start = time.perf_counter()
    for _ in range(runs):
        run()
    return time.perf_counter() - start


def serve(name, workloads):
    """Answers each line; `workloads` are functions that give a function to be run, by name."""
    print("ready", name, flush=True)
    made = {}
    for line in sys.stdin:
        workload, seconds = line.split()
        if workload not in workloads:
            print("none", flush=True)
            continue
        if workload not in made:
            made[workload] = workloads[workload]()
        print(nanoseconds(made[workload], float(seconds)), flush=True)
