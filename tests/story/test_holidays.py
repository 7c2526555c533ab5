"""The law's holidays against npm's @holiday-jp/holiday_jp, which is made
from the Cabinet Office's list and known good for these years."""
import json
import os
import pathlib
import subprocess

HOUSE = pathlib.Path(__file__).resolve().parents[2]
PRINTER = HOUSE / os.environ.get("BUILD", "build") / "unit/test_holiday"
FROM, UNTIL = 2022, 2050

ORACLE = """
const {between} = require("@holiday-jp/holiday_jp");
const days = between(new Date("%d-01-01"), new Date("%d-12-31"));
console.log(JSON.stringify(
	days.map(d => d.date.toISOString().slice(0, 10))));
"""


def test_law_equals_the_oracle():
    oracle = subprocess.run(
        ["node", "-e", ORACLE % (FROM, UNTIL)], cwd=HOUSE / "tests",
        check=True, capture_output=True, text=True).stdout
    ours = subprocess.run(
        [PRINTER, "--print", str(FROM), str(UNTIL)],
        check=True, capture_output=True, text=True).stdout.split()
    theirs = json.loads(oracle)
    assert len(theirs) > 16 * (UNTIL - FROM)
    assert ours == theirs
