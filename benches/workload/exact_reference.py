#!/usr/bin/env python3
"""The right answer, slowly: exact_reference.py FOLDER OUT. Python's whole numbers and fractions, no floating point.

Writes school_id,cat1,cat2,fired in the order of schools.csv; `fired` names the criteria that are met, A to M.
"""
import csv
import sys
from fractions import Fraction


def rows(folder, name):
    with open(f"{folder}/{name}.csv", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def thousandths(text):
    """A decimal as a whole number of thousandths; None for an empty cell."""
    if not text:
        return None
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(3, "0"))


def weighted(row, prefix, tenths, top=None):
    """A weighted sum in ten-thousandths; None as soon as one part is absent."""
    parts = [thousandths(row[f"{prefix}{at}"]) for at in range(1, len(tenths) + 1)]
    if None in parts:
        return None
    total = sum(weight * part for weight, part in zip(tenths, parts))
    return total if top is None else top * 10_000 - total


def lowest_quarter(values):
    """The largest value that still belongs to the lowest quarter, its size rounded up; ties belong."""
    known = sorted(value for value in values if value is not None)
    return known[(len(known) + 3) // 4 - 1] if known else None


def main():
    folder, target = sys.argv[1], sys.argv[2]
    schools = list(rows(folder, "schools"))
    sums, counts, weak = {}, {}, {}
    for row in rows(folder, "results"):
        score = thousandths(row["mean_score"])
        if score is not None:
            school = row["school_id"]
            sums[school] = sums.get(school, 0) + score
            counts[school] = counts.get(school, 0) + 1
    for row in rows(folder, "monitorings"):
        quality = thousandths(row["quality_pct"])
        if quality is not None and quality <= 40_000:
            weak[row["school_id"]] = weak.get(row["school_id"], 0) + 1
    settlements = {
        row["settlement"]: (row["monotown"] == "1", thousandths(row["unemployment_pct"]), thousandths(row["elderly_share"]))
        for row in rows(folder, "settlements")
    }
    means = [Fraction(sums[s["school_id"]], counts[s["school_id"]]) if s["school_id"] in sums else None for s in schools]
    region = Fraction(sum(sums.values()), sum(counts.values()))
    unemployed = [value for _, value, _ in settlements.values() if value is not None]
    too_many = Fraction(3, 2) * Fraction(sum(unemployed), len(unemployed))
    social = [weighted(row, "soc", (4, 3, 2, 1), top=100) for row in schools]
    staff = [weighted(row, "staff", (3, 3, 2, 2)) for row in schools]
    resources = [weighted(row, "res", (5, 3, 2)) for row in schools]
    ranked = (means, social, staff, resources)
    cuts = [lowest_quarter(values) for values in ranked]

    def at_most(value, limit):
        return value is not None and value <= limit

    with open(target, "w", encoding="utf-8", newline="\n") as out:
        out.write("school_id,cat1,cat2,fired\n")
        for at, row in enumerate(schools):
            in_quarter = [at_most(values[at], cut) for values, cut in zip(ranked, cuts)]
            monotown, unemployment, elderly = settlements[row["settlement"]]
            continued = thousandths(row["continue_share"])
            first = {
                "A": in_quarter[0],
                "B": continued is not None and continued < 60_000,
                "C": means[at] is not None and region - means[at] > 20_000,
                "D": at_most(thousandths(row["olympiad_share"]), 500),
                "E": at_most(thousandths(row["satisfaction"]), 40_000),
                "F": weak.get(row["school_id"], 0) >= 2,
            }
            second = {
                "G": in_quarter[1],
                "H": in_quarter[2],
                "I": in_quarter[3],
                "J": row["in_renovation_plan"] == "1" or row["in_construction_plan"] == "1",
                "K": monotown,
                "L": elderly is not None and elderly > 50_000,
                "M": unemployment is not None and unemployment > too_many,
            }
            fired = ";".join(letter for letter, met in (first | second).items() if met)
            out.write(f"{row['school_id']},{int(any(first.values()))},{int(any(second.values()))},{fired}\n")


main()
