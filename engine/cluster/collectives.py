r"""Time of collectives on a cluster of nodes.

A node holds GPUs on a fast switch, or in a mesh, each joined to each other, of whose links a group uses those between
its members; every GPU has its share of the network between nodes. A step of an algorithm costs
:math:`\alpha`, a byte :math:`1 / \beta`. Ring and tree are the two that NCCL chooses between; a collective that spans
nodes runs pipelined over both networks, so that the slower one sets the rate. Nodes that no one switch joins reach each
other over further levels, where flows meet: the larger the cluster, the less of its network collectives reach.

Times in seconds, sizes in bytes. Not modelled: congestion by other jobs, links that fail, switches that reduce.
"""

import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from engine.cited import table
from engine.machines import clusters

# Nodes below one switch, half of its 64 ports, each GPU of a node at a switch of its own (NVIDIA DGX SuperPOD H100,
# RA-11333-001 v11: scalable units of 32 systems, each with eight leaf switches). Of other clusters it is assumed.
LEAF_NODES = 32


@dataclass(frozen=True, eq=False)
class Network:
    """Links of a cluster.

    Attributes
    ----------
    node_size : int
        GPUs of a node.
    link_bytes_per_s : float
        Bus bandwidth of a collective over all GPUs of a node, per GPU [B/s].
    nic_bytes_per_s : float
        Bandwidth between nodes, per GPU [B/s].
    start_s : float
        Launch and synchronisation of a collective [s].
    nic_start_s : float
        What a collective takes longer to start when it leaves the node [s].
    link_hop_s, nic_hop_s : float
        Latency of a step inside a node and between nodes [s].
    tree_share : float
        Share of the ring's bandwidth that a tree reaches.
    doubling_share : float
        Share of the bandwidth between nodes that collectives keep with each doubling of the nodes beyond those of one
        switch.
    mesh : bool
        Whether the GPUs of a node are joined in pairs.
    """

    node_size: int
    link_bytes_per_s: float
    nic_bytes_per_s: float
    start_s: float
    nic_start_s: float
    link_hop_s: float
    nic_hop_s: float
    tree_share: float
    doubling_share: float
    mesh: bool = False

    def within(self, n_ranks: int) -> float:
        """Return the bus bandwidth of a collective over some GPUs of a node, per GPU [B/s]."""
        part = (n_ranks - 1) / (self.node_size - 1) if self.mesh and n_ranks < self.node_size else 1.0
        return self.link_bytes_per_s * part


@lru_cache(maxsize=1024)
def shared(network: Network, n_devices: int) -> Network:
    """Return the network as collectives find it that run at once all over a cluster of so many GPUs."""
    doublings = max(0.0, math.log2(n_devices / network.node_size / LEAF_NODES))
    kept = network.doubling_share**doublings
    return replace(network, nic_bytes_per_s=network.nic_bytes_per_s * kept)


def ring_all_reduce_s(n_ranks: int, message_bytes: float, bytes_per_s: float, hop_s: float) -> float:
    r"""Return the time of a ring all-reduce.

    A reduce-scatter and an all-gather, :math:`n - 1` steps each:

    .. math:: T = 2 (n - 1) \left( \alpha + \frac{S / n}{\beta} \right)

    Examples
    --------
    >>> round(ring_all_reduce_s(4, 4e9, 1e9, 1e-6), 6)
    6.000006
    """
    return 2 * (n_ranks - 1) * (hop_s + message_bytes / n_ranks / bytes_per_s)


def tree_all_reduce_s(n_ranks: int, message_bytes: float, bytes_per_s: float, hop_s: float) -> float:
    r"""Return the time of an all-reduce on a pipelined double binary tree, :math:`2 \alpha \log_2 n + 2 S / \beta`."""
    return 2 * math.ceil(math.log2(n_ranks)) * hop_s + 2 * message_bytes / bytes_per_s


def all_reduce_s(network: Network, n_ranks: int, ranks_per_node: int, message_bytes: float) -> float:
    """Return the time of an all-reduce over ranks of which each node holds some.

    Parameters
    ----------
    network : Network
        The cluster.
    n_ranks : int
        Members of the group.
    ranks_per_node : int
        Members of the group that share a node; the other GPUs of the node are busy with groups of their own.
    message_bytes : float
        Buffer of each rank [B].

    Returns
    -------
    float
        The better of ring and tree [s].
    """
    if n_ranks <= 1 or message_bytes <= 0:
        return 0.0
    inside = min(n_ranks, ranks_per_node)
    n_nodes = math.ceil(n_ranks / inside)
    if n_nodes == 1:
        ring = ring_all_reduce_s(n_ranks, message_bytes, network.within(inside), network.link_hop_s)
        return network.start_s + ring
    rate = _across(network, inside)
    # The ring passes every rank; the tree joins the nodes, within which ranks form chains.
    hops = (n_nodes - 1) * network.nic_hop_s + (n_ranks - n_nodes) * network.link_hop_s
    ring = 2 * (n_ranks - 1) / n_ranks * message_bytes / rate + 2 * hops
    tree = tree_all_reduce_s(n_nodes, message_bytes, rate * network.tree_share, network.nic_hop_s)
    tree += 2 * (inside - 1) * network.link_hop_s
    return network.start_s + network.nic_start_s + min(ring, tree)


