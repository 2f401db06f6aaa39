package world

// This file defines a world with further file systems in it, each of which some evaluations see.

import (
	"context"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"weak"
)

// MountDir is the directory that mounted file systems are in. No other file is called like that.
const MountDir = "/«fs»"

// Mounts is a world with the file systems in it that Mount was called with. A file system can be
// looked at only with a context that has its Mount; with any other one, there is nothing below
// MountDir but what the world around has there. So the names of mounts are no secret. Mounts may be
// used by several goroutines at once.
type Mounts struct {
	host Host

	mu   sync.Mutex
	last int                   // number of the latest mount; none is used again
	list []weak.Pointer[Mount] // those that may be in use
}

// A Mount is a file system in a world. It lasts until it is ended, or no longer referenced.
type Mount struct {
	in  *Mounts
	dir string // below MountDir
	fs  fs.FS
	// host is the file system; nil once the mount was ended.
	host atomic.Pointer[fsHost]
}

// NewMounts returns host as a world in which nothing is mounted yet.
func NewMounts(host Host) *Mounts { return &Mounts{host: host} }

// Mount returns the mount of a file system: a new one, or that of an equal file system, if it is in
// use. Maps and pointers are equal if they are the same.
func (m *Mounts) Mount(fsys fs.FS) (mount *Mount, isNew bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = slices.DeleteFunc(m.list, func(p weak.Pointer[Mount]) bool { v := p.Value(); return v == nil || v.host.Load() == nil })
	for _, p := range m.list {
		if v := p.Value(); v != nil && sameFS(fsys, v.fs) {
			return v, false
		}
	}
	m.last++
	mount = &Mount{in: m, dir: fmt.Sprintf("%s/%d", MountDir, m.last), fs: fsys}
	mount.host.Store(&fsHost{fs: fsys})
	m.list = append(m.list, weak.Make(mount))
	return mount, true
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

// Dir returns the directory that the files are in.
func (m *Mount) Dir() string { return m.dir }

// End makes the files vanish, for everything that could see them.
func (m *Mount) End() { m.host.Store(nil) }

// Scope returns the scope that consists of this mount.
func (m *Mount) Scope() *Scope { return &Scope{[]*Mount{m}} }

// A Scope is a set of mounts: those that an evaluation sees. It keeps them. It does not change; nil
// is the empty one.
type Scope struct{ mounts []*Mount }

type scopeKey struct{}

// ScopeOf returns the scope of ctx.
func ScopeOf(ctx context.Context) *Scope {
	s, _ := ctx.Value(scopeKey{}).(*Scope)
	return s
}

// In returns ctx with the mounts of s added to its scope.
func (s *Scope) In(ctx context.Context) context.Context {
	if s == nil {
		return ctx
	}
	has := ScopeOf(ctx)
	if has == nil {
		return context.WithValue(ctx, scopeKey{}, s)
	}
	all := has.mounts
	for _, m := range s.mounts {
		if !slices.Contains(all, m) {
			all = append(slices.Clip(all), m)
		}
	}
	if len(all) == len(has.mounts) {
		return ctx
	}
	return context.WithValue(ctx, scopeKey{}, &Scope{all})
}

// of returns the mounts of s that are in m.
func (s *Scope) of(m *Mounts) []*Mount {
	if s == nil {
		return nil
	}
	var out []*Mount
	for _, mount := range s.mounts {
		if mount.in == m && mount.host.Load() != nil {
			out = append(out, mount)
		}
	}
	return out
}

// has reports whether a path is in one of the mounts.
func (s *Scope) has(path string) bool {
	return s != nil && slices.ContainsFunc(s.mounts, func(m *Mount) bool { return Below(path, m.dir) })
}

// mounted returns the mount that path lies in, as far as ctx has it, and the path there; nil if
// there is none.
func (m *Mounts) mounted(ctx context.Context, p string) (Host, string) {
	rest, below := strings.CutPrefix(p, MountDir+"/")
	if !below {
		return nil, ""
	}
	name, rest, _ := strings.Cut(rest, "/")
	for _, mount := range ScopeOf(ctx).of(m) {
		if mount.dir[len(MountDir)+1:] == name {
			if h := mount.host.Load(); h != nil {
				return h, "/" + rest
			}
		}
	}
	return nil, ""
}

// Visible reports whether what is known of a path may be told to evaluations with that context: the
// path is not below MountDir, or in a mount that they see. Of a nil m, all paths are visible.
func (m *Mounts) Visible(ctx context.Context, path string) bool {
	if m == nil || !strings.HasPrefix(path, MountDir) {
		return true
	}
	host, _ := m.mounted(ctx, path)
	return host != nil
}

// find returns the world that path lies in, and its path there.
func (m *Mounts) find(ctx context.Context, p string) (Host, string) {
	if host, rest := m.mounted(ctx, p); host != nil {
		return host, rest
	}
	return m.host, p
}

func (m *Mounts) Lstat(ctx context.Context, p string) (FileInfo, error) {
	if p == MountDir && ScopeOf(ctx).of(m) != nil {
		return FileInfo{Type: Directory}, nil
	}
	host, p := m.find(ctx, p)
	return host.Lstat(ctx, p)
}

func (m *Mounts) Open(ctx context.Context, p string) (File, error) {
	host, p := m.find(ctx, p)
	return host.Open(ctx, p)
}

func (m *Mounts) ReadDir(ctx context.Context, p string) ([]DirEntry, error) {
	if p == MountDir {
		var out []DirEntry
		for _, mount := range ScopeOf(ctx).of(m) {
			out = append(out, DirEntry{mount.dir[len(MountDir)+1:], Directory})
		}
		if out != nil {
			return out, nil
		}
	}
	host, p := m.find(ctx, p)
	return host.ReadDir(ctx, p)
}

func (m *Mounts) ReadLink(ctx context.Context, p string) (string, error) {
	host, p := m.find(ctx, p)
	return host.ReadLink(ctx, p)
}

func (m *Mounts) Getenv(ctx context.Context, name string) string { return m.host.Getenv(ctx, name) }

// All returns the scope of all mounts that are in use, for what looks at files without being an
// evaluation. Of a nil m it is the empty one.
func (m *Mounts) All() *Scope {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := &Scope{}
	for _, p := range m.list {
		if mount := p.Value(); mount != nil {
			s.mounts = append(s.mounts, mount)
		}
	}
	if s.mounts == nil {
		return nil
	}
	return s
}

// WithScope returns host as it is seen with the mounts of scope, whatever the context.
func WithScope(host Host, scope *Scope) Host {
	if scope == nil {
		return host
	}
	return &scopedHost{host, scope}
}

type scopedHost struct {
	host  Host
	scope *Scope
}

func (h *scopedHost) Lstat(ctx context.Context, p string) (FileInfo, error) {
	return h.host.Lstat(h.scope.In(ctx), p)
}

func (h *scopedHost) Open(ctx context.Context, p string) (File, error) {
	return h.host.Open(h.scope.In(ctx), p)
}

func (h *scopedHost) ReadDir(ctx context.Context, p string) ([]DirEntry, error) {
	return h.host.ReadDir(h.scope.In(ctx), p)
}

func (h *scopedHost) ReadLink(ctx context.Context, p string) (string, error) {
	return h.host.ReadLink(h.scope.In(ctx), p)
}

func (h *scopedHost) Getenv(ctx context.Context, name string) string {
	return h.host.Getenv(h.scope.In(ctx), name)
}
