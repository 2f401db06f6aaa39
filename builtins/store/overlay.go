package store

// This file defines the world with a store in it.

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/world"
)

// World returns host as a world that shows the objects of s: what is below the
// store directory is what s has, and the rest is that of host. Where s has
// archives only, it is host.
func World(host world.Host, s Store) world.Host { return show(host, s, nil) }

// show is World, with the files that p, which may be nil, has in the store directory.
func show(host world.Host, s Store, p *places) world.Host {
	files := s.Files()
	if files == nil {
		files = host
		if p == nil {
			return host
		}
	}
	dir := string(s.Dir()) + "/"
	if p != nil {
		files = placed{files: files, places: p, dir: dir}
	}
	return overlay{host: host, files: files, dir: dir}
}

type overlay struct {
	host, files world.Host
	dir         string // the store directory and a slash
}

// at returns the world that path belongs to. The store directory itself is
// host's, which may have more of it than s has.
func (o overlay) at(path string) world.Host {
	if len(path) > len(o.dir) && path[:len(o.dir)] == o.dir {
		return o.files
	}
	return o.host
}

func (o overlay) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	return o.at(path).Lstat(ctx, path)
}

func (o overlay) Open(ctx context.Context, path string) (world.File, error) {
	return o.at(path).Open(ctx, path)
}

func (o overlay) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	return o.at(path).ReadDir(ctx, path)
}

func (o overlay) ReadLink(ctx context.Context, path string) (string, error) {
	return o.at(path).ReadLink(ctx, path)
}

func (o overlay) Getenv(ctx context.Context, name string) string { return o.host.Getenv(ctx, name) }

// A place is a tree at a path of the store directory.
type place struct {
	files world.Host
	shown string // what messages call the tree; "" for its path in the store
}

// Places are trees at paths of the store directory, whether or not the store keeps them.
type places struct {
	mu      sync.Mutex // of changes, and of what is below trees
	trees   atomic.Pointer[map[string]place]
	hidden  []*world.HiddenError // that were met, each once; at most maxHidden
	pending map[string]*Pending  // by place
}

// maxHidden is how many files are remembered that programs looked for, and are no part of a
// tree.
const maxHidden = 16

// add shows a tree at a store path.
func (p *places) add(path string, tree place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	next := map[string]place{}
	if old := p.trees.Load(); old != nil {
		next = maps.Clone(*old)
	}
	next[strings.Clone(path)] = tree
	p.trees.Store(&next)
}

// get returns the tree at a store path.
func (p *places) get(path string) (place, bool) {
	trees := p.trees.Load()
	if trees == nil {
		return place{}, false
	}
	tree, ok := (*trees)[path]
	return tree, ok
}

// met remembers the error of a file that is no part of a tree, and returns it.
func (p *places) met(err error) error {
	e, ok := errors.AsType[*world.HiddenError](err)
	if !ok || e.Reason == world.Missing {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.hidden) < maxHidden && !slices.ContainsFunc(p.hidden, func(old *world.HiddenError) bool { return *old == *e }) {
		p.hidden = append(p.hidden, e)
	}
	return err
}

// placed is the files of a store, and the trees at places.
type placed struct {
	files  world.Host
	places *places
	dir    string // the store directory and a slash
}

// object returns the path of the store object that path is in, and the rest of path.
func object(dir, path string) (string, string) {
	end := len(path)
	if i := strings.IndexByte(path[len(dir):], '/'); i >= 0 {
		end = len(dir) + i
	}
	return path[:end], path[end:]
}

// at returns the world that has what is at path, and its path there.
func (p placed) at(path string) (world.Host, string) {
	if p.places.trees.Load() == nil {
		return p.files, path
	}
	top, rest := object(p.dir, path)
	tree, ok := p.places.get(top)
	switch {
	case !ok:
		return p.files, path
	case rest == "":
		return tree.files, "/"
	}
	return tree.files, rest
}

func (p placed) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	h, path := p.at(path)
	info, err := h.Lstat(ctx, path)
	if err != nil {
		err = p.places.met(err)
	}
	return info, err
}

func (p placed) Open(ctx context.Context, path string) (world.File, error) {
	h, path := p.at(path)
	f, err := h.Open(ctx, path)
	if err != nil {
		err = p.places.met(err)
	}
	return f, err
}

func (p placed) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	h, path := p.at(path)
	return h.ReadDir(ctx, path)
}

func (p placed) ReadLink(ctx context.Context, path string) (string, error) {
	h, path := p.at(path)
	return h.ReadLink(ctx, path)
}

func (p placed) Getenv(ctx context.Context, name string) string { return p.files.Getenv(ctx, name) }
