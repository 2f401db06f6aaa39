package tree

// This file defines worlds without the files that Git leaves out of archives.

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch/git/attributes"
	"github.com/firn-lang/firn/eval/world"
)

// maxAttributes is the size in bytes of the largest file of attributes that is read; git has a limit of
// 100 MiB.
const maxAttributes = 16 << 20

// attributeFiles are the files of attributes in a tree, each read when it is needed. Several goroutines may
// use them at once.
type attributeFiles struct {
	parse func(text string) *attributes.File
	read  func(ctx context.Context, dir string) (text string, ok bool, err error)

	mu    sync.Mutex
	files map[string]*attributes.File // by folder; nil where there is none
}

// newAttributeFiles returns the files of attributes in host.
func newAttributeFiles(host world.Host) *attributeFiles {
	return &attributeFiles{files: map[string]*attributes.File{}, parse: attributes.Parse, read: func(ctx context.Context, dir string) (string, bool, error) {
		return ReadFile(ctx, host, world.Join("/"+dir, ".gitattributes"), maxAttributes)
	}}
}

// get returns an attribute of a path, which has no slash in front.
func (a *attributeFiles) get(ctx context.Context, name, attribute string, isDir bool) (attributes.Value, error) {
	set := attributes.Set{Folder: func(dir string) (*attributes.File, error) { return a.file(ctx, dir) }}
	return set.Get(name, attribute, isDir)
}

// file returns the file of attributes in a folder; nil if there is none.
func (a *attributeFiles) file(ctx context.Context, dir string) (*attributes.File, error) {
	a.mu.Lock()
	f, known := a.files[dir]
	a.mu.Unlock()
	if known {
		return f, nil
	}
	text, ok, err := a.read(ctx, dir)
	if err != nil {
		return nil, err
	}
	if ok {
		f = a.parse(text)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files[dir] = f
	return f, nil
}

// ExportIgnored returns host without the files and folders that have the attribute export-ignore, as
// git archive leaves them out. The files of attributes are those that attributesOf returns for a folder;
// those of host itself if it is nil.
func ExportIgnored(host world.Host, attributesOf func(ctx context.Context, dir string) (text string, ok bool, err error)) world.Host {
	files := newAttributeFiles(host)
	if attributesOf != nil {
		files.read = attributesOf
	}
	return &ignoring{host: host, attributes: files, ignored: map[string]bool{}}
}

type ignoring struct {
	host       world.Host
	attributes *attributeFiles

	mu      sync.Mutex
	ignored map[string]bool // by path, without a slash in front
}

// check returns an error for a path that is ignored, or lies in a folder that is.
func (g *ignoring) check(ctx context.Context, path string) error {
	name := strings.Trim(path, "/")
	for end := 0; end < len(name); {
		if next := strings.IndexByte(name[end+1:], '/'); next < 0 {
			end = len(name)
		} else {
			end += 1 + next
		}
		ignored, err := g.isIgnored(ctx, name[:end], nil)
		if err != nil {
			return err
		}
		if ignored {
			return &world.HiddenError{Path: name, Reason: world.ExportIgnore}
		}
	}
	return nil
}

// isIgnored reports whether a path has the attribute. isDir is nil if it is not known whether the path is
// a folder.
func (g *ignoring) isIgnored(ctx context.Context, name string, isDir *bool) (bool, error) {
	g.mu.Lock()
	ignored, known := g.ignored[name]
	g.mu.Unlock()
	if known {
		return ignored, nil
	}
	if isDir == nil {
		info, err := g.host.Lstat(ctx, "/"+name)
		if err != nil {
			return false, nil // the host says what is wrong
		}
		is := info.Type == world.Directory
		isDir = &is
	}
	v, err := g.attributes.get(ctx, name, "export-ignore", *isDir)
	if err != nil {
		return false, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ignored[name] = v == attributes.True // one with a value has no effect
	return v == attributes.True, nil
}

// Lstat implements world.Host.
func (g *ignoring) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	if err := g.check(ctx, path); err != nil {
		return world.FileInfo{}, err
	}
	return g.host.Lstat(ctx, path)
}

// Open implements world.Host.
func (g *ignoring) Open(ctx context.Context, path string) (world.File, error) {
	if err := g.check(ctx, path); err != nil {
		return nil, err
	}
	return g.host.Open(ctx, path)
}

// ReadDir implements world.Host.
func (g *ignoring) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	if err := g.check(ctx, path); err != nil {
		return nil, err
	}
	entries, err := g.host.ReadDir(ctx, path)
	if err != nil {
		return nil, err
	}
	dir := strings.TrimPrefix(strings.Trim(path, "/")+"/", "/")
	entries = slices.DeleteFunc(entries, func(e world.DirEntry) bool {
		isDir := e.Type == world.Directory
		ignored, err2 := g.isIgnored(ctx, dir+e.Name, &isDir)
		if err == nil {
			err = err2
		}
		return ignored
	})
	return entries, err
}

// ReadLink implements world.Host.
func (g *ignoring) ReadLink(ctx context.Context, path string) (string, error) {
	if err := g.check(ctx, path); err != nil {
		return "", err
	}
	return g.host.ReadLink(ctx, path)
}

// Getenv implements world.Host.
func (g *ignoring) Getenv(ctx context.Context, name string) string { return g.host.Getenv(ctx, name) }
