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
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/attributes"
	"github.com/firn-lang/firn/builtins/fetch/git/index"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// A disk compares files of a working tree with entries of its index. It is not for several goroutines
// at once.
type disk struct {
	repo  *Repository
	root  string // of the working tree
	index *index.Index

	fileMode, symlinks, ctime, minimal bool            // what the file system can be trusted with
	autoCRLF                           bool            // ends of lines may differ everywhere
	converts                           bool            // files may have other bytes on disk than in the index
	dir                                string          // the folder of the last entry
	dirThere                           bool            // it is a folder, and so is all on the way
	folders                            map[string]bool // the same of all folders that were asked for
	attributes                         *attributes.Set
}

func newDisk(r *Repository, ix *index.Index) *disk {
	check, _ := r.Config.Get("core", "", "checkstat")
	crlf, _ := r.Config.Get("core", "", "autocrlf")
	d := &disk{
		repo: r, root: r.WorkTree, index: ix, dirThere: true, folders: map[string]bool{},
		fileMode: r.Config.Bool("core", "filemode", true),
		symlinks: r.Config.Bool("core", "symlinks", true),
		ctime:    r.Config.Bool("core", "trustctime", true),
		minimal:  strings.EqualFold(check, "minimal"),
		autoCRLF: crlf != "" && !strings.EqualFold(crlf, "false"),
	}
	files := map[string]*attributes.File{}
	d.attributes = &attributes.Set{Folder: func(dir string) (*attributes.File, error) {
		f, ok := files[dir]
		if !ok {
			f = readAttributes(filepath.Join(d.root, filepath.FromSlash(dir), ".gitattributes"))
			files[dir] = f
		}
		return f, nil
	}, First: readAttributes(filepath.Join(r.Common, "info", "attributes"))}
	return d
}

// readAttributes reads a file of attributes; nil if there is none.
func readAttributes(name string) *attributes.File {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxConfig))
	if err != nil {
		return nil
	}
	return attributes.Parse(string(text))
}

// compare returns how an entry differs from what is on disk.
func (d *disk) compare(ctx context.Context, e *index.Entry) (state, error) {
	if e.Mode == odb.ModeSubmodule {
		return 0, nil
	}
	if e.Mode == odb.ModeTree {
		return missing, nil // of a sparse index
	}
	if dir := parentFolder(e.Name); dir != d.dir {
		d.dir, d.dirThere = dir, d.there(dir)
	}
	gone := missing
	if e.Flags&index.AssumeUnchanged != 0 {
		gone = 0
	}
	if !d.dirThere {
		return gone, nil
	}
	path := filepath.Join(d.root, filepath.FromSlash(e.Name))
	info, err := lstat(path)
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
		return d.converted(ctx, e, info)
	}
	if e.Stat.Size != uint32(info.stat.size) && e.Stat.Size != 0 {
		return changed, nil
	}
	same, err := d.sameContents(ctx, e, path, info.mode)
	switch {
	case err != nil:
		return 0, err
	case same:
		return d.converted(ctx, e, info)
	}
	return changed, nil
}

// lineAttributes are those that decide about the ends of lines, and filterAttributes those that decide about
// other conversions of files.
var (
	lineAttributes   = []string{"text", "eol", "crlf"}
	filterAttributes = []string{"filter", "ident", "working-tree-encoding"}
)

// convertsAny reports whether Git may convert any file of the index.
func (d *disk) convertsAny() bool {
	sets := func(f *attributes.File) bool {
		return f != nil && (f.Sets(lineAttributes...) || f.Sets(filterAttributes...))
	}
	if d.autoCRLF || sets(d.attributes.First) {
		return true
	}
	for i := range d.index.Entries {
		if dir, ok := strings.CutSuffix(d.index.Entries[i].Name, ".gitattributes"); ok {
			if f, _ := d.attributes.Folder(strings.TrimSuffix(dir, "/")); sets(f) {
				return true
			}
		}
	}
	return false
}

// converted returns the state of a file that is unchanged: 0, or converted. Where only ends of lines may
// differ, they do if the size does.
func (d *disk) converted(ctx context.Context, e *index.Entry, info diskInfo) (state, error) {
	if !d.converts || e.Mode == odb.ModeLink {
		return 0, nil
	}
	for _, name := range filterAttributes {
		if v, _ := d.attributes.Get(e.Name, name, false); v != attributes.Unspecified && v != attributes.False {
			return converted, nil
		}
	}
	if !d.mayHaveCRLF(e.Name) {
		return 0, nil
	}
	_, size, err := d.repo.objects.Stat(ctx, e.ID)
	if err != nil || size == info.stat.size {
		return 0, err
	}
	return converted, nil
}

// there reports whether a folder is one, and so is all on the way: a symbolic link in its place leads to
// other files.
func (d *disk) there(dir string) bool {
	if dir == "" {
		return true
	}
	there, known := d.folders[dir]
	if !known {
		if there = d.there(parentFolder(dir)); there {
			info, err := lstat(filepath.Join(d.root, filepath.FromSlash(dir)))
			there = err == nil && info.mode.IsDir()
		}
		d.folders[dir] = there
	}
	return there
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
	if size < 0 || !d.mayHaveCRLF(e.Name) {
		return false, nil
	}
	_, size, err = d.hashFile(ctx, path, 0, true)
	if err != nil {
		return false, err
	}
	id, _, err = d.hashFile(ctx, path, size, true)
	return err == nil && id == e.ID, err
}

// mayHaveCRLF reports whether Git may change ends of lines of a file.
func (d *disk) mayHaveCRLF(name string) bool {
	text, _ := d.attributes.Get(name, "text", false)
	eol, _ := d.attributes.Get(name, "eol", false)
	crlf, _ := d.attributes.Get(name, "crlf", false)
	if text == attributes.False || crlf == attributes.False {
		return false
	}
	return d.autoCRLF || text != attributes.Unspecified || eol != attributes.Unspecified || crlf != attributes.Unspecified
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
