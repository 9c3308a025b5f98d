"""Turns that a person should look at, to improve the phrases. Called by `faqbot fallbacks`. May import store."""
