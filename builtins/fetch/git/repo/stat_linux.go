package repo

// This file defines how Linux is asked for a file.

import (
	"cmp"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// near is how many folders below the open one a file may be before another is opened.
const near = 3

// names asks for files of a working tree by name. It holds the folder two levels up of the last file open, from
// which the next ones are mostly looked for: with 53,000 files, looking for each from the root takes half of the
// time. The caller must close it.
type names struct {
	root string
	base string // the open folder
	fd   int    // of it; -1 if none is open
}

func newNames(root string) *names { return &names{root: root, fd: -1} }

// path returns where a name lies. Names are clean.
func (n *names) path(name string) string { return n.root + "/" + name }

// close gives the open folder back.
func (n *names) close() {
	if n.fd >= 0 {
		_ = unix.Close(n.fd)
		n.fd = -1
	}
}

// lstat is os.Lstat without what it makes for its result: a status takes one for each file. The folders that the
// name is in must have been asked for, and not be links.
func (n *names) lstat(name string) (diskInfo, error) {
	var st unix.Stat_t
	at, rel := n.place(name)
	for {
		err := unix.Fstatat(at, rel, &st, unix.AT_SYMLINK_NOFOLLOW)
		if err == nil {
			break
		}
		if err != unix.EINTR {
			return diskInfo{}, &os.PathError{Op: "lstat", Path: n.path(name), Err: err}
		}
	}
	mode := fs.FileMode(st.Mode & 0o777)
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		mode |= fs.ModeDir
	case unix.S_IFLNK:
		mode |= fs.ModeSymlink
	default:
		mode |= fs.ModeIrregular
	}
	return diskInfo{mode, diskStat{
		modSec: int64(st.Mtim.Sec), modNano: int64(st.Mtim.Nsec), changeSec: int64(st.Ctim.Sec), changeNano: int64(st.Ctim.Nsec),
		size: st.Size, inode: st.Ino, uid: uint64(st.Uid), gid: uint64(st.Gid), known: true,
	}}, nil
}

// place returns an open folder, and the name from there on. The empty name is that of the root.
func (n *names) place(name string) (fd int, rel string) {
	if n.fd >= 0 && within(name, n.base) {
		if rel := strings.TrimPrefix(name[len(n.base):], "/"); strings.Count(rel, "/") < near {
			return n.fd, cmp.Or(rel, ".")
		}
	}
	base := parentFolder(parentFolder(name))
	fd, err := unix.Open(n.path(base), unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return unix.AT_FDCWD, n.path(name)
	}
	n.close()
	n.base, n.fd = base, fd
	return fd, cmp.Or(strings.TrimPrefix(name[len(base):], "/"), ".")
}
