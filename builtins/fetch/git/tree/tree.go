package tree

// This file defines Tree.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/eval/world"
)

// A Tree is the files of a tree of a repository, as a world. Submodules are empty folders. Several
// goroutines may use it at once.
type Tree struct {
	repo *repo.Repository
	root odb.ID

	mu      sync.RWMutex
	folders map[odb.ID][]odb.Entry // trees that were read, with entries in the order of names
	kept    int                    // entries in folders
}

// maxKept is how many entries a Tree remembers: a few times those of nixpkgs.
const maxKept = 400_000

// maxLink is the size in bytes of the longest target of a symbolic link, a limit of file systems.
const maxLink = 4096

// New returns the files of the tree with that name.
func New(r *repo.Repository, root odb.ID) *Tree {
	return &Tree{repo: r, root: root, folders: map[odb.ID][]odb.Entry{}}
}

// ID returns the name of the tree.
func (t *Tree) ID() odb.ID { return t.root }

// folder returns the entries of a tree in the order of names.
func (t *Tree) folder(ctx context.Context, id odb.ID) ([]odb.Entry, error) {
	t.mu.RLock()
	entries, ok := t.folders[id]
	t.mu.RUnlock()
	if ok {
		return entries, nil
	}
	entries, err := t.repo.Tree(ctx, id)
	if err != nil {
		return nil, err
	}
	byName := func(a, b odb.Entry) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(entries, byName)
	for i := 1; i < len(entries); i++ {
		if entries[i].Name == entries[i-1].Name {
			return nil, fmt.Errorf("object %s: the tree has '%s' twice", id, entries[i].Name)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept += len(entries); t.kept > maxKept {
		clear(t.folders)
		t.kept = len(entries)
	}
	t.folders[id] = entries
	return entries, nil
}

// lookup returns the entry at a path.
func (t *Tree) lookup(ctx context.Context, op, path string) (odb.Entry, error) {
	e := odb.Entry{Mode: odb.ModeTree, ID: t.root}
	for name := range strings.SplitSeq(path, "/") {
		if name == "" {
			continue
		}
		if e.Mode != odb.ModeTree {
			return e, &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist}
		}
		entries, err := t.folder(ctx, e.ID)
		if err != nil {
			return e, err
		}
		i, ok := slices.BinarySearchFunc(entries, name, func(e odb.Entry, name string) int { return strings.Compare(e.Name, name) })
		if !ok {
			return e, &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist}
		}
		e = entries[i]
	}
	return e, nil
}

// fileType returns what an entry is to a world.
func fileType(m odb.Mode) world.FileType {
	switch m {
	case odb.ModeTree, odb.ModeSubmodule:
		return world.Directory
	case odb.ModeLink:
		return world.Symlink
	}
	return world.Regular
}

// Lstat implements world.Host.
func (t *Tree) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	e, err := t.lookup(ctx, "lstat", path)
	if err != nil {
		return world.FileInfo{}, err
	}
	info := world.FileInfo{Type: fileType(e.Mode), Executable: e.Mode == odb.ModeExecutable}
	if info.Type == world.Regular {
		kind, size, err := t.repo.Objects().Stat(ctx, e.ID)
		if err == nil {
			err = checkBlob(e, kind)
		}
		if err != nil {
			return info, err
		}
		info.Size = size
	}
	return info, nil
}

// checkBlob returns an error unless an entry of a file leads to a blob.
func checkBlob(e odb.Entry, kind odb.Kind) error {
	if kind != odb.KindBlob {
		return fmt.Errorf("file '%s' in a Git tree is a %s, and not a blob: object %s", e.Name, kind, e.ID)
	}
	return nil
}

// Open implements world.Host.
func (t *Tree) Open(ctx context.Context, path string) (world.File, error) {
	e, err := t.lookup(ctx, "open", path)
	if err != nil {
		return nil, err
	}
	switch fileType(e.Mode) {
	case world.Directory:
		return nil, &fs.PathError{Op: "read", Path: path, Err: syscall.EISDIR}
	case world.Symlink:
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.ELOOP}
	}
	return t.open(ctx, e)
}

// open opens the file of an entry.
func (t *Tree) open(ctx context.Context, e odb.Entry) (*file, error) {
	o, err := t.repo.Objects().Open(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := checkBlob(e, o.Kind); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return &file{o, e.Mode == odb.ModeExecutable}, nil
}

// A file is an open file of a Tree.
type file struct {
	*odb.Object
	executable bool
}

// Stat implements world.File.
func (f *file) Stat() (world.FileInfo, error) {
	return world.FileInfo{Type: world.Regular, Executable: f.executable, Size: f.Size}, nil
}

// ReadDir implements world.Host.
func (t *Tree) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	e, err := t.lookup(ctx, "open", path)
	if err != nil {
		return nil, err
	}
	switch e.Mode {
	case odb.ModeSubmodule:
		return nil, nil
	case odb.ModeTree:
	default:
		return nil, &fs.PathError{Op: "readdir", Path: path, Err: syscall.ENOTDIR}
	}
	entries, err := t.folder(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	out := make([]world.DirEntry, len(entries))
	for i, e := range entries {
		out[i] = world.DirEntry{Name: e.Name, Type: fileType(e.Mode)}
	}
	return out, nil
}

// ReadLink implements world.Host.
func (t *Tree) ReadLink(ctx context.Context, path string) (string, error) {
	e, err := t.lookup(ctx, "readlink", path)
	if err != nil {
		return "", err
	}
	if e.Mode != odb.ModeLink {
		return "", &fs.PathError{Op: "readlink", Path: path, Err: fs.ErrInvalid}
	}
	return t.target(ctx, e)
}

// target returns the target of a symbolic link.
func (t *Tree) target(ctx context.Context, e odb.Entry) (string, error) {
	kind, data, err := t.repo.Objects().Read(ctx, e.ID, maxLink)
	if err == nil {
		err = checkBlob(e, kind)
	}
	return string(data), err
}

// Getenv implements world.Host: there are no environment variables.
func (t *Tree) Getenv(context.Context, string) string { return "" }

// Submodule returns the commit that the submodule at a path is at. ok is false if there is no submodule.
func (t *Tree) Submodule(ctx context.Context, path string) (id odb.ID, ok bool, err error) {
	e, err := t.lookup(ctx, "lstat", path)
	if errors.Is(err, fs.ErrNotExist) {
		return odb.ID{}, false, nil
	}
	return e.ID, err == nil && e.Mode == odb.ModeSubmodule, err
}

// ReadFile returns the contents of a file of at most limit bytes. ok is false if there is no such file.
func ReadFile(ctx context.Context, host world.Host, path string, limit int64) (text string, ok bool, err error) {
	f, err := host.Open(ctx, path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("file '%s' has more than %d bytes", path, limit)
	}
	return string(data), err == nil, err
}
