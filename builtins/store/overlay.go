package store

// This file defines the world with a store in it.

import (
	"context"

	"github.com/firn-lang/firn/eval/world"
)

// World returns host as a world that shows the objects of s: what is below the
// store directory is what s has, and the rest is that of host. Where s has
// archives only, it is host.
func World(host world.Host, s Store) world.Host {
	files := s.Files()
	if files == nil {
		return host
	}
	return overlay{host: host, files: files, dir: string(s.Dir()) + "/"}
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
