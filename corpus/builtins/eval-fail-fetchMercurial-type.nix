# fetchMercurial wants a set or a URL.
fetchMercurial [ ]
