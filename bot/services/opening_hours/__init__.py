"""When the centre is open: read from `data/centre.yml`, true on public holidays and on days that differ."""
