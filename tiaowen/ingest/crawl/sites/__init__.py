"""Site files, one a source; the file is the registration. Written from what is known of the software a site runs."""
