"""The benchmarks of the whole, by name."""

from collections.abc import Callable

from tejido.config.benches.backup import bench_backup
from tejido.config.benches.pages import bench_pages
from tejido.config.benches.traffic import bench_http
from tejido.foundation.bench import Figure

BENCHES: dict[str, Callable[..., list[Figure]]] = {
    "backup": bench_backup,
    "http": bench_http,
    "pages": bench_pages,
}
