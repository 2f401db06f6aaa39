package tree

// This file defines the files of a working tree.

import (
	"context"
	"io/fs"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/eval/world"
)

// Working returns the tracked files of the working tree at dir, a path of host, as they are there now.
// status says which files these are. Files that are not tracked are not there, and the error of looking
// at one says why.
func Working(host world.Host, dir string, status *repo.Status) world.Host {
	dir = strings.TrimSuffix(dir, "/")
	return world.Listed(host, dir, status.Files, newReasons(host, dir, status).of)
}

// WithoutSubmodules returns the tree of the commit that is checked out without the folders of
// submodules, as a working tree is shown.
func WithoutSubmodules(t *Tree, status *repo.Status) world.Host {
	return world.Listed(t, "", status.Files, func(context.Context, string) error { return fs.ErrNotExist })
}
