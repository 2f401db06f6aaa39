//go:build linux || darwin || freebsd

package local

// This file defines how files of the store are deleted: by names relative to folders that
// are open, since builders make trees deeper than a path can be long.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// openLevels is how many folders a deletion keeps open: those that it came through last.
// It finds back to the others by their entries "..".
const openLevels = 32

// longestShown is how many bytes of a path an error shows; beyond, it shows that of the
// whole tree.
const longestShown = 1000

// deleteTree deletes what is at a path, whatever it is and whatever its modes, and follows
// no links. It returns how many bytes that frees, as the reference counts them: the sizes
// of files without other links, and of those with one, which mostly is that in .links.
// What cannot be deleted stays, with the folders that it is in, and the first error is
// returned; all else is deleted. That nothing is there is no error.
func deleteTree(path string) (freed int64, err error) {
	d := &deletion{path: path}
	d.visit(unix.AT_FDCWD, path)
	for len(d.levels) > 0 {
		top := d.levels[len(d.levels)-1]
		if n := len(top.names); n > 0 {
			name := top.names[n-1]
			top.names = top.names[:n-1]
			d.visit(int(top.dir.Fd()), name)
			continue
		}
		if !d.leave() {
			break
		}
	}
	for _, l := range d.levels {
		l.close()
	}
	return d.freed, d.err
}

// A deletion is the state of deleteTree. The folder that is being emptied is the last of
// the levels, and open.
type deletion struct {
	path   string
	levels []*level // each within the one before
	freed  int64    // bytes
	err    error    // the first; nil if there was none
}

// A level is a folder whose entries are being deleted.
type level struct {
	name        string   // in the folder that it is in; of the first, the path
	dir         *os.File // nil: closed until it is come back to
	names       []string // entries that have not been visited
	device, ino uint64
}

func (l *level) close() {
	if l.dir != nil {
		_ = l.dir.Close()
		l.dir = nil
	}
}

// fail records an error of an entry of the last level. That the entry has gone is none.
func (d *deletion) fail(op, name string, err error) {
	if d.err != nil || errors.Is(err, fs.ErrNotExist) {
		return
	}
	path := ""
	for _, l := range d.levels {
		path = filepath.Join(path, l.name)
	}
	if path = filepath.Join(path, name); len(path) > longestShown {
		path = d.path
	}
	d.err = &fs.PathError{Op: op, Path: path, Err: err}
}

// visit deletes an entry of an open folder. If it is a folder, that becomes the last level.
func (d *deletion) visit(dir int, name string) {
	var st unix.Stat_t
	if err := again(func() error { return unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) }); err != nil {
		d.fail("lstat", name, err)
		return
	}
	if st.Mode&unix.S_IFMT == unix.S_IFDIR {
		d.enter(dir, name, &st)
		return
	}
	if err := again(func() error { return unix.Unlinkat(dir, name, 0) }); err != nil {
		d.fail("remove", name, err)
		return
	}
	if st.Nlink <= 2 {
		d.freed += st.Size
	}
}

// enter opens a folder, gives the user all rights in it, and makes it the last level.
func (d *deletion) enter(dir int, name string, st *unix.Stat_t) {
	const all = 0o700
	mode := uint32(st.Mode) & 0o777
	fd, err := openFolder(dir, name)
	if errors.Is(err, unix.EACCES) && mode&all != all {
		err = unix.Fchmodat(dir, name, mode|all, unix.AT_SYMLINK_NOFOLLOW)
		if errors.Is(err, unix.EOPNOTSUPP) { // Linux before 6.6
			err = unix.Fchmodat(dir, name, mode|all, 0)
		}
		if err == nil {
			mode |= all
			fd, err = openFolder(dir, name)
		}
	}
	if err != nil {
		d.fail("open", name, err)
		return
	}
	if mode&all != all {
		if err := unix.Fchmod(fd, mode|all); err != nil {
			d.fail("chmod", name, err)
		}
	}
	l := &level{name: name, dir: os.NewFile(uintptr(fd), name), device: uint64(st.Dev), ino: st.Ino}
	if l.names, err = l.dir.Readdirnames(-1); err != nil {
		d.fail("readdirent", name, err)
	}
	if n := len(d.levels); n >= openLevels {
		d.levels[n-openLevels].close()
	}
	d.levels = append(d.levels, l)
}

// leave deletes the folder of the last level, and goes back to the one that it is in. It
// reports whether that is possible: not if the folder was moved meanwhile.
func (d *deletion) leave() bool {
	last := d.levels[len(d.levels)-1]
	d.levels = d.levels[:len(d.levels)-1]
	defer last.close()
	above := unix.AT_FDCWD
	if n := len(d.levels); n > 0 {
		up := d.levels[n-1]
		if up.dir == nil {
			if err := up.reopen(int(last.dir.Fd())); err != nil {
				d.fail("open", last.name, err)
				return false
			}
		}
		above = int(up.dir.Fd())
	}
	if err := again(func() error { return unix.Unlinkat(above, last.name, unix.AT_REMOVEDIR) }); err != nil {
		d.fail("remove", last.name, err)
	}
	return true
}

// errMoved is the error of a folder that is no longer where a deletion found it.
var errMoved = errors.New("moved while it was deleted")

// reopen opens the folder of a level again, which below must be in.
func (l *level) reopen(below int) error {
	fd, err := openFolder(below, "..")
	if err != nil {
		return err
	}
	var st unix.Stat_t
	if err = unix.Fstat(fd, &st); err == nil && (uint64(st.Dev) != l.device || st.Ino != l.ino) {
		err = errMoved
	}
	if err != nil {
		_ = unix.Close(fd)
		return err
	}
	l.dir = os.NewFile(uintptr(fd), l.name)
	return nil
}

// openFolder opens a folder that is an entry of an open one, and no link to a folder.
func openFolder(dir int, name string) (fd int, err error) {
	err = again(func() error {
		fd, err = unix.Openat(dir, name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		return err
	})
	return fd, err
}

// again calls a function of the system until no signal interrupts it.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
