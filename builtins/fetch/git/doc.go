// Package git fetches trees of Git repositories: the scheme of references whose type is "git".
//
//	Scheme   what fetches;  New, Options
//	Options  where the git program is, and what may be done about dirty trees
//
// # What is read by whom
//
// Objects, references and indexes are read by the packages below: odb, index, repo and tree. The git
// program does what talks to other machines: it lists references and fetches into a repository of the
// cache, with the user's configuration, credentials and keys. It is never run in a repository that is
// somebody else's, but to check the signature of a commit.
//
//	no ref, no rev, a local folder   the tracked files of the working tree; those of HEAD if it is clean
//	ref or rev, a local folder       its objects, in place; nothing is copied
//	another place                    objects of a bare repository in the cache
//
// A clean working tree is the commit that is checked out: its files are read from objects. So a commit
// has one hash, whether lines end otherwise on disk or not. The reference implementation reads such
// files from disk.
//
// # The cache
//
// The cache has a bare repository for each URL, CacheDir/git/HASH, whose name is a hash of the URL, and
// one for shallow fetches of it. Processes that fetch into the same one wait for each other. What a
// reference was when it was fetched is believed for Env.TTL; a commit that is there is never fetched
// again. A fetch that fails leaves nothing behind.
package git
