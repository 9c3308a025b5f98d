"""Dated announcements of the centre: read from `data/notices.yml`, shown at every door while they hold."""
