# The name must be a string.
fetchGit { url = "https://example.org/x.git"; name = [ ]; }
