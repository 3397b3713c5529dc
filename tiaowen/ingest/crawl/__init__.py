"""Crawling: pages of public bodies into the archive, politely, and an alarm for what is not understood."""
