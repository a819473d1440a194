# The operator alone, pinned and checked by hash; docs/docker.md says how it is run.

FROM python:3.13-slim-bookworm AS build
WORKDIR /source
COPY constraints-operator.txt ./
RUN python -m venv /opt/khatban \
    && /opt/khatban/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r constraints-operator.txt
COPY . ./
RUN /opt/khatban/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps . \
    && /opt/khatban/bin/khatban --version

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="khatban" \
      org.opencontainers.image.description="A fake Iranian mobile operator: an SMPP message centre that says why it refuses" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin khatban \
    && install --directory --owner khatban --group khatban --mode 0750 /data
COPY docker/khatban.toml /etc/khatban/khatban.toml
COPY --from=build /opt/khatban /opt/khatban
ENV PATH=/opt/khatban/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 2775 8775
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8775/readyz', timeout=2)"]
ENTRYPOINT ["khatban"]
CMD ["serve", "--config", "/etc/khatban/khatban.toml", "--store", "/data/store.db"]
