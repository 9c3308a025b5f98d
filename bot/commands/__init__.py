"""One file per operator's verb of `faqbot`. Rasa is imported only inside the verbs that need it."""
