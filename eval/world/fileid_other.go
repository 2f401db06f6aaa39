//go:build !linux && !darwin && !freebsd && !netbsd

package world

// This file defines what tells files apart on systems where that is not known.

import "io/fs"

func fileID(fs.FileInfo) FileID { return FileID{} }
