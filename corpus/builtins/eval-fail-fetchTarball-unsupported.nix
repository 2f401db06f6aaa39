# Other attributes are errors.
fetchTarball { url = "https://example.org/x.tar"; rev = ""; }
