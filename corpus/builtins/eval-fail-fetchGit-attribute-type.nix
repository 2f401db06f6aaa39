# A set is no value of an attribute.
fetchGit { url = "https://example.org/x.git"; ref = { }; }
