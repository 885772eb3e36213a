"""The benchmarks of the directory, by name."""

from collections.abc import Callable

from tejido.directory.bench_due import bench_due
from tejido.directory.bench_duplicates import bench_duplicates
from tejido.directory.bench_hsds import bench_hsds_api
from tejido.directory.bench_import import bench_import
from tejido.directory.bench_quality import bench_quality
from tejido.foundation.bench import Figure

BENCHES: dict[str, Callable[..., list[Figure]]] = {
    "import": bench_import,
    "hsds_api": bench_hsds_api,
    "due": bench_due,
    "duplicates": bench_duplicates,
    "quality": bench_quality,
}
