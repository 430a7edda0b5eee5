"""Invented documents: the parts they are composed of, their faults, and their printed form."""
