package world

// This file defines a world with further file systems in it.

import (
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// MountDir is the directory that mounted file systems are in. No other file is called like that.
const MountDir = "/«fs»"

// Mounts is a world with the file systems in it that Mount was called with. It may be used by several goroutines at once.
type Mounts struct {
	host Host
	mu   sync.RWMutex
	list []fs.FS
}

// NewMounts returns host as a world in which nothing is mounted yet.
func NewMounts(host Host) *Mounts { return &Mounts{host: host} }

// Mount returns the directory that a file system is at.
func (m *Mounts) Mount(fsys fs.FS) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.list, func(other fs.FS) bool { return sameFS(fsys, other) })
	if i < 0 {
		i = len(m.list)
		m.list = append(m.list, fsys)
	}
	return fmt.Sprintf("%s/%d", MountDir, i+1)
}

// sameFS reports whether a and b are equal or, for maps and pointers, the same.
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
func (m *Mounts) find(p string) (Host, string) {
	rest, ok := strings.CutPrefix(p, MountDir+"/")
	if !ok {
		return m.host, p
	}
	name, rest, _ := strings.Cut(rest, "/")
	m.mu.RLock()
	defer m.mu.RUnlock()
	for i, fsys := range m.list {
		if name == fmt.Sprint(i+1) {
			return FromFS(fsys, nil), "/" + rest
		}
	}
	return m.host, p
}

func (m *Mounts) Lstat(ctx context.Context, p string) (FileInfo, error) {
	if p == MountDir {
		return FileInfo{Type: Directory}, nil
	}
	host, p := m.find(p)
	return host.Lstat(ctx, p)
}

func (m *Mounts) Open(ctx context.Context, p string) (File, error) {
	host, p := m.find(p)
	return host.Open(ctx, p)
}

func (m *Mounts) ReadDir(ctx context.Context, p string) ([]DirEntry, error) {
	host, p := m.find(p)
	return host.ReadDir(ctx, p)
}

func (m *Mounts) ReadLink(ctx context.Context, p string) (string, error) {
	host, p := m.find(p)
	return host.ReadLink(ctx, p)
}

func (m *Mounts) Getenv(ctx context.Context, name string) string { return m.host.Getenv(ctx, name) }
