# The revision must be a string.
fetchMercurial { url = "https://example.org/x"; rev = 1; }
