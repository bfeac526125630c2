"""The files in deploy/ can be read, and every setting in them exists."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.settings import PREFIX, Settings

FOLDER = Path(__file__).parents[1] / "deploy" / "milvus"

_RESOURCES = frozenset(
    f"{kind}.{of}" for kind in ("requests", "limits") for of in ("cpu", "memory", "ephemeral-storage")
)
CHART_VALUES = frozenset(
    {
        "cluster.enabled",
        "image.all.repository",
        "image.all.tag",
        "streaming.enabled",
        "woodpecker.enabled",
        "pulsarv3.enabled",
        "indexNode.enabled",
        "mixCoordinator.activeStandby.enabled",
        "queryNode.disk.enabled",
        "etcd.replicaCount",
        "etcd.persistence.enabled",
        "etcd.persistence.size",
        "minio.mode",
        "minio.existingSecret",
        "minio.persistence.enabled",
        "minio.persistence.size",
        "extraConfigFiles.user.yaml",
        *(
            f"{node}.{value}"
            for node in ("streamingNode", "mixCoordinator", "proxy", "dataNode", "queryNode")
            for value in ("replicas", *(f"resources.{one}" for one in _RESOURCES))
        ),
    }
)
"""Those values of the chart zilliztech/milvus that are used here, as its own values.yaml names them."""
MILVUS_SETTINGS = frozenset(
    {
        "common.security.authorizationEnabled",
        *(
            f"queryNode.mmap.{name}"
            for name in "vectorField scalarField vectorIndex scalarIndex growingMmapEnabled".split()
        ),
    }
)


def paths(values: Mapping[str, Any], parent: str = "") -> Iterator[str]:
    """Yield the dotted names of all that is set."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from paths(value, f"{parent}{name}.")
        else:
            yield f"{parent}{name}"


def read(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_the_chart_knows_every_value() -> None:
    values = read("values.yaml")
    assert set(paths(values)) - CHART_VALUES == set()
    assert set(paths(yaml.safe_load(values["extraConfigFiles"]["user.yaml"]))) - MILVUS_SETTINGS == set()


def test_the_bot_knows_every_setting_of_the_compose_file() -> None:
    services = read("compose.yaml")["services"]
    given = {key for service in services.values() for key in service.get("environment", {}) if key.startswith(PREFIX)}
    assert "SPACE_NEWS_MILVUS_URI" in given
    assert {key.removeprefix(PREFIX).lower() for key in given} - Settings.model_fields.keys() == set()


def test_the_services_depend_on_services_and_keep_their_volumes() -> None:
    compose = read("compose.yaml")
    for service in compose["services"].values():
        assert set(service.get("depends_on", ())) <= compose["services"].keys()
        assert {volume.partition(":")[0] for volume in service.get("volumes", ())} <= compose["volumes"].keys()
