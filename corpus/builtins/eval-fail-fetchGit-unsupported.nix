# Other attributes are errors.
fetchGit { url = "https://example.org/x.git"; branch = "main"; }
