#!/usr/bin/env python3
"""The thirteen criteria with polars and binary floating point: peer_polars.py FOLDER OUT."""
import sys

import polars as pl

folder, target = sys.argv[1], sys.argv[2]


def table(name):
    return pl.scan_csv(f"{folder}/{name}.csv")


def lowest_quarter(value):
    quota = (value.count() + 3) // 4
    return value <= value.drop_nulls().sort().gather(quota - 1).first()


col = pl.col
means = table("results").group_by("school_id").agg(mean=col("mean_score").mean())
weak = table("monitorings").filter(col("quality_pct") <= 40).group_by("school_id").agg(weak=pl.len())
everywhere = table("results").select(everywhere=col("mean_score").mean())
unemployment = table("settlements").select(usual=col("unemployment_pct").mean())
schools = (
    table("schools")
    .with_row_index("place")
    .join(means, on="school_id", how="left")
    .join(weak, on="school_id", how="left")
    .join(table("settlements"), on="settlement", how="left")
    .join(everywhere, how="cross")
    .join(unemployment, how="cross")
    .with_columns(
        social=100 - (0.4 * col("soc1") + 0.3 * col("soc2") + 0.2 * col("soc3") + 0.1 * col("soc4")),
        staff=0.3 * col("staff1") + 0.3 * col("staff2") + 0.2 * col("staff3") + 0.2 * col("staff4"),
        resources=0.5 * col("res1") + 0.3 * col("res2") + 0.2 * col("res3"),
    )
)
criteria = {
    "A": lowest_quarter(col("mean")),
    "B": col("continue_share") < 60,
    "C": col("everywhere") - col("mean") > 20,
    "D": col("olympiad_share") <= 0.5,
    "E": col("satisfaction") <= 40,
    "F": col("weak") >= 2,
    "G": lowest_quarter(col("social")),
    "H": lowest_quarter(col("staff")),
    "I": lowest_quarter(col("resources")),
    "J": (col("in_renovation_plan") == 1) | (col("in_construction_plan") == 1),
    "K": col("monotown") == 1,
    "L": col("elderly_share") > 50,
    "M": col("unemployment_pct") > 1.5 * col("usual"),
}
letters = list(criteria)
met = [col(letter).fill_null(False) for letter in letters]
(
    schools.with_columns(**criteria)
    .select(
        "place",
        "school_id",
        cat1=pl.any_horizontal(met[:6]).cast(pl.Int8),
        cat2=pl.any_horizontal(met[6:]).cast(pl.Int8),
        fired=pl.concat_str(
            [pl.when(m).then(pl.lit(letter)) for m, letter in zip(met, letters)], separator=";", ignore_nulls=True
        ),
    )
    .sort("place")
    .drop("place")
    .collect()
    .write_csv(target, quote_style="never")
)
