package repo

// This file defines how a file on disk is compared with its entry in the index.

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/index"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// A disk compares files of a working tree with entries of its index. It is not for several goroutines
// at once.
type disk struct {
	repo  *Repository
	index *index.Index

	fileMode, symlinks, ctime, minimal bool       // what the file system can be trusted with
	conv                               *converter // nil if none was needed so far
	names                              *names

	foldersKnown bool // all folders of the index are folders
	// Entries are in order, so that all in a folder come after each other.
	dir     string // the last folder that is one, as is all on the way; "" is the root
	notADir string // the last that is none; "" if there was none
}

func newDisk(r *Repository, ix *index.Index) *disk {
	check, _ := r.Config.Get("core", "", "checkstat")
	return &disk{
		repo: r, index: ix, names: newNames(r.WorkTree),
		fileMode: r.Config.Bool("core", "filemode", true),
		symlinks: r.Config.Bool("core", "symlinks", true),
		ctime:    r.Config.Bool("core", "trustctime", true),
		minimal:  strings.EqualFold(check, "minimal"),
	}
}

// converter returns what knows about files that Git converts.
func (d *disk) converter() *converter {
	if d.conv == nil {
		d.conv = newConverter(d.repo, d.index, false)
	}
	return d.conv
}

// compare returns how an entry differs from what is on disk.
func (d *disk) compare(ctx context.Context, e *index.Entry) (state, error) {
	if e.Mode == odb.ModeSubmodule {
		return 0, nil
	}
	if e.Mode == odb.ModeTree {
		return missing, nil // of a sparse index
	}
	gone := missing
	if e.Flags&index.AssumeUnchanged != 0 {
		gone = 0
	}
	if !d.there(parentFolder(e.Name)) {
		return gone, nil
	}
	info, err := d.names.lstat(e.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || isFolderError(err):
		return gone, nil
	case err != nil:
		return 0, err
	case info.mode.IsDir():
		return gone, nil
	case e.Flags&(index.AssumeUnchanged|index.SkipWorktree) != 0:
		return converted, nil
	case d.modeDiffers(e, info.mode):
		return changed, nil
	case e.Flags&index.IntentToAdd != 0:
		return changed, nil
	}
	if d.sameStat(e, info) {
		return 0, nil // Repository.converted looks at these
	}
	if e.Stat.Size != uint32(info.stat.size) && e.Stat.Size != 0 {
		return changed, nil
	}
	same, err := d.sameContents(ctx, e, d.names.path(e.Name), info.mode)
	switch {
	case err != nil:
		return 0, err
	case !same:
		return changed, nil
	}
	if is, err := d.converter().converted(ctx, e, info.stat.size); !is {
		return 0, err
	}
	return converted, nil
}

// there reports whether a folder is one, and so is all on the way: a symbolic link in its place leads to
// other files.
func (d *disk) there(dir string) bool {
	if d.foldersKnown || dir == d.dir {
		return true
	}
	if d.notADir != "" && within(dir, d.notADir) {
		return false
	}
	for !within(d.dir, dir) && !within(dir, d.dir) {
		d.dir = parentFolder(d.dir)
	}
	if within(d.dir, dir) {
		d.dir = dir
	}
	for len(d.dir) < len(dir) {
		next := dir
		start := min(len(d.dir)+1, len(dir))
		if d.dir == "" {
			start = 0
		}
		if i := strings.IndexByte(dir[start:], '/'); i >= 0 {
			next = dir[:start+i]
		}
		if info, err := d.names.lstat(next); err != nil || !info.mode.IsDir() {
			d.notADir = next
			return false
		}
		d.dir = next
	}
	return true
}

// within reports whether a name is dir or lies below it; "" is the root.
func within(name, dir string) bool {
	return dir == "" || strings.HasPrefix(name, dir) && (len(name) == len(dir) || name[len(dir)] == '/')
}

// parentFolder returns the folder of a name; "" for the root.
func parentFolder(name string) string { return name[:max(strings.LastIndexByte(name, '/'), 0)] }

