"""Stands between Airflow and the Docker socket: lets through what it takes to run the loader's image, nothing else."""
