"""Ready-made replies of counsellors, from `data/desk/canned.yml`. No web, no SQL."""
