"""A Ray cluster of two nodes on this machine, started and stopped by the tests; slow machines may
be slow."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

PORTS = (
    "metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port",
    "runtime_env_agent_port",
)  # fmt: skip
os.environ.setdefault("RAY_agent_register_timeout_ms", "400000")


def _small(cores: int) -> dict[str, Any]:
    """A small node; its agents' ports are told, so that it doesn't wait for them to be found."""
    made: dict[str, Any] = {"num_cpus": cores, "object_store_memory": 200_000_000}
    held = []
    for name in PORTS:
        held.append(socket.socket())
        held[-1].bind(("127.0.0.1", 0))
        made[name] = held[-1].getsockname()[1]
    for each in held:
        each.close()
    return made


@contextlib.contextmanager
def two_nodes(cores: int = 1) -> Iterator[Any]:
    """The cluster, with one more node besides the head; this process is connected to it."""
    import ray
    from ray import cluster_utils
    from ray._private import services

    new_cluster: Any = cluster_utils.Cluster
    end: Any = ray.shutdown

    patient: Any = services.get_node

    def get_node(*args: Any, **options: Any) -> Any:
        # Ray gives a node half a minute to come up, which a machine that is busy does not keep to.
        for _ in range(800):
            try:
                return patient(*args, **options)
            except RuntimeError:
                time.sleep(0.5)
        return patient(*args, **options)

    begin: Any = services.start_raylet

    def start_raylet(*args: Any, **options: Any) -> Any:
        # Nor does it wait longer than 15 seconds for its agents to write down these ports.
        for name in PORTS:
            if options.get(name):
                place = os.path.join(args[11], f"{name}_{args[2]}")
                with open(place, "w", encoding="ascii") as file:
                    file.write(str(options[name]))
        return begin(*args, **options)

    patched: Any = services
    patched.get_node, patched.start_raylet = get_node, start_raylet
    cluster = None
    try:
        cluster = new_cluster(
            initialize_head=True, head_node_args={"include_dashboard": False, **_small(cores)}
        )
        cluster.add_node(**_small(cores))
        ray.init(address=cluster.address, log_to_driver=False)
        yield cluster
    finally:
        patched.get_node, patched.start_raylet = patient, begin
        end()
        if cluster is not None:
            cluster.shutdown()
