"""The benchmarks of the finder, by name."""

from collections.abc import Callable

from tejido.finder.bench_finder import ASKED, bench_finder
from tejido.finder.bench_offline import bench_offline
from tejido.finder.bench_texts import bench_texts
from tejido.foundation.bench import Figure

__all__ = ["ASKED", "BENCHES", "bench_finder"]

BENCHES: dict[str, Callable[..., list[Figure]]] = {
    "finder": bench_finder,
    "texts": bench_texts,
    "offline": bench_offline,
}
