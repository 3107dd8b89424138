#!/bin/sh
# Three real districts, from one file of student test results to a shared scorecard.
#
#   sh examples/three-districts/run.sh DATA [FOLDER]
#
# DATA is sgpData_LONG.csv.gz (R package SGPdata, GPL-3), or a folder that has it in sgp/. Each
# command below can be typed by hand; docs/how-to/real-records.md walks through them.
set -eu

data=${1:?name sgpData_LONG.csv.gz or the folder that holds it: make real DATA=...}
out=${2:-build/real}
accord=${ACCORD:-.venv/bin/accord}

if [ -d "$data" ]; then
  for place in "$data/sgpData_LONG.csv.gz" "$data/sgp/sgpData_LONG.csv.gz"; do
    if [ -f "$place" ]; then data=$place; break; fi
  done
fi
if [ ! -f "$data" ]; then
  echo "There is no sgpData_LONG.csv.gz at $data. Name the file, or the folder that holds it." >&2
  exit 3
fi

rm -rf "$out"
mkdir -p "$out/releases" "$out/quality" "$out/stations"
charter=$out/charter.yaml
districts="470 1040 2690"

echo "The charter: every district makes a key, then signs the same wording"
$accord charter draft three-districts "$charter" >/dev/null
for district in $districts; do
  $accord keys new "$out/keys/$district.pem" >/dev/null
  $accord charter key "$charter" --district "$district" --key "$out/keys/$district.pem"
done
for district in $districts; do
  $accord charter sign "$charter" --key "$out/keys/$district.pem" >/dev/null
done
$accord charter check "$charter"

for district in $districts; do
  echo
  echo "District $district"
  station=$out/stations/$district
  $accord station init "$station" --charter "$charter" --district "$district" >/dev/null
  $accord import "$station" --mapping examples/three-districts/mapping.yaml "$data"
  $accord quality "$station" --to "$out/quality/$district.xlsx"
  $accord facts "$station"
  $accord measure "$station"
  $accord release "$station" --audience partners --key "$out/keys/$district.pem" \
    --to "$out/releases/$district.accord"
done

echo
echo "The partners: receive, verify, report"
$accord receive "$out/exchange" --charter "$charter" \
  "$out/releases/470.accord" "$out/releases/1040.accord" "$out/releases/2690.accord"
$accord report "$out/exchange" --audience partners --to "$out"
