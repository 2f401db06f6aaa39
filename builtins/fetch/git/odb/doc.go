// Package odb reads the objects of Git repositories: loose ones, packs with their indexes, and the
// commit-graph. It reads files and runs no program.
//
//	Database       the objects of a folder such as .git/objects, and of its alternates
//	ID, Format     names of objects, by SHA-1 or SHA-256
//	Object         an object that is open; blobs stream
//	Commit         what a commit says;  ParseCommit reads it
//	Entry          a row of a tree;  TreeEntries reads them
//	Graph          the commit-graph: parents of commits without reading the commits
//
// # Files
//
//	objects/ab/cdef…                    a loose object: compressed header and contents
//	objects/pack/pack-….pack, .idx      many objects, some as changes to others; index versions 1 and 2
//	objects/pack/multi-pack-index       one index for many packs
//	objects/info/alternates             further folders of objects
//	objects/info/commit-graph, commit-graphs/
//
// Files of packs and indexes are mapped into memory where the system can do that, and read piece by
// piece elsewhere. They are never changed by Git once they are there. A file that gets shorter while
// it is mapped is an error and not a crash.
//
// # Trust
//
// A repository may be somebody else's. Whatever is in its files, reading ends with an error or a
// result, within memory that the sizes below bound: contents that are stored whole pass through a
// buffer, and those that are stored as a change to another object are limited to MaxDelta bytes. The
// bytes of an object are hashed as they are read, and its name is compared at the end.
package odb
