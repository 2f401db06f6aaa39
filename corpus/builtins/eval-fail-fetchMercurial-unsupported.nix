# Other attributes are errors.
fetchMercurial { url = "https://example.org/x"; branch = "default"; }
