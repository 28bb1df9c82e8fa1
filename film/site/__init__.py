"""The viewer's site: a folder of pages that works from the disk and from any static host, and asks nobody else."""