// modeDiffers reports whether a file is of another kind than its entry.
func (d *disk) modeDiffers(e *index.Entry, mode fs.FileMode) bool {
	switch mode.Type() {
	case fs.ModeSymlink:
		return e.Mode != odb.ModeLink
	case 0:
		if e.Mode == odb.ModeLink {
			return d.symlinks
		}
		return d.fileMode && (e.Mode == odb.ModeExecutable) != (mode&0o100 != 0)
	}
	return true
}

// sameStat reports whether the file system says the same of a file as when Git read it, and the file
// has not changed since then. A file that was changed when the index was written, or later, may have
// been changed again at the same time.
func (d *disk) sameStat(e *index.Entry, info diskInfo) bool {
	was, is := e.Stat, info.stat
	switch {
	case was.ModSec != uint32(is.modSec) || was.Size != uint32(is.size):
		return false
	case was.ModNano != 0 && is.modNano != 0 && was.ModNano != uint32(is.modNano):
		return false
	case !d.minimal && is.known && (was.Inode != uint32(is.inode) || was.UID != uint32(is.uid) || was.GID != uint32(is.gid)):
		return false
	case !d.minimal && d.ctime && is.known && (was.ChangeSec != uint32(is.changeSec) || was.ChangeNano != uint32(is.changeNano)):
		return false
	}
	written := d.index.Written
	if written.IsZero() {
		return false
	}
	return is.modSec < written.Unix() || is.modSec == written.Unix() && is.modNano < int64(written.Nanosecond())
}

// sameContents reports whether a file has the contents of its entry, as they are or, where Git changes
// ends of lines when it writes a file, with these changed back.
func (d *disk) sameContents(ctx context.Context, e *index.Entry, path string, mode fs.FileMode) (bool, error) {
	if mode.Type() == fs.ModeSymlink {
		target, err := os.Readlink(path)
		return err == nil && d.repo.Format.Hash(odb.KindBlob, []byte(target)) == e.ID, err
	}
	id, size, err := d.hashFile(ctx, path, -1, false)
	if err != nil || id == e.ID {
		return err == nil, err
	}
	if size < 0 || !d.converter().mayHaveCRLF(e.Name) {
		return false, nil
	}
	_, size, err = d.hashFile(ctx, path, 0, true)
	if err != nil {
		return false, err
	}
	id, _, err = d.hashFile(ctx, path, size, true)
	return err == nil && id == e.ID, err
}

// hashFile returns the name of the blob with the contents of a file, and their size. size is that of the
// contents if it is known, which it has to be for lines that end as Git stores them; -1 takes what the
// file system says.
func (d *disk) hashFile(ctx context.Context, path string, size int64, lines bool) (odb.ID, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return odb.ID{}, 0, err
	}
	defer f.Close()
	if size < 0 {
		info, err := f.Stat()
		if err != nil {
			return odb.ID{}, 0, err
		}
		size = info.Size()
	}
	h := d.repo.Format.New()
	fmt.Fprintf(h, "%s %d\x00", odb.KindBlob, size)
	var r io.Reader = readerUntil{ctx, f}
	if lines {
		r = &lfReader{r: bufio.NewReader(r)}
	}
	n, err := io.Copy(h, r)
	return odb.MakeID(h.Sum(nil)), n, err
}

// A readerUntil reads until its context is done.
type readerUntil struct {
	ctx context.Context
	r   io.Reader
}

func (r readerUntil) Read(b []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.r.Read(b)
}

// An lfReader reads lines that end in CR and LF as if they ended in LF.
type lfReader struct{ r *bufio.Reader }

func (l *lfReader) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n, err := l.r.Read(b)
	kept := b[:0]
	for rest := b[:n]; len(rest) > 0; {
		i := bytes.IndexByte(rest, '\r')
		if i < 0 {
			kept = append(kept, rest...)
			break
		}
		kept = append(kept, rest[:i]...)
		follows := byte(0)
		if i+1 < len(rest) {
			follows = rest[i+1]
		} else if next, err := l.r.Peek(1); err == nil {
			follows = next[0]
		}
		if follows != '\n' {
			kept = append(kept, '\r')
		}
		rest = rest[i+1:]
	}
	return len(kept), err
}
