"""./run.sh --doctor: whether this machine, the sources and ClickHouse are fit, before anything is started and after."""
