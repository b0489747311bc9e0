#!/usr/bin/env bash
# Liest die Beispiele beider Mandanten ein. Ist seit dem letzten Mal nichts geändert, kostet es keinen Modellstart.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONUTF8=1

wurzel=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$wurzel"
daten=${AKTENKUNDIG_HOME:-$wurzel/.aktenkundig}
export AKTENKUNDIG_HOME=$daten
stempel=$daten/beispiele.stand
programm=${AKTENKUNDIG_VENV:-$wurzel/.venv}/bin/aktenkundig

# Der Code zählt mit: Eine neue Fassung der Aufnahme soll die Beispiele neu lesen dürfen.
stand=$(find beispiele/lvs beispiele/lvn ingest index models -type f -not -path 'models/weights/*' \
    -not -name '*.pyc' -print0 | sort -z | xargs -0 cksum | cksum)
if [ "$(cat "$stempel" 2>/dev/null || true)" = "$stand" ]; then
    exit 0
fi
for mandant in lvs lvn; do
    printf 'Lese beispiele/%s ein …\n' "$mandant"
    "$programm" ingest "beispiele/$mandant" --mandant "$mandant"
done
printf '%s\n' "$stand" >"$stempel"
