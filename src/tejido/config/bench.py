"""The benchmarks of the whole, by name."""

from collections.abc import Callable

from tejido.config.benches.pages import bench_pages
from tejido.config.benches.traffic import bench_http
from tejido.foundation.bench import Figure

BENCHES: dict[str, Callable[..., list[Figure]]] = {"http": bench_http, "pages": bench_pages}
