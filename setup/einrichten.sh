#!/usr/bin/env bash
# Richtet die Umgebung ein: .venv, festgelegte Pakete, llama-cpp-python, Gewichte der Modelle.
#
#   setup/einrichten.sh            was zum Betrieb gehört
#   setup/einrichten.sh --dev      dazu, was Tests und Prüfwerkzeuge brauchen
#   setup/einrichten.sh --ohne-gewichte   ohne die Gewichte (Abbild, Luftspalt)
#
# Ein zweiter Lauf prüft nur die Stempel. Jeder Fehler ist ein Satz und ein Exit-Code ungleich 0.
set -euo pipefail
export LC_ALL=C.UTF-8 PYTHONUTF8=1 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONPATH PYTHONHOME PIP_REQUIRE_VIRTUALENV

wurzel=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
venv=${AKTENKUNDIG_VENV:-$wurzel/.venv}
ablage=$wurzel/.cache
protokoll=$ablage/einrichten.log
brauche_mib=6000 # .venv 2,3 GB, Gewichte 1,6 GB, Bauordner und Downloads von pip

entwicklung=nein
gewichte=ja
for wort in "$@"; do
    case $wort in
        --dev) entwicklung=ja ;;
        --ohne-gewichte) gewichte=nein ;;
        *) printf 'Fehler: Unbekannte Angabe „%s“. Möglich sind --dev und --ohne-gewichte.\n' "$wort" >&2; exit 2 ;;
    esac
done

sage() { printf '%s\n' "$*"; }
fehler() {
    printf 'Fehler: %s\n' "$*" >&2
    exit 1
}

pruefe_platz() {
    local frei_mib
    frei_mib=$(df -Pk "$wurzel" | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$frei_mib" -ge "$1" ] || fehler "Auf dem Datenträger von $wurzel sind nur $frei_mib MiB frei," \
        "für die Einrichtung werden $1 MiB gebraucht. Bitte Platz schaffen und den Befehl wiederholen."
}

finde_python() {
    local kandidat
    for kandidat in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3 python3.14; do
        if command -v "$kandidat" >/dev/null 2>&1 &&
            "$kandidat" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$kandidat"
            return
        fi
    done
    fehler "Python 3.11 oder neuer fehlt. Unter Debian: apt-get install python3 python3-venv python3-dev."
}

# Läuft ein Schritt schief, steht das Ende seines Protokolls vor dem einen Satz.
laufe() {
    local satz=$1
    shift
    printf '\n$ %s\n' "$*" >>"$protokoll"
    if ! "$@" >>"$protokoll" 2>&1; then
        if tail -n 40 "$protokoll" | grep -q -e 'No space left' -e 'Errno 28'; then
            fehler "Der Datenträger ist voll. Bitte Platz schaffen (etwa $brauche_mib MiB) und den Befehl wiederholen."
        fi
        tail -n 12 "$protokoll" | sed 's/^/    /' >&2
        fehler "$satz Das ganze Protokoll: $protokoll"
    fi
}

version_von() { sed -n "s/^$1==//p" "$wurzel/requirements.txt"; }

kennung_cpu() {
    { uname -m; sed -n '/^flags/{p;q;}' /proc/cpuinfo 2>/dev/null || true; echo "${CMAKE_ARGS:-}"; } | cksum | cut -d' ' -f1
}

pruefe_compiler() {
    command -v "${CXX:-c++}" >/dev/null 2>&1 && command -v "${CC:-cc}" >/dev/null 2>&1 ||
        fehler "Ein C++-Compiler fehlt; er übersetzt einmalig llama-cpp-python." \
            "Unter Debian: apt-get install build-essential."
}

baue_llama() { # $1: Zielordner
    rm -rf "$1.teil"
    mkdir -p "$1.teil"
    CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc 2>/dev/null || echo 2)} \
        "$venv/bin/python" -m pip wheel -q --no-deps -w "$1.teil" "llama-cpp-python==$(version_von llama_cpp_python)" \
        >"$ablage/llama.log" 2>&1 || return 1
    rm -rf "$1"
    mv "$1.teil" "$1"
}

