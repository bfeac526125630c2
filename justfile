# Everyday commands; `just` alone checks everything. All but `setup` and `lock` expect what `just setup` made.

bin := ".venv/bin"

# lint and test
default: check

# make the virtual environment, with everything that tests and benchmarks need
setup:
    python3 -m venv .venv
    {{bin}}/pip install -c constraints.txt -e '.[test]'

# run the tests, e.g. `just test tests/index -k fusion`
test *args:
    {{bin}}/pytest {{args}}

# style, types and the direction of imports
lint:
    {{bin}}/ruff check .
    {{bin}}/mypy
    {{bin}}/lint-imports

# bring the catalogues of bot/translations up to date with what the code says
translations:
    {{bin}}/python -m tests.bot.translations.template

# what CI checks
check: lint test

# build the wheel into dist/
build:
    {{bin}}/hatchling build -t wheel -d dist

# draw the walk-through of everything that people see into docs/pictures; needs Chromium
pictures *args:
    {{bin}}/python -m tests.bot.preview.walk_through docs/pictures {{args}}

# compare the lexical engines, e.g. `just bench --data ../shared/data`
bench *args:
    {{bin}}/python -m benchmarks.lexical {{args}}

# what ten thousand, a hundred thousand and a million passages cost; gigabytes, and half an hour on two free cores
scale *args:
    {{bin}}/python -m benchmarks.scale {{args}}

# kill a sync of a thousand articles twenty times; takes many minutes
kill *args:
    {{bin}}/pytest -m slow {{args}}

# throw damaged feeds and pages at the readers, e.g. `just fuzz --minutes 10`
fuzz *args:
    {{bin}}/python -m benchmarks.fuzz {{args}}

# rewrite constraints.txt from the newest releases that pyproject.toml allows; torch's CUDA companions are left out
lock:
    rm -rf .venv-lock
    python3 -m venv .venv-lock
    .venv-lock/bin/pip install -e '.[test]'
    .venv-lock/bin/pip freeze --all --exclude-editable --exclude pip \
        | sed 's/+cpu$//' | grep -vE '^(nvidia-|cuda-|triton)' > constraints.txt
    rm -rf .venv-lock
