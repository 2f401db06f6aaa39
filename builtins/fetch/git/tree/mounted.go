package tree

// This file defines worlds with others in their folders.

import (
	"context"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// Mounted returns root with other worlds in folders of it, by path without a slash in front. The folders
// must be there in root. With nested ones, the longest path counts.
func Mounted(root world.Host, mounts map[string]world.Host) world.Host {
	if len(mounts) == 0 {
		return root
	}
	return &mounted{root, mounts}
}

type mounted struct {
	root   world.Host
	mounts map[string]world.Host
}

// find returns the world that a path lies in, and the path there.
func (m *mounted) find(path string) (world.Host, string) {
	for dir := strings.Trim(path, "/"); dir != ""; {
		if host, ok := m.mounts[dir]; ok {
			return host, "/" + strings.Trim(strings.TrimPrefix(strings.Trim(path, "/"), dir), "/")
		}
		dir = dir[:max(strings.LastIndexByte(dir, '/'), 0)]
	}
	return m.root, path
}

// Lstat implements world.Host.
func (m *mounted) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	host, path := m.find(path)
	return host.Lstat(ctx, path)
}

// Open implements world.Host.
func (m *mounted) Open(ctx context.Context, path string) (world.File, error) {
	host, path := m.find(path)
	return host.Open(ctx, path)
}

// ReadDir implements world.Host.
func (m *mounted) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	host, path := m.find(path)
	return host.ReadDir(ctx, path)
}

// ReadLink implements world.Host.
func (m *mounted) ReadLink(ctx context.Context, path string) (string, error) {
	host, path := m.find(path)
	return host.ReadLink(ctx, path)
}

// Getenv implements world.Host.
func (m *mounted) Getenv(ctx context.Context, name string) string { return m.root.Getenv(ctx, name) }
