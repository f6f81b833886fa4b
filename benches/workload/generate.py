#!/usr/bin/env python3
"""Makes the files of the workload: generate.py SCHOOLS FOLDER [SEED]. Standard library only, whole numbers only in the files.

schools.csv      one row per school: shares and satisfaction in per cent, components of three indices, two plan flags
results.csv      nine rows per school: three years of three exams
monitorings.csv  four rows per school
settlements.csv  one row per ten schools, at least fifty
Two cells of a hundred are empty, except flags and numbers of participants.
"""
import pathlib
import random
import sys


def main():
    schools = int(sys.argv[1])
    folder = pathlib.Path(sys.argv[2])
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 20180901)
    folder.mkdir(parents=True, exist_ok=True)
    settlements = max(50, schools // 10)
    districts = max(5, schools // 200)
    gauss, draw = chance.gauss, chance.random

    def cell(middle, spread, decimals=1):
        """A per cent with fixed decimals, or nothing."""
        if draw() < 0.02:
            return ""
        top = 100 * 10**decimals
        whole = min(top, max(0, round(gauss(middle, spread) * 10**decimals)))
        return f"{whole // 10**decimals}.{whole % 10**decimals:0{decimals}d}"

    quality = [gauss(0, 1) for _ in range(schools)]
    with open(folder / "schools.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write(
            "school_id,name,municipality,settlement,region,continue_share,olympiad_share,satisfaction,"
            "soc1,soc2,soc3,soc4,staff1,staff2,staff3,staff4,res1,res2,res3,in_renovation_plan,in_construction_plan\n"
        )
        for school, a in enumerate(quality):
            place = int(draw() * settlements)
            number = 1 + int(draw() * 400)
            name = f'"МБОУ ""СОШ № {number}"""' if draw() < 0.1 else f"МБОУ СОШ № {number}"
            cells = [cell(78 + 12 * a, 13), cell(2.5 + 1.2 * a, 1.3, 2), cell(66 + 8 * a, 12)]
            cells += [cell(30 - 6 * a, 15) for _ in range(4)]
            cells += [cell(55 + 6 * a, 15) for _ in range(4)]
            cells += [cell(60 + 6 * a, 18) for _ in range(3)]
            flags = f"{int(draw() < 0.04)},{int(draw() < 0.02)}"
            out.write(
                f"{100000 + school},{name},Район {place % districts},Н.п. {place},Регион 01,{','.join(cells)},{flags}\n"
            )
    with open(folder / "results.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("school_id,year,exam,mean_score,participants\n")
        for year in (2022, 2023, 2024):
            for exam, middle in (("ege", 56), ("oge", 60), ("vpr", 58)):
                for school, a in enumerate(quality):
                    score = cell(middle + 8.5 * a, 7)
                    out.write(f"{100000 + school},{year},{exam},{score},{3 + int(draw() * 117)}\n")
    with open(folder / "monitorings.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("school_id,monitoring_id,subject,quality_pct\n")
        for at, subject in enumerate(("русский язык", "математика", "чтение", "естествознание"), 1):
            for school, a in enumerate(quality):
                out.write(f"{100000 + school},{at},{subject},{cell(56 + 8 * a, 12)}\n")
    with open(folder / "settlements.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("settlement,monotown,unemployment_pct,elderly_share\n")
        for place in range(settlements):
            out.write(f"Н.п. {place},{int(draw() < 0.05)},{cell(5.2, 2.2)},{cell(33, 9)}\n")


main()
