package repo

// This file defines what a file system says of a file.

import "io/fs"

// A diskInfo is what a file system says of a file.
type diskInfo struct {
	mode fs.FileMode
	stat diskStat
}

// A diskStat is what the index keeps of it.
type diskStat struct {
	modSec, modNano       int64 // when contents were changed last
	changeSec, changeNano int64 // when anything was changed last
	size                  int64 // in bytes
	inode, uid, gid       uint64
	known                 bool // the system says more than time of change and size
}
