package fetch

// This file defines the schemes path, file and tarball.

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// pathScheme fetches trees of the world: they are read where they are. lastModified is
// believed if it is given, and otherwise the time of the newest file, folders included.
type pathScheme struct{}

func (pathScheme) Fetch(ctx context.Context, in *flakeref.Ref, env *Env) (*Tree, error) {
	attrs := in.All()
	file, _ := attrs["path"].(string)
	if !strings.HasPrefix(file, "/") {
		text, err := in.Text(&flakeref.Parser{Warn: env.Warn})
		if err != nil {
			return nil, err
		}
		return nil, fileErrorf("cannot fetch input '%s' because it uses a relative path", text)
	}
	file = path.Clean(file)
	newest, err := lastChange(ctx, file, env)
	if err != nil {
		return nil, err
	}
	if _, given := attrs["lastModified"]; !given {
		attrs["lastModified"] = uint64(max(newest.Unix(), 0))
	}
	return &Tree{Files: Sub(env.Host, file), Path: file, Shown: file, Attrs: attrs}, nil
}

// lastChange returns the time of the latest change in the tree at file: of file itself and,
// for a directory, of all below it. Links count themselves and are not followed.
func lastChange(ctx context.Context, file string, env *Env) (time.Time, error) {
	if err := budget.Tick(env.Budget, 4); err != nil {
		return time.Time{}, err
	}
	info, err := env.Host.Lstat(ctx, file)
	if err != nil {
		// Quirk: the reference shows the path with two slashes:
		// eval-fail-fetchTree-missing-memory-store in corpus/builtins.
		return time.Time{}, store.PathError(err, "/"+file)
	}
	newest := info.ModTime
	if info.Type != world.Directory {
		return newest, nil
	}
	entries, err := env.Host.ReadDir(ctx, file)
	if err != nil {
		return newest, store.PathError(err, file)
	}
	for _, e := range entries {
		t, err := lastChange(ctx, world.Join(file, e.Name), env)
		if err != nil {
			return newest, err
		}
		if t.After(newest) {
			newest = t
		}
	}
	return newest, nil
}

// Sub returns the tree at dir, which is clean, as a world of its own: links in it lead to
// what is in it, or nowhere.
func Sub(host world.Host, dir string) world.Host {
	if dir == "/" {
		return host
	}
	below := below{host, dir}
	return &sub{below, world.NewLinks(below)}
}

// below is what is at and below dir of a host. It follows links as the host does: also out
// of dir.
type below struct {
	host world.Host
	dir  string
}

// at returns where p is in the host.
func (b below) at(p string) string {
	if p == "/" {
		return b.dir
	}
	return b.dir + p
}

func (b below) Lstat(ctx context.Context, p string) (world.FileInfo, error) {
	return b.host.Lstat(ctx, b.at(p))
}

func (b below) Open(ctx context.Context, p string) (world.File, error) {
	return b.host.Open(ctx, b.at(p))
}

func (b below) ReadDir(ctx context.Context, p string) ([]world.DirEntry, error) {
	return b.host.ReadDir(ctx, b.at(p))
}

func (b below) ReadLink(ctx context.Context, p string) (string, error) {
	return b.host.ReadLink(ctx, b.at(p))
}

func (b below) Getenv(ctx context.Context, name string) string { return b.host.Getenv(ctx, name) }

// A sub is a tree below a directory of a host. It asks the host only for paths without links
// among their directories, which the host would follow.
type sub struct {
	below
	links *world.Links
}

func (s *sub) Lstat(ctx context.Context, p string) (world.FileInfo, error) {
	real, err := s.links.Parent(ctx, nil, p)
	if err != nil {
		return world.FileInfo{}, err
	}
	return s.below.Lstat(ctx, real)
}

func (s *sub) Open(ctx context.Context, p string) (world.File, error) {
	real, err := s.links.Resolve(ctx, nil, p, false)
	if err != nil {
		return nil, err
	}
	return s.below.Open(ctx, real)
}

func (s *sub) ReadDir(ctx context.Context, p string) ([]world.DirEntry, error) {
	real, err := s.links.Resolve(ctx, nil, p, false)
	if err != nil {
		return nil, err
	}
	return s.below.ReadDir(ctx, real)
}

func (s *sub) ReadLink(ctx context.Context, p string) (string, error) {
	real, err := s.links.Parent(ctx, nil, p)
	if err != nil {
		return "", err
	}
	return s.below.ReadLink(ctx, real)
}

// fileScheme fetches single files. They are hashed as trees.
type fileScheme struct{ f *Fetcher }

func (s fileScheme) Fetch(ctx context.Context, in *flakeref.Ref, env *Env) (*Tree, error) {
	attrs := in.All()
	url, err := urlOf(attrs)
	if err != nil {
		return nil, err
	}
	file, err := s.f.file(ctx, source{kind: "file", url: url}, env)
	if err != nil {
		return nil, err
	}
	return &Tree{Files: file, Attrs: attrs, Fingerprint: "file " + file.Hash.String()}, nil
}

// urlOf returns the attribute url.
func urlOf(attrs flakeref.Attrs) (string, error) {
	url, ok := attrs["url"].(string)
	if !ok {
		return "", fileErrorf("input attribute 'url' is missing")
	}
	return url, nil
}

// tarballScheme fetches archives. lastModified is believed if it is given, and otherwise
// the time of the newest entry.
type tarballScheme struct{ f *Fetcher }

func (s tarballScheme) Fetch(ctx context.Context, in *flakeref.Ref, env *Env) (*Tree, error) {
	attrs := in.All()
	url, err := urlOf(attrs)
	if err != nil {
		return nil, err
	}
	want, _, err := in.Attrs.NarHash()
	if err != nil {
		return nil, err
	}
	n, err := s.f.fetch(ctx, source{kind: "tree", url: url, want: want}, env)
	if err != nil {
		return nil, err
	}
	// A server may say by which URL this version can be had for ever.
	if n.Immutable != "" {
		fixed, err := (&flakeref.Parser{Warn: env.Warn}).FromURL(n.Immutable)
		if err != nil {
			return nil, err
		}
		if fixed.Type() != "tarball" {
			return nil, fileErrorf("tarball 'Link' headers that redirect to non-tarball URLs are not supported")
		}
		name, hasName := attrs["name"]
		attrs = fixed.All()
		if hasName {
			attrs["name"] = name
		}
	}
	return s.f.archiveTree(n, attrs)
}

// archiveTree returns the tree that n is about.
func (f *Fetcher) archiveTree(n note, attrs flakeref.Attrs) (*Tree, error) {
	hash, err := objectHash(n.Object)
	if err != nil {
		return nil, err
	}
	tree := n.tree
	if tree == nil {
		tree = f.cache.tree(hash)
	}
	if tree == nil {
		return nil, fmt.Errorf("the cache lost '%s' meanwhile; it is in the folder %s", n.Object, f.cache.dir)
	}
	if _, given := attrs["lastModified"]; !given && n.Newest != 0 {
		attrs["lastModified"] = uint64(n.Newest)
	}
	attrs["narHash"] = hash.String()
	return &Tree{Files: tree, Attrs: attrs, NARHash: known(hash), Fingerprint: hash.String()}, nil
}
