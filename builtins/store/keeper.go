package store

// This file defines Keeper, and what its methods take and return.

import (
	"context"
	"io"
)

// A Keeper keeps order in a store: which objects are needed, which are garbage,
// and whether all are as they were. It may be used by several goroutines at
// once; while it collects, those that add wait, or say what they add.
type Keeper interface {
	// AddRoot makes link, an absolute path in the world outside the store, a
	// symbolic link to path, and a root: path and what it refers to are kept while
	// link leads to it. A link that is there is replaced at once; a file or folder
	// there is an error.
	AddRoot(ctx context.Context, link, path string) error
	// AddIndirectRoot makes a symbolic link that is there a root.
	AddIndirectRoot(ctx context.Context, link string) error
	// Roots returns the roots, sorted by link.
	Roots(ctx context.Context) ([]Root, error)
	// Collect looks for garbage, and deletes it if it should. With an error, the
	// result says what was deleted before.
	Collect(ctx context.Context, c Collection) (*Collected, error)
	// Verify compares what the store knows with what is there. It returns the
	// faults that it did not repair.
	Verify(ctx context.Context, v Verification) ([]Fault, error)
	// Optimise makes files with equal contents hard links to one of them. With
	// paths, only their files.
	Optimise(ctx context.Context, paths []string) (Optimised, error)
	// Register makes paths valid whose files are in the store directory already,
	// in one step: all of them, or none.
	Register(ctx context.Context, infos []*PathInfo) error
}

// A Root keeps a store path, and what it refers to, from being collected.
type Root struct {
	Link string // the symbolic link, or what else refers to the path, such as "{temp:123}" or "/proc/1/exe"
	Path string // the store path, without what may follow it
}

// A Collection says what Collect does.
type Collection struct {
	Action Action
	// Paths are those that Specific deletes.
	Paths []string
	// IgnoreLiveness lets Specific delete paths that roots keep. What other valid
	// paths refer to is an error all the same.
	IgnoreLiveness bool
	// MaxFreed ends deleting once more than this many bytes are freed; 0 is no end.
	MaxFreed int64
	// KeepOutputs keeps the outputs of derivations that are kept.
	KeepOutputs bool
	// DropDerivations collects derivations although their outputs are kept.
	DropDerivations bool
	// Deleted, if not nil, is called with each path before it is deleted, and with
	// the names of what is no valid path.
	Deleted func(path string)
	// Log, if not nil, is told of what is done, in the reference's words.
	Log func(text string)
}

// An Action is what Collect does with what it finds.
type Action uint8

// The actions.
const (
	Live     Action = iota // returns the paths that are kept
	Dead                   // returns the paths that are garbage
	Garbage                // deletes the garbage
	Specific               // deletes the paths that it was given
)

// Collected is what Collect found.
type Collected struct {
	Paths []string // live, dead or deleted ones
	Freed int64    // sum of the sizes of the files that were deleted, but for those with other links
}

// A Verification says what Verify does.
type Verification struct {
	Contents bool // also compares the hash of each archive
	Repair   bool // makes what can be computed again, or fetched
	// Paths, if not nil, are the only ones that are looked at, and their contents always.
	Paths []string
	// Fetch, if not nil, returns the archive of a damaged path, from another store or
	// because it is known how it was made. Repair calls it for what the store itself
	// cannot repair. The caller closes it.
	Fetch func(ctx context.Context, info *PathInfo) (io.ReadCloser, error)
	// Build, if not nil, builds a damaged path again, of which Fetch has nothing. Its
	// deriver is valid.
	Build func(ctx context.Context, info *PathInfo) error
	// Progress, if not nil, is called with each path before it is looked at.
	Progress func(path string)
	// Log, if not nil, is told of what is done and of each fault, in the
	// reference's words.
	Log func(text string)
}

// A Fault is what Verify found.
type Fault struct {
	Path string
	Err  error // what is wrong
}

// Optimised is what Optimise saved.
type Optimised struct {
	Files int64 // that became links
	Bytes int64 // that they took
}
