# The URL is required.
fetchMercurial { rev = "default"; }
