# The name must be one for the store.
fetchTarball { url = "https://example.org/x.tar"; name = "a/b"; }
