"""Reads what a person asks for ("jeudi soir en ligne", "an English CV workshop next week") as filters."""
