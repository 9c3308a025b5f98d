"""Messenger: webhook and events in, rendering and sending out. The pages of FAQBOT_MESSENGER_PAGES are served here."""
