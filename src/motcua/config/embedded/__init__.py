"""The private PostgreSQL that serves where no other server is named."""

from .clusters import (
    DATABASE,
    ROLE,
    Cluster,
    ClusterTrouble,
    Server,
    cluster,
    database_is_named,
    throwaway_cluster,
)
from .owner import Owner

__all__ = [
    "DATABASE",
    "ROLE",
    "Cluster",
    "ClusterTrouble",
    "Owner",
    "Server",
    "cluster",
    "database_is_named",
    "throwaway_cluster",
]
