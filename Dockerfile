# Two stages: the first installs, exports the encoder and builds the starter generation; the second only runs.
#
# torch must be a CPU build, or the image grows by several GB that nothing uses. On x86-64 the default registry serves
# CUDA builds: give PyTorch's index of CPU wheels as --build-arg PIP_EXTRA_INDEX_URL=... (pip prefers its "+cpu" release).

FROM python:3.11-slim AS build
ARG PIP_EXTRA_INDEX_URL=
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app

# The dependencies first, with the packages still empty: an edit of the code then reuses this layer.
COPY pyproject.toml constraints.txt LICENSE ./
RUN mkdir bot corpus index && touch bot/__init__.py corpus/__init__.py index/__init__.py \
    && python3 -m venv /opt/venv \
    && pip install -c constraints.txt -e . \
    && python -c "import sys, torch; sys.exit('torch is a CUDA build: see PIP_EXTRA_INDEX_URL above' if torch.version.cuda else 0)"

COPY corpus corpus
COPY index index
COPY bot bot
RUN python -m compileall -q bot corpus index \
    && SPACE_NEWS_DATA_DIR=/data space-news index build


FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 SPACE_NEWS_DATA_DIR=/data
RUN useradd --system --uid 10001 --create-home news
WORKDIR /app

# torch stays: naming another encoder in the settings exports it at the next build of the index.
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
# A new named volume starts as a copy of this folder, so that the first question needs no build.
COPY --from=build --chown=news:news /data /data

USER news
VOLUME /data
HEALTHCHECK --interval=1m --timeout=10s --start-period=30s CMD ["space-news", "index", "info", "--json"]
CMD ["space-news", "run"]
