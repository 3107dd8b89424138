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

echo "The charter: every district makes its root key, then signs the same wording"
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
  # The root delegates two more keys, and goes back into the safe.
  for role in preparer approver; do
    key=$out/keys/$district-$role
    $accord keys new "$key.pem" >/dev/null
    $accord keys delegate --root "$out/keys/$district.pem" --charter "$charter" \
      --key "$key.pem" --role "$role" --title "District $role" \
      --to "$key.delegation.json" >/dev/null
    $accord ledger add "$station/ledger.jsonl" "$key.delegation.json" --charter "$charter"
  done
  $accord import "$station" --mapping examples/three-districts/mapping.yaml "$data"
  $accord quality "$station" --to "$out/quality/$district.xlsx"
  $accord facts "$station"
  $accord measure "$station"
  # Nothing leaves with the first two steps; the third needs another person's key.
  $accord release "$station" --audience partners --prepare --key "$out/keys/$district-preparer.pem"
  $accord release "$station" --audience partners --review
  $accord release "$station" --audience partners --approve \
    --key "$out/keys/$district-approver.pem" --to "$out/releases/$district.accord"
done

echo
echo "The partners: receive, verify, report"
$accord receive "$out/exchange" --charter "$charter" \
  "$out/releases/470.accord" "$out/releases/1040.accord" "$out/releases/2690.accord"
$accord report "$out/exchange" --audience partners --to "$out"
