package tree

// This file defines the files of a working tree.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/eval/world"
)

// Working returns the tracked files of the working tree at dir, a path of host, as they are there now.
// status says which files these are. Files that are not tracked are not there, and the error of looking
// at one says why.
func Working(host world.Host, dir string, status *repo.Status) world.Host {
	dir = strings.TrimSuffix(dir, "/")
	return &working{host: host, dir: dir, repository: dir, files: status.Files, submodules: status.Submodules}
}

// WithoutSubmodules returns the tree of the commit that is checked out at dir without the folders of
// submodules, as a working tree is shown.
func WithoutSubmodules(t *Tree, dir string, status *repo.Status) world.Host {
	return &working{host: t, repository: strings.TrimSuffix(dir, "/"), files: status.Files, submodules: status.Submodules}
}

type working struct {
	host       world.Host
	dir        string   // the working tree in host, without a slash at its end
	repository string   // the working tree as messages have it
	files      []string // in order
	submodules []string
}

// contains reports whether a path is a tracked file, or a folder with one; "" is the root.
func (w *working) contains(name string) bool {
	if name == "" {
		return true
	}
	if _, ok := slices.BinarySearch(w.files, name); ok {
		return true
	}
	i, _ := slices.BinarySearch(w.files, name+"/")
	return i < len(w.files) && strings.HasPrefix(w.files[i], name+"/")
}

// real returns where a path lies in the host.
func (w *working) real(ctx context.Context, path string) (string, error) {
	name := strings.Trim(path, "/")
	if name == "" {
		return cmp.Or(w.dir, "/"), nil
	}
	if w.contains(name) {
		return world.Join(w.dir, name), nil
	}
	e := &HiddenError{Repository: w.repository, Path: name}
	if _, err := w.host.Lstat(ctx, world.Join(w.dir, name)); err == nil {
		e.Reason = NotTracked
		for _, s := range w.submodules {
			if name == s || strings.HasPrefix(name, s+"/") {
				e.Reason, e.Submodule = InSubmodule, s
			}
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return "", e
}

// Lstat implements world.Host.
func (w *working) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	real, err := w.real(ctx, path)
	if err != nil {
		return world.FileInfo{}, err
	}
	return w.host.Lstat(ctx, real)
}

// Open implements world.Host.
func (w *working) Open(ctx context.Context, path string) (world.File, error) {
	real, err := w.real(ctx, path)
	if err != nil {
		return nil, err
	}
	return w.host.Open(ctx, real)
}

// ReadDir implements world.Host.
func (w *working) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	real, err := w.real(ctx, path)
	if err != nil {
		return nil, err
	}
	entries, err := w.host.ReadDir(ctx, real)
	if err != nil {
		return nil, err
	}
	dir := strings.Trim(path, "/")
	if dir != "" {
		dir += "/"
	}
	return slices.DeleteFunc(entries, func(e world.DirEntry) bool { return !w.contains(dir + e.Name) }), nil
}

// ReadLink implements world.Host.
func (w *working) ReadLink(ctx context.Context, path string) (string, error) {
	real, err := w.real(ctx, path)
	if err != nil {
		return "", err
	}
	return w.host.ReadLink(ctx, real)
}

// Getenv implements world.Host: there are no environment variables.
func (w *working) Getenv(context.Context, string) string { return "" }

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
