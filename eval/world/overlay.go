package world

// This file defines several file systems of package fs as one.

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

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
