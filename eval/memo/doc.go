// Package memo keeps results on the disk, each with what it depended on, so that a later process
// need not compute it again.
//
//	Cache     a folder with entries, of bounded size, for any number of processes
//	Entry     a result, the messages that were printed on the way, and the reads that led to it
//	Key       names an entry: a hash of all that decides the result and is no read
//
// An entry is a file of its own. It is written beside its place and moved there, so that another
// process sees a whole one or none; a checksum finds those that a crash or a disk has damaged. What
// cannot be read is no entry: a cache has no errors that a caller would have to handle.
//
// Whether an entry still holds is not known here: callers compare its reads with the world, as
// world.Unchanged does. A read of what is different each time makes an entry pointless, and Put
// does not write it.
package memo
