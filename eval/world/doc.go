// Package world is the line between evaluation and everything outside of it: files, symbolic links
// and environment variables. An evaluation sees a Host and nothing else, so that a Host is also the
// place where a sandbox, a record of what was read, or files that are on no disk are put.
//
//	Host                 what an evaluation can see
//	OS, FromFS, None     worlds at the bottom: the machine, a file system of package fs, nothing
//	Overlay              several file systems of package fs as one
//	Restrict             a world of which only some trees can be looked at
//	Mounts               a world with further file systems in it, each visible to some evaluations only
//	Texts                a world with some texts in it
//	Recorder             a world that remembers what was read, and notices when that changes
//	ReadFile, Links      what callers do with a Host: read a whole file, follow symbolic links
//
// # Layers
//
// Worlds are put on top of each other: the machine or an fs.FS at the bottom, then what hides, adds
// or records. A wrapper is a struct with the world that it wraps in a field, and never embeds that
// world: a method that Host gains is then a compile error in every wrapper, and none can let calls
// through that it does not know. For the same reason Host has no optional part that a type
// assertion would find: what one layer does not forward, all layers above it would lose.
//
// # Streams
//
// Files are read through Open only. A file of a gigabyte that is hashed passes through a buffer,
// whatever layers are in between. ReadFile reads a file into memory for callers that need all of
// it, and has a limit in bytes that Host.Open need not know about.
//
// # Paths
//
// Paths of a Host are absolute, clean and separated by slashes, on every system; see Clean and
// OSPath. A Host follows symbolic links on the way to a path, as the machine does, but for the last
// part it says what is there. Callers that must not be led out of an allowed tree resolve links
// first, one by one: see Links.
//
// # Reading again
//
// A Recorder keeps, for each thing that was read, a hash of its contents and a Stamp: size, times
// and number of the file, which tell that a file is the same without reading it. A stamp is kept
// only if the file was at rest for a while when it was read, since a change right after the reading
// may leave times and size as they are.
package world
