#!/usr/bin/env python3
"""Times merilo beside other programs on the same files and checks its decisions against an exact reference.

    compare.py WORK [--sizes S M L] [--shuffled] [--runs 5] [--generator SCRIPT] [--peers FOLDER] [--merilo PROGRAM]

WORK        folder for the data (kept, made when missing) and the answers
--shuffled  the rows of the two long tables in random order as well
--generator another generator, called as SCRIPT SCHOOLS FOLDER
--peers     folder with p_polars.py, p_duckdb.py …, called as SCRIPT FOLDER OUT [f64|dec]

All programs run in every round, in random order, one at a time, each as a whole process from the files to the written
list. Absolute times mean little on a shared machine; the ratios within a round are what counts. Standard library only.
"""
import argparse
import csv
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SIZES = {"S": 1_000, "M": 40_000, "L": 1_000_000}
LETTERS = {f"1.{at}": letter for at, letter in enumerate("ABCDEF", 1)}
LETTERS |= {f"2.{at}": letter for at, letter in enumerate("GHIJKLM", 1)}
PEERS = [
    ("polars f64", "p_polars.py", ["f64"]),
    ("polars exact", "p_polars.py", ["dec"]),
    ("duckdb f64", "p_duckdb.py", ["f64"]),
    ("duckdb exact", "p_duckdb.py", ["dec"]),
    ("pandas", "p_pandas.py", []),
    ("sqlite", "p_sqlite.py", []),
]


def main():
    wanted = arguments()
    programs = [("merilo", merilo(wanted.merilo))] + peers(wanted)
    failed = False
    for size in wanted.sizes:
        for shuffled in (False, True) if wanted.shuffled else (False,):
            folder = data(wanted, size, shuffled)
            measured = measure(programs, folder, wanted.runs)
            failed |= report(size, shuffled, folder, measured, wanted.reference)
    sys.exit(1 if failed else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--sizes", nargs="+", choices=list(SIZES), default=["S", "M"])
    parser.add_argument("--shuffled", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--generator", type=pathlib.Path, default=HERE / "generate.py")
    parser.add_argument("--peers", type=pathlib.Path)
    parser.add_argument("--only", nargs="+", help="labels of the peers to run")
    parser.add_argument("--python", default=sys.executable, help="interpreter for peers and generator")
    parser.add_argument("--merilo", type=pathlib.Path, default=HERE.parents[1] / "target" / "release" / "merilo")
    parser.add_argument("--reference", choices=["yes", "no"], default="yes", help="compare with the exact answer")
    return parser.parse_args()


def merilo(program):
    def command(folder, out):
        rules, manifest = str(HERE / "criteria.merilo"), str(folder / "dataset.yaml")
        return [str(program), "run", rules, "--data", manifest, "--lang", "en", "--format", "csv", "-o", str(out), "-q"]

    return command


def peers(wanted):
    found = []
    try:
        installed = subprocess.run([wanted.python, "-c", "import polars"], capture_output=True).returncode == 0
    except OSError:
        installed = False
    if wanted.peers:
        for label, script, mode in PEERS:
            if (wanted.peers / script).exists():
                found.append((label, script_command(wanted.python, wanted.peers / script, mode)))
    elif installed:
        found.append(("polars f64", script_command(wanted.python, HERE / "peer_polars.py", [])))
    return [peer for peer in found if not wanted.only or peer[0] in wanted.only]


def script_command(python, script, mode):
    return lambda folder, out: [python, str(script), str(folder), str(out), *mode]


def data(wanted, size, shuffled):
    ordered = wanted.work / size
    if not (ordered / "settlements.csv").exists():
        subprocess.run([wanted.python, str(wanted.generator), str(SIZES[size]), str(ordered)], check=True)
    shutil.copy(HERE / "dataset.yaml", ordered)
    if not shuffled:
        return ordered
    folder = wanted.work / f"{size}-shuffled"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("dataset.yaml", "schools.csv", "settlements.csv"):
        shutil.copy(ordered / name, folder)
    for at, name in enumerate(("results.csv", "monitorings.csv")):
        if not (folder / name).exists():
            header, *lines = (ordered / name).read_bytes().splitlines(keepends=True)
            random.Random(at).shuffle(lines)
            with open(folder / name, "wb") as out:
                out.write(header)
                out.writelines(lines)
    return folder


def measure(programs, folder, runs):
    """Per label: wall seconds of each run, peak memory in MiB, the file written last."""
    order = random.Random(0)
    measured = {label: ([], [], answer(folder, label)) for label, _ in programs}
    for _ in range(runs):
        for label, command in order.sample(programs, len(programs)):
            seconds, memory, out = measured[label]
            out.unlink(missing_ok=True)  # replacing a large file costs whoever wrote much the time before
            started = time.perf_counter()
            process = subprocess.Popen(command(folder, out), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            complaint = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds.append(time.perf_counter() - started)
            memory.append(usage.ru_maxrss / 1024)
            if process.returncode != 0:
                sys.exit(f"{label} ended with {process.returncode}:\n{complaint.decode(errors='replace')}")
    return measured


def answer(folder, label):
    return folder.parent / f"{folder.name}-{label.replace(' ', '-')}.csv"


def report(size, shuffled, folder, measured, with_reference):
    print(f"\n{size}, {SIZES[size]:,} schools{', random row order' if shuffled else ''}\n")
    print("| program | wall s | best s | peak MiB | merilo / program | schools decided differently |")
    print("|---|---|---|---|---|---|")
    expected = reference(folder) if with_reference == "yes" else None
    own = measured["merilo"]
    converted = answer(folder, "merilo in the form of the reference")
    convert(own[2], converted)
    failed = False
    for label, (seconds, memory, out) in measured.items():
        ratios = [a / b for a, b in zip(own[0], seconds)]
        wrong = "not compared"
        if expected:
            wrong = str(differences(converted if label == "merilo" else out, expected))
            failed |= label == "merilo" and wrong != "0"
        print(
            f"| {label} | {statistics.median(seconds):.3f} | {min(seconds):.3f} | {max(memory):.0f} "
            f"| {statistics.median(ratios):.2f} | {wrong} |"
        )
    if expected:
        same = converted.read_bytes() == expected.read_bytes()
        print(f"\nmerilo against the exact reference: {'the same bytes' if same else 'DIFFERENT'}", flush=True)
        failed |= not same
    return failed


def reference(folder):
    out = answer(folder, "exact reference")
    if not out.exists():
        subprocess.run([sys.executable, str(HERE / "exact_reference.py"), str(folder), str(out)], check=True)
    return out


def convert(listed, target):
    """The list of merilo as school_id,cat1,cat2,fired."""
    with open(listed, encoding="utf-8-sig", newline="") as file, open(target, "w", encoding="utf-8", newline="\n") as out:
        lines = csv.reader(file)
        header = next(lines)
        school, first, second = (header.index(name) for name in ("school_id", "cat1", "cat2"))
        verdicts = [(header.index(f"{number}: verdict"), letter) for number, letter in LETTERS.items()]
        out.write("school_id,cat1,cat2,fired\n")
        for line in lines:
            fired = ";".join(letter for column, letter in verdicts if line[column] == "met")
            out.write(f"{line[school]},{int(line[first] == 'belongs')},{int(line[second] == 'belongs')},{fired}\n")


def differences(found, expected):
    with open(found, encoding="utf-8") as left, open(expected, encoding="utf-8") as right:
        found, expected = left.read().split(), right.read().split()
    return sum(a != b for a, b in zip(found, expected)) + abs(len(found) - len(expected))


main()
