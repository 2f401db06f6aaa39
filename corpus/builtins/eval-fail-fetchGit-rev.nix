# The revision must be a hash.
fetchGit { url = "https://example.org/x.git"; rev = "main"; }