richte_umgebung_ein() {
    local python llama_ablage llama_pid='' torch
    torch=$(version_von torch)
    pruefe_platz "$brauche_mib"
    python=$(finde_python)
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fehler "Dem Python unter $python fehlt das Modul venv. Unter Debian: apt-get install python3-venv."
    llama_ablage=$ablage/llama-$(version_von llama_cpp_python)-$("$python" -c 'import sys; print(*sys.version_info[:2], sep=".")')-$(kennung_cpu)
    [ -d "$llama_ablage" ] || pruefe_compiler

    sage "Lege die Python-Umgebung $venv an …"
    rm -rf "$venv"
    laufe "Die Python-Umgebung ließ sich nicht anlegen." "$python" -m venv "$venv"
    if [ ! -d "$llama_ablage" ]; then
        sage "Übersetze llama-cpp-python im Hintergrund (einmalig, auf zwei Kernen etwa fünf Minuten) …"
        baue_llama "$llama_ablage" &
        llama_pid=$!
        trap 'kill "$llama_pid" 2>/dev/null || true' EXIT
    fi

    # Zuerst und allein: Mit einer Spanne statt einer Version holt pip die CUDA-Fassung mit mehreren Gigabyte.
    sage "Installiere PyTorch $torch …"
    laufe "PyTorch ließ sich nicht installieren." \
        "$venv/bin/python" -m pip install -q "torch==$torch" -c "$wurzel/requirements.txt"
    sage "Installiere die festgelegten Pakete …"
    grep -v -i -e '^torch==' -e '^llama[-_]cpp[-_]python==' "$wurzel/requirements.txt" >"$ablage/pakete.txt"
    laufe "Die Pakete ließen sich nicht installieren; ist der Paketindex erreichbar?" \
        "$venv/bin/python" -m pip install -q --no-deps -r "$ablage/pakete.txt"
    laufe "Aktenkundig ließ sich nicht in die Umgebung einhängen." \
        "$venv/bin/python" -m pip install -q --no-deps --no-build-isolation -e "$wurzel"

    if [ -n "$llama_pid" ]; then
        AKTENKUNDIG_VENV=$venv "$wurzel/setup/oberflaeche.sh"
[ "$gewichte" = nein ] || hole_gewichte
        sage "Warte auf llama-cpp-python …"
        if ! wait "$llama_pid"; then
            trap - EXIT
            tail -n 12 "$ablage/llama.log" | sed 's/^/    /' >&2
            fehler "llama-cpp-python ließ sich nicht übersetzen. Das ganze Protokoll: $ablage/llama.log"
        fi
        trap - EXIT
    fi
    laufe "llama-cpp-python ließ sich nicht installieren." \
        "$venv/bin/python" -m pip install -q --no-deps --force-reinstall --no-index "$llama_ablage"/*.whl
    if ! "$venv/bin/python" -c 'import llama_cpp; llama_cpp.llama_backend_init()' >>"$protokoll" 2>&1; then
        rm -rf "$llama_ablage"
        fehler "Das übersetzte llama-cpp-python läuft auf diesem Rechner nicht. Bitte den Befehl wiederholen" \
            "(bei erneutem Fehler vorher: python3 -m pip cache remove llama_cpp_python)."
    fi
    laufe "Die installierten Pakete passen nicht zueinander." "$venv/bin/python" -m pip check
}

richte_entwicklung_ein() {
    sage "Installiere die Werkzeuge für Tests und Prüfungen …"
    laufe "Die Werkzeuge ließen sich nicht installieren; ist der Paketindex erreichbar?" \
        "$venv/bin/python" -m pip install -q --no-deps -r "$wurzel/requirements-dev.txt"
}

# Programme, die die Tests aufrufen: als root aus Debian, sonst ein Satz.
hole_debian_pakete() {
    local fehlen=''
    command -v chromium >/dev/null 2>&1 || fehlen="$fehlen chromium"
    command -v strace >/dev/null 2>&1 || fehlen="$fehlen strace"
    command -v unshare >/dev/null 2>&1 || fehlen="$fehlen util-linux"
    command -v ip >/dev/null 2>&1 || fehlen="$fehlen iproute2"
    command -v soffice >/dev/null 2>&1 || fehlen="$fehlen libreoffice-writer-nogui"
    command -v bwrap >/dev/null 2>&1 || fehlen="$fehlen bubblewrap"
    # Texterkennung: tesseract-ocr bringt die Daten für „§“ und gedrehte Seiten mit.
    command -v tesseract >/dev/null 2>&1 || fehlen="$fehlen tesseract-ocr"
    tesseract --list-langs 2>/dev/null | grep -q -x deu || fehlen="$fehlen tesseract-ocr-deu"
    [ -n "$fehlen" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        sage "Installiere aus Debian:$fehlen …"
        laufe "Die Paketliste von Debian ließ sich nicht holen." apt-get update -q
        # shellcheck disable=SC2086 # eine Liste von Paketnamen
        laufe "Die Debian-Pakete ließen sich nicht installieren:$fehlen." \
            env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $fehlen
    else
        fehler "Für die Tests fehlen:$fehlen. Bitte als root ausführen: apt-get install$fehlen"
    fi
}

hole_gewichte() {
    # Fortschritt und Fehlersatz kommen vom Programm selbst; geprüfte Gewichte kosten nur den Blick auf den Stempel.
    "$venv/bin/aktenkundig" models fetch || exit $?
}

mkdir -p "$ablage" 2>/dev/null || fehler "In $wurzel lässt sich nichts schreiben."
if command -v flock >/dev/null 2>&1; then
    exec 9>"$ablage/einrichten.lock"
    flock -n 9 || { sage "Eine andere Einrichtung läuft; warte auf ihr Ende …"; flock 9; }
fi

# Von pyproject.toml zählt, was eingebaut wird, nicht, wie geprüft wird.
stand=$({ cat "$wurzel/requirements.txt"; sed '/^\[tool\.ruff\]/,$d' "$wurzel/pyproject.toml"; echo "$wurzel"; kennung_cpu; } | cksum)
stand_dev=$stand-$(cksum <"$wurzel/requirements-dev.txt")
if [ "$(cat "$venv/stand" 2>/dev/null || true)" != "$stand" ]; then
    : >"$protokoll"
    richte_umgebung_ein
    printf '%s\n' "$stand" >"$venv/stand"
fi
if [ "$entwicklung" = ja ]; then
    if [ "$(cat "$venv/stand-dev" 2>/dev/null || true)" != "$stand_dev" ]; then
        richte_entwicklung_ein
        printf '%s\n' "$stand_dev" >"$venv/stand-dev"
    fi
    hole_debian_pakete
fi
AKTENKUNDIG_VENV=$venv "$wurzel/setup/oberflaeche.sh"
[ "$gewichte" = nein ] || hole_gewichte
