// Package hg fetches trees of Mercurial repositories: the scheme of references whose type is "hg".
//
//	Scheme   what fetches;  New, Options
//
// All that is known of a repository comes from the program hg, which also makes the archive of a
// revision; that is read into the cache from its output, and nothing is unpacked into folders.
//
//	no ref, no rev, an unclean working tree   the tracked files, as they are on disk
//	a local folder                            a revision of it, in place; nothing is cloned
//	another place                             a revision of a clone in the cache
//
// Without ref and rev, a clean working tree stands for the newest revision of the branch default,
// which need not be the one that is checked out: the reference has it so.
//
// # The cache
//
// CacheDir/hg/HASH is a clone for each URL, whose name is a hash of the URL. Processes that fetch into
// the same one wait for each other. A pull gets all branches, and is believed for Env.TTL; a revision
// that is there is never pulled again. A clone that fails leaves nothing behind.
package hg

// This file defines nothing but the documentation.