def reduce_scatter_s(network: Network, n_ranks: int, ranks_per_node: int, message_bytes: float) -> float:
    """Return the time of a reduce-scatter or an all-gather, which run on a ring; arguments as in `all_reduce_s`."""
    if n_ranks <= 1 or message_bytes <= 0:
        return 0.0
    inside = min(n_ranks, ranks_per_node)
    n_nodes = math.ceil(n_ranks / inside)
    rate, start = network.within(inside), network.start_s
    if n_nodes > 1:
        rate, start = _across(network, inside), start + network.nic_start_s
    hops = (n_nodes - 1) * network.nic_hop_s + (n_ranks - n_nodes) * network.link_hop_s
    return start + (n_ranks - 1) / n_ranks * message_bytes / rate + hops


def all_to_all_s(network: Network, n_ranks: int, ranks_per_node: int, message_bytes: float) -> float:
    r"""Return the time of an all-to-all, in which each rank has a part for each other; arguments as in `all_reduce_s`.

    Each rank sends its parts one after another, to each other first to the next one, so that no two meet: those for
    its own node over the links inside, those for others over the network, at the same time,

    .. math:: T = \max \left( \alpha + \frac{(m - 1) S}{n \beta}, \alpha' + \frac{(n - m) S}{n \beta'} \right)

    with m ranks on each node.
    """
    if n_ranks <= 1 or message_bytes <= 0:
        return 0.0
    inside = min(n_ranks, ranks_per_node)
    part = message_bytes / n_ranks
    near = (inside - 1) * part / network.within(inside) + network.link_hop_s if inside > 1 else 0.0
    if inside == n_ranks:
        return network.start_s + near
    far = (n_ranks - inside) * part / network.nic_bytes_per_s + network.nic_hop_s
    return network.start_s + network.nic_start_s + max(near, far)


def ring_exposed_s(network: Network, n_ranks: int, message_bytes: float, same_node: bool, beside_s: float) -> float:
    r"""Return how long a ring waits in which each rank works on what it has and sends it on at the same time.

    Parameters
    ----------
    network : Network
        The cluster.
    n_ranks : int
        Members of the ring, which all parts go round.
    message_bytes : float
        Part of each rank [B].
    same_node : bool
        Whether they share a node.
    beside_s : float
        Work on one part [s].
    """
    return (n_ranks - 1) * max(0.0, send_s(network, message_bytes, same_node) - beside_s)


def _across(network, inside):
    """Return the bus bandwidth of a collective over nodes of which each holds so many ranks, per GPU [B/s]."""
    nics = inside * network.nic_bytes_per_s
    return min(network.within(inside), nics) if inside > 1 else min(network.link_bytes_per_s, nics)


def send_s(network: Network, message_bytes: float, same_node: bool) -> float:
    """Return the time of a message from one GPU to another."""
    if same_node:
        return network.start_s / 2 + message_bytes / network.within(2)
    return network.start_s / 2 + network.nic_hop_s + message_bytes / network.nic_bytes_per_s


@cache
def network(device: str, gpus_per_node: int | None = None) -> Network:
    """Return the network of a cluster of `engine.machines`, perhaps with another size of node."""
    cluster = clusters()[device]
    facts = cluster.figures
    return network_of(gpus_per_node or cluster.gpus_per_node, facts["link"].value, facts["nic"].value, cluster.mesh)


def network_of(node_size: int, link_bytes_per_s: float, nic_bytes_per_s: float, mesh: bool = False) -> Network:
    """Return a network of the given bandwidths with the calibrated latencies; arguments as in `Network`."""
    constants = table("calibration")["network"]
    return Network(
        node_size=node_size,
        link_bytes_per_s=link_bytes_per_s,
        nic_bytes_per_s=nic_bytes_per_s * constants["nic_share"].value,
        start_s=constants["start"].value,
        nic_start_s=constants["nic_start"].value,
        link_hop_s=constants["link_hop"].value,
        nic_hop_s=constants["nic_hop"].value,
        tree_share=constants["tree_share"].value,
        doubling_share=constants["doubling_share"].value,
        mesh=mesh,
    )
