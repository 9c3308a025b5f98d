"""From a message to language, intent and decision, in numpy. Imports foundation only; no Rasa."""
