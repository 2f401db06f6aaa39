# fetchGit wants a set or a URL.
fetchGit 1
