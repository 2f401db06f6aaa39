package store

// This file defines the world with a store in it.

import (
	"context"
	"maps"
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

// Places are worlds at paths of the store directory that the store does not keep.
type places struct {
	mu    sync.Mutex // of changes
	hosts atomic.Pointer[map[string]world.Host]
}

// add shows files at a store path.
func (p *places) add(path string, files world.Host) {
	p.mu.Lock()
	defer p.mu.Unlock()
	next := map[string]world.Host{}
	if old := p.hosts.Load(); old != nil {
		next = maps.Clone(*old)
	}
	next[strings.Clone(path)] = files
	p.hosts.Store(&next)
}

// has reports whether files are shown at a store path.
func (p *places) has(path string) bool {
	hosts := p.hosts.Load()
	return hosts != nil && (*hosts)[path] != nil
}

// placed is the files of a store, and those at places.
type placed struct {
	files  world.Host
	places *places
	dir    string // the store directory and a slash
}

// at returns the world that has what is at path, and its path there.
func (p placed) at(path string) (world.Host, string) {
	hosts := p.places.hosts.Load()
	if hosts == nil {
		return p.files, path
	}
	end := len(path)
	if i := strings.IndexByte(path[len(p.dir):], '/'); i >= 0 {
		end = len(p.dir) + i
	}
	h := (*hosts)[path[:end]]
	switch {
	case h == nil:
		return p.files, path
	case end == len(path):
		return h, "/"
	}
	return h, path[end:]
}

func (p placed) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	h, path := p.at(path)
	return h.Lstat(ctx, path)
}

func (p placed) Open(ctx context.Context, path string) (world.File, error) {
	h, path := p.at(path)
	return h.Open(ctx, path)
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
