# fetchTarball wants a set or a URL.
fetchTarball 1
