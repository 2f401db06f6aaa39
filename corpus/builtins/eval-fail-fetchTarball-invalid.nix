# A text that is no URL.
fetchTarball "not a url"
