package core

// This file defines the world as one evaluation sees it, and the store that it puts files into.

import (
	"context"
	"errors"
	"math"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// A View is a world as one evaluation sees it: with its context, and within its memory. It copies paths, which may be the heap's: errors
// outlive it, and hosts may remember them.
type View struct {
	host world.Host
	w    *worker
	ctx  context.Context
}

// world returns the world that the evaluation sees.
func (w *worker) world() View { return View{w.ev.opt.Host, w, w.ctx} }

// Lstat does not follow a symbolic link at the end of path.
func (v View) Lstat(path string) (world.FileInfo, error) {
	return v.host.Lstat(v.ctx, strings.Clone(path))
}

// Open opens a file, which the caller must close.
func (v View) Open(path string) (world.File, error) { return v.host.Open(v.ctx, strings.Clone(path)) }

// ReadFile returns the contents of a file. More than the evaluation has memory for are an error.
func (v View) ReadFile(path string) ([]byte, error) {
	room := int64(min(v.w.Room(), math.MaxInt64))
	data, err := world.ReadFile(v.ctx, v.host, strings.Clone(path), room)
	if errors.Is(err, world.ErrTooLarge) {
		return nil, v.w.memoryError(0)
	}
	return data, err
}

// ReadDir returns the entries of a directory, in any order.
func (v View) ReadDir(path string) ([]world.DirEntry, error) {
	return v.host.ReadDir(v.ctx, strings.Clone(path))
}

// ReadLink returns the target of a symbolic link.
func (v View) ReadLink(path string) (string, error) {
	return v.host.ReadLink(v.ctx, strings.Clone(path))
}

// Getenv returns the value of an environment variable, "" if there is none.
func (v View) Getenv(name string) string { return v.host.Getenv(v.ctx, strings.Clone(name)) }

// A Copier puts the files that values refer to into a store.
type Copier interface {
	// Dir returns the store directory.
	Dir() string
	// CopyPath puts the file or tree at path into the store under name, and
	// returns the path it has there.
	CopyPath(ctx context.Context, path, name string) (string, error)
	// Sources returns what was copied: the file or folder, by its path in the
	// store.
	Sources() map[string]string
	// Shown returns what messages call a path: for what is in a tree that was fetched, that
	// is its place there, and for others the path itself.
	Shown(path string) string
	// Pending returns what paths begin with that stand for others, which cost something to find out. Settle
	// returns the other one of such a path, and those that are no such paths as they are.
	Pending() string
	Settle(ctx context.Context, path string) (string, error)
	// Hidden returns what programs looked for that is there for users, and not part of a
	// tree. There are few of them; the others are forgotten.
	Hidden() []*world.HiddenError
	// Retain is told, while no evaluation is under way, which store paths are
	// still in use. The Copier may forget what it remembers of others.
	Retain(alive func(path string) bool)
}
