"""Ray: two nodes on this machine make the files that one process makes. `make test-corpus`."""

import os
from pathlib import Path
from typing import Any

import pytest

from onrecord.batch import dataset, readers, runs

from . import cluster, corpus

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore")]


def on_ray(paths: list[str], out: Path, tick: Any = lambda _: None) -> None:
    from onrecord.batch import ray

    reader = readers.Reader(paths, beside=str(out))
    header = dataset.header({"shard_size": 7}, reader.files, reader.sizes)
    with dataset.Dataset(out, header) as data:
        run = runs.Run(reader, data, 7)
        ray.run(run, corpus.QUICK, 2, tick, None)
        data.complete(dict(reader.skipped))


def test_a_cluster_makes_the_same_files_and_loses_nothing_with_a_node(tmp_path: Path) -> None:
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 120))]
    corpus.run_here(paths, tmp_path / "here", 7)
    with cluster.two_nodes() as nodes:
        on_ray(paths, tmp_path / "ray")
        assert corpus.tree(tmp_path / "ray") == corpus.tree(tmp_path / "here")
        second = list(nodes.worker_nodes)

        def tick(run: Any) -> None:
            if run.done >= 20 and second:
                nodes.remove_node(second.pop(), allow_graceful=False)

        on_ray(paths, tmp_path / "lost", tick)
        assert not second
    assert corpus.tree(tmp_path / "lost") == corpus.tree(tmp_path / "here")
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
