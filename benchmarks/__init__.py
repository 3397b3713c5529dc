"""Measurements of the whole program against data sets and other tools."""
