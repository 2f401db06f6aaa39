package eval

// This file defines the world of an evaluation: files and the environment.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/eval/core"
)

// A Host is the world of an evaluation.
type Host = core.Host

// FileInfo is what a Host knows of a file.
type FileInfo = core.FileInfo

// A DirEntry is a file in a folder.
type DirEntry = core.DirEntry

// A FileType is the type of a file: "regular", "directory", "symlink" or
// "unknown".
type FileType = core.FileType

// OS returns the files and the environment of the machine. On Windows, /c/x is
// the file C:\x.
func OS() Host { return builtins.OSHost() }

// fsHost is a file system as a world.
type fsHost struct {
	fs  fs.FS
	env func(string) string
}

// name returns a path as package fs has it.
func fsName(p string) string {
	if p = strings.TrimPrefix(path.Clean(p), "/"); p == "" {
		return "."
	}
	return p
}

// open returns the file system, if there is one.
func (h fsHost) open(op, p string) (fs.FS, error) {
	if h.fs == nil {
		return nil, &fs.PathError{Op: op, Path: p, Err: fs.ErrNotExist}
	}
	return h.fs, nil
}

func (h fsHost) Lstat(ctx context.Context, p string) (FileInfo, error) {
	fsys, err := h.open("lstat", p)
	if err != nil {
		return FileInfo{}, err
	}
	info, err := fs.Lstat(fsys, fsName(p))
	if err != nil {
		return FileInfo{}, err
	}
	return FileInfo{
		Type:       fileType(info.Mode()),
		Executable: info.Mode()&0o100 != 0,
		Size:       info.Size(),
		ModTime:    info.ModTime(),
	}, nil
}

func fileType(mode fs.FileMode) FileType {
	switch mode.Type() {
	case 0:
		return core.Regular
	case fs.ModeDir:
		return core.Directory
	case fs.ModeSymlink:
		return core.Symlink
	}
	return core.Unknown
}

func (h fsHost) ReadFile(ctx context.Context, p string) ([]byte, error) {
	fsys, err := h.open("open", p)
	if err != nil {
		return nil, err
	}
	f, err := fsys.Open(fsName(p))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 0
	if info, err := f.Stat(); err == nil {
		size = int(info.Size())
	}
	return builtins.ReadAll(ctx, f, size)
}

func (h fsHost) ReadDir(ctx context.Context, p string) ([]DirEntry, error) {
	fsys, err := h.open("open", p)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(fsys, fsName(p))
	if err != nil {
		return nil, err
	}
	out := make([]DirEntry, len(entries))
	for i, e := range entries {
		out[i] = DirEntry{Name: e.Name(), Type: fileType(e.Type())}
	}
	return out, nil
}

func (h fsHost) ReadLink(ctx context.Context, p string) (string, error) {
	fsys, err := h.open("readlink", p)
	if err != nil {
		return "", err
	}
	return fs.ReadLink(fsys, fsName(p))
}

func (h fsHost) Getenv(ctx context.Context, name string) string {
	if h.env == nil {
		return ""
	}
	return h.env(name)
}

// Overlay returns a file system that has the files of all layers. Where several
// have a file of one name, the first one counts; folders are joined. What a layer
// that is not the last one lacks is looked for in the next one.
func Overlay(layers ...fs.FS) fs.FS { return overlay(slices.Clone(layers)) }

type overlay []fs.FS

// first returns the first layer that has the file at name, and what it is there.
// A file hides what is below a folder of its name in later layers.
func (o overlay) first(op, name string) (fs.FS, fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	for _, layer := range o {
		info, err := fs.Lstat(layer, name)
		if err == nil {
			return layer, info, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if info, err := fs.Lstat(layer, dir); err == nil && !info.IsDir() {
				return nil, nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
			}
		}
	}
	return nil, nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

func (o overlay) Open(name string) (fs.File, error) {
	layer, info, err := o.first("open", name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return layer.Open(name)
	}
	entries, err := o.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &overlayDir{info: info, name: name, entries: entries}, nil
}

func (o overlay) Lstat(name string) (fs.FileInfo, error) {
	_, info, err := o.first("lstat", name)
	return info, err
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	layer, info, err := o.first("stat", name)
	if err != nil || info.IsDir() {
		return info, err
	}
	return fs.Stat(layer, name)
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	layer, _, err := o.first("open", name)
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(layer, name)
}

func (o overlay) ReadLink(name string) (string, error) {
	layer, _, err := o.first("readlink", name)
	if err != nil {
		return "", err
	}
	return fs.ReadLink(layer, name)
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	layer, info, err := o.first("readdir", name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return fs.ReadDir(layer, name) // says what is wrong
	}
	seen := map[string]bool{}
	var out []fs.DirEntry
	for _, layer := range o {
		info, err := fs.Lstat(layer, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			break // hides what comes below
		}
		entries, err := fs.ReadDir(layer, name)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !seen[e.Name()] {
				seen[e.Name()] = true
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// An overlayDir is a folder that is open.
type overlayDir struct {
	info    fs.FileInfo
	name    string
	entries []fs.DirEntry
}

func (d *overlayDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *overlayDir) Close() error               { return nil }
func (d *overlayDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a directory")}
}

func (d *overlayDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.entries) {
		if n > 0 && len(d.entries) == 0 {
			return nil, io.EOF
		}
		n = len(d.entries)
	}
	out := d.entries[:n]
	d.entries = d.entries[n:]
	return out, nil
}

// mounts is a world with the file systems of EvalFS in it.
type mounts struct {
	Host
	mu   sync.RWMutex
	list []fs.FS
}

// mountsDir is the folder that they are in. No other file is called like that.
const mountsDir = "/«fs»"

// mount returns the folder that a file system is at.
func (m *mounts) mount(fsys fs.FS) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.list, func(other fs.FS) bool { return sameFS(fsys, other) })
	if i < 0 {
		i = len(m.list)
		m.list = append(m.list, fsys)
	}
	return fmt.Sprintf("%s/%d", mountsDir, i+1)
}

func sameFS(a, b fs.FS) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	switch {
	case !x.IsValid() || !y.IsValid() || x.Type() != y.Type():
		return false
	case x.Kind() == reflect.Map:
		return x.Pointer() == y.Pointer()
	case x.Comparable() && y.Comparable():
		return a == b
	}
	return false
}

// find returns the world that path lies in, and its path there.
func (m *mounts) find(p string) (Host, string) {
	rest, ok := strings.CutPrefix(p, mountsDir+"/")
	if !ok {
		return m.Host, p
	}
	name, rest, _ := strings.Cut(rest, "/")
	m.mu.RLock()
	defer m.mu.RUnlock()
	for i, fsys := range m.list {
		if name == fmt.Sprint(i+1) {
			return fsHost{fs: fsys}, "/" + rest
		}
	}
	return m.Host, p
}

func (m *mounts) Lstat(ctx context.Context, p string) (FileInfo, error) {
	if p == mountsDir {
		return FileInfo{Type: core.Directory}, nil
	}
	host, p := m.find(p)
	return host.Lstat(ctx, p)
}

func (m *mounts) ReadFile(ctx context.Context, p string) ([]byte, error) {
	host, p := m.find(p)
	return host.ReadFile(ctx, p)
}

func (m *mounts) ReadDir(ctx context.Context, p string) ([]DirEntry, error) {
	host, p := m.find(p)
	return host.ReadDir(ctx, p)
}

func (m *mounts) ReadLink(ctx context.Context, p string) (string, error) {
	host, p := m.find(p)
	return host.ReadLink(ctx, p)
}
