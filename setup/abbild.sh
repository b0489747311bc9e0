#!/usr/bin/env bash
# Baut das Abbild.
#
#   setup/abbild.sh bauen                 mit docker, podman oder buildah, was davon da ist
#   setup/abbild.sh grundlage NAME        legt mit debootstrap eine Debian-Grundlage an (root)
#   setup/abbild.sh pruefen NAME BASIS    baut mit buildah auf dieser Grundlage, ohne Container-Dienst (root)
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fehler() {
    printf 'Fehler: %s\n' "$*" >&2
    exit 1
}

hole_werkzeug() {
    command -v buildah >/dev/null && command -v debootstrap >/dev/null && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        fehler "Es fehlen buildah oder debootstrap. Bitte als root ausführen: apt-get install buildah debootstrap"
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends buildah debootstrap
}

# Woher dieser Rechner seine Debian-Pakete nimmt.
spiegel() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 '/debian/$'; }

# Die Einstellungen von pip auf diesem Rechner gelten auch beim Bau: eingehängt, nicht eingebacken.
# Schreibt eine pip.conf und gibt die Angaben für die Einhängung aus, eine je Zeile.
pip_einhaengen() {
    local conf=$1
    python3 - "$conf" <<'PY'
import re, subprocess, sys
from pathlib import Path

settings = {}
listed = subprocess.run(
    [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
).stdout
for line in listed.splitlines():
    name, _, value = line.partition("=")
    if name.startswith(("global.", ":env:.")):
        settings[name.rsplit(".", 1)[1]] = value.strip().strip("'\"")
mounts = {f"{Path(sys.argv[1]).resolve()}:/etc/pip.conf:ro"}
if "cert" in settings:
    # Not at its own place: the package ca-certificates writes there.
    mounts.add(f"{settings['cert']}:/run/pip-cert.pem:ro")
    settings["cert"] = "/run/pip-cert.pem"
settings["cache-dir"] = "/run/pip-ablage"
Path(sys.argv[1]).write_text(
    "[global]\n" + "".join(f"{name} = {value}\n" for name, value in settings.items()), "utf-8"
)
for value in settings.values():
    for found in re.findall(r"(?:^|\s|file://)(/[^\s:]+)", value):
        path = Path(found)
        # The pages of a folder index point beside themselves.
        path = path.parent if path.name == "simple" else path
        if path.exists():
            mounts.add(f"{path}:{path}:ro")
print(*sorted(mounts), sep="\n")
PY
}

bauen() {
    local werkzeug
    for werkzeug in docker podman buildah; do
        if command -v "$werkzeug" >/dev/null 2>&1 && "$werkzeug" info >/dev/null 2>&1; then
            # Nur das Format von Docker kennt HEALTHCHECK; docker selbst kennt kein anderes.
            [ "$werkzeug" = docker ] && exec docker build -t aktenkundig .
            exec "$werkzeug" build --format docker -t aktenkundig .
        fi
    done
    fehler "Weder docker noch podman noch buildah ist benutzbar; eines davon baut das Abbild."
}

grundlage() {
    local name=$1 container
    hole_werkzeug
    ordner=$(mktemp -d) # nicht local: Die Falle läuft erst nach der Funktion.
    trap 'rm -rf --one-file-system "$ordner"' EXIT
    debootstrap --variant=minbase bookworm "$ordner" "$(spiegel)"
    rm -rf "$ordner"/var/cache/apt/archives/*.deb
    container=$(buildah from scratch)
    buildah add -q "$container" "$ordner" /
    buildah commit -q --rm "$container" "$name"
}

pruefen() {
    local name=$1 basis=$2 ablage=.cache/abbild einhaengung angaben=()
    hole_werkzeug
    mkdir -p "$ablage/pip"
    while read -r einhaengung; do
        angaben+=(-v "$einhaengung")
    done < <(pip_einhaengen "$ablage/pip.conf")
    # Der übersetzte llama-cpp-python bleibt für den nächsten Bau in pips eigener Ablage.
    angaben+=(-v "$PWD/$ablage/pip:/run/pip-ablage:rw")
    buildah bud --isolation chroot --format docker --pull-never --layers=false \
        "${angaben[@]}" --build-arg "BASIS=$basis" -t "$name" .
}

case ${1:-} in
    bauen) bauen ;;
    grundlage) grundlage "$2" ;;
    pruefen) pruefen "$2" "$3" ;;
    *) fehler "Möglich sind: bauen, grundlage NAME, pruefen NAME BASIS." ;;
esac
