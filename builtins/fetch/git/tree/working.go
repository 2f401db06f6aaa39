package tree

// This file defines the files of a working tree.

import (
	"context"
	"errors"
	"fmt"
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
	return tracked(host, dir, dir, status)
}

// WithoutSubmodules returns the tree of the commit that is checked out at dir without the folders of
// submodules, as a working tree is shown.
func WithoutSubmodules(t *Tree, dir string, status *repo.Status) world.Host {
	return tracked(t, "", strings.TrimSuffix(dir, "/"), status)
}

// tracked returns the files below dir in host that are tracked. repository is the working tree as messages
// have it.
func tracked(host world.Host, dir, repository string, status *repo.Status) world.Host {
	return world.Listed(host, dir, status.Files, func(ctx context.Context, name string) error {
		e := &HiddenError{Repository: repository, Path: name}
		if _, err := host.Lstat(ctx, world.Join(dir, name)); err == nil {
			e.Reason = NotTracked
			for _, s := range status.Submodules {
				if name == s || strings.HasPrefix(name, s+"/") {
					e.Reason, e.Submodule = InSubmodule, s
				}
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return e
	})
}

// A Reason says why a file is not part of a tree.
type Reason uint8

// Reasons.
const (
	Missing     Reason = iota // it is nowhere
	NotTracked                // it is in the working tree, but not in the index
	InSubmodule               // it is in a submodule, and these were not asked for
	Ignored                   // it has the attribute export-ignore
)

// A HiddenError says that a file is not part of a tree. For errors.Is it is an fs.ErrNotExist.
type HiddenError struct {
	Repository string // the folder of the working tree; "" if Reason is Ignored
	Path       string // from there, without a slash in front
	Reason     Reason
	Submodule  string // the folder of the submodule, from there
}

func (e *HiddenError) Error() string {
	switch e.Reason {
	case NotTracked:
		return fmt.Sprintf("Path '%[1]s' in the repository \"%[2]s\" is not tracked by Git.\n\nTo make it visible to Nix, run:\n\ngit -C \"%[2]s\" add \"%[1]s\"", e.Path, e.Repository)
	case InSubmodule:
		return fmt.Sprintf("Path '%s' in the repository \"%s\" is in the submodule '%s', and submodules are left out.\n\nTo make them visible, set:\n\nsubmodules = true", e.Path, e.Repository, e.Submodule)
	case Ignored:
		return fmt.Sprintf("'/%s' does not exist because it was fetched with exportIgnore enabled", e.Path)
	}
	return fmt.Sprintf("Path '%s' does not exist in Git repository \"%s\".", e.Path, e.Repository)
}

// Is implements what errors.Is asks.
func (e *HiddenError) Is(target error) bool { return target == fs.ErrNotExist }

// ErrorCode is what evaluators call the error.
func (e *HiddenError) ErrorCode() string { return "missing-file" }
