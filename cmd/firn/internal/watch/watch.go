// Package watch remembers what evaluations read of the world, and notices when that
// changes.
//
//	host := watch.New(world)   // a core.Host
//	…                          // evaluate with it
//	names := host.Changed(ctx) // nothing, until something changes
package watch

// This file defines the host that remembers.

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"crypto/sha256"

	"github.com/firn-lang/firn/eval/core"
)

// A Host is a world that remembers what was read of it. It looks at files again only
// as far as they were looked at before.
type Host struct {
	core.Host
	ignore string // files below this folder never change; or ""

	mu   sync.Mutex
	seen map[string]*file
}

// file is what was seen of a path.
type file struct {
	info    core.FileInfo // at first
	missing bool          // it was not there
	content *[sha256.Size]byte
	listing *[sha256.Size]byte
	target  *string // of a link
}

// New returns a host that has seen nothing yet. What is below ignore, such as the
// store, never changes.
func New(host core.Host, ignore string) *Host {
	return &Host{Host: host, ignore: ignore, seen: map[string]*file{}}
}

// note remembers something of what is at path. before is how it looked before it was
// read: what changes while it is read is noticed later.
func (h *Host) note(path string, before core.FileInfo, err error, add func(f *file)) {
	if h.ignore != "" && strings.HasPrefix(path, h.ignore+"/") {
		return
	}
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	f := h.seen[path]
	if f == nil {
		f = &file{info: before, missing: missing}
		h.seen[path] = f
	}
	if add != nil && !missing {
		add(f)
	}
}

func (h *Host) Lstat(ctx context.Context, path string) (core.FileInfo, error) {
	info, err := h.Host.Lstat(ctx, path)
	h.note(path, info, err, nil)
	return info, err
}

func (h *Host) ReadFile(ctx context.Context, path string) ([]byte, error) {
	before, _ := h.Host.Lstat(ctx, path)
	text, err := h.Host.ReadFile(ctx, path)
	h.note(path, before, err, func(f *file) {
		sum := sha256.Sum256(text)
		f.info, f.content = before, &sum
	})
	return text, err
}

func (h *Host) ReadDir(ctx context.Context, path string) ([]core.DirEntry, error) {
	before, _ := h.Host.Lstat(ctx, path)
	entries, err := h.Host.ReadDir(ctx, path)
	h.note(path, before, err, func(f *file) {
		sum := sumOf(entries)
		f.info, f.listing = before, &sum
	})
	return entries, err
}

func (h *Host) ReadLink(ctx context.Context, path string) (string, error) {
	before, _ := h.Host.Lstat(ctx, path)
	target, err := h.Host.ReadLink(ctx, path)
	h.note(path, before, err, func(f *file) { f.target = &target })
	return target, err
}

// sumOf returns a sum of names and types.
func sumOf(entries []core.DirEntry) [sha256.Size]byte {
	sorted := slices.SortedFunc(slices.Values(entries), func(a, b core.DirEntry) int { return cmp.Compare(a.Name, b.Name) })
	var text []byte
	for _, e := range sorted {
		text = append(append(append(append(text, e.Name...), 0), e.Type...), 0)
	}
	return sha256.Sum256(text)
}

// Len returns how many paths were seen.
func (h *Host) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.seen)
}

// fresh is how long after a file was changed another change might leave its time
// and size as they are.
const fresh = 3 * time.Second

// Changed returns the paths that are different now from how they were seen, sorted.
func (h *Host) Changed(ctx context.Context) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []string
	for path, f := range h.seen {
		if ctx.Err() != nil {
			return nil
		}
		if h.changed(ctx, path, f) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

func (h *Host) changed(ctx context.Context, path string, f *file) bool {
	info, err := h.Host.Lstat(ctx, path)
	switch {
	case err != nil:
		return f.missing != errors.Is(err, fs.ErrNotExist)
	case f.missing, info.Type != f.info.Type, info.Executable != f.info.Executable:
		return true
	case f.target != nil:
		target, err := h.Host.ReadLink(ctx, path)
		return err != nil || target != *f.target
	case f.content == nil && f.listing == nil:
		return false // it is there, which is all that was looked at
	case info.Size == f.info.Size && info.ModTime.Equal(f.info.ModTime) && time.Since(info.ModTime) > fresh:
		return false
	}
	if f.content != nil {
		text, err := h.Host.ReadFile(ctx, path)
		if err != nil || sha256.Sum256(text) != *f.content {
			return ctx.Err() == nil
		}
	}
	if f.listing != nil {
		entries, err := h.Host.ReadDir(ctx, path)
		if err != nil || sumOf(entries) != *f.listing {
			return ctx.Err() == nil
		}
	}
	f.info = info // it was touched only
	return false
}
