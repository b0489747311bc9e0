# Bauen:    make image            (oder: docker build -t aktenkundig .)
# Gewichte: docker run --rm -v gewichte:/weights aktenkundig models fetch
# Dienst:   docker run --rm --network=host -v gewichte:/weights -v daten:/data aktenkundig
#
# --network=host, weil der Dienst nur auf 127.0.0.1 hört, solange es keine Anmeldung gibt: In einem eigenen
# Netz des Containers wäre er von außen nicht zu erreichen, und eine andere Adresse lehnt er ab.
ARG BASIS=debian:bookworm-slim

FROM ${BASIS} AS bau
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        build-essential ca-certificates python3 python3-dev python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . /app
# Nicht für den Prozessor des Bau-Rechners allein: Das Abbild läuft auf jedem mit AVX2.
ENV CMAKE_ARGS="-DGGML_NATIVE=OFF"
RUN setup/einrichten.sh --ohne-gewichte \
    && .venv/bin/python -m compileall -q assistant ingest index models \
    && rm -rf .cache

FROM ${BASIS}
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        bubblewrap ca-certificates libgomp1 libreoffice-writer-nogui libstdc++6 python3 \
        python3-venv tesseract-ocr tesseract-ocr-deu \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /data --no-create-home aktenkundig \
    && install -d -o aktenkundig -g aktenkundig /data /weights
COPY --from=bau /app /app
ENV AKTENKUNDIG_HOME=/data \
    AKTENKUNDIG_WEIGHTS=/weights \
    PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LC_ALL=C.UTF-8
WORKDIR /app
USER aktenkundig
VOLUME ["/weights", "/data"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["/app/.venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/status', timeout=4)"]
ENTRYPOINT ["/app/.venv/bin/aktenkundig"]
CMD ["serve"]
