"""Measuring scripts and the generator of their documents; not part of the package."""
