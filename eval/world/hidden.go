package world

// This file defines HiddenError.

import (
	"fmt"
	"io/fs"
)

// A HideReason says why a file is not part of a tree.
type HideReason uint8

// Reasons.
const (
	Missing      HideReason = iota // it is nowhere
	NotTracked                     // it is in the working tree, but not in the index
	Ignored                        // likewise, and .gitignore says that git add leaves it out
	InSubmodule                    // it is in a submodule, and these were not asked for
	ExportIgnore                   // it has the attribute export-ignore
)

// A HiddenError says that a file is not part of a tree of Git or Mercurial, although users may see it. For
// errors.Is it is an fs.ErrNotExist. Its text is complete: messages have it as it is.
type HiddenError struct {
	Repository string // the folder of the working tree; "" if Reason is ExportIgnore
	Path       string // from there, without a slash in front
	Reason     HideReason
	Submodule  string // the folder of the submodule, from there
	Mercurial  bool   // the repository is one of Mercurial, not of Git
}

func (e *HiddenError) Error() string {
	switch {
	case e.Mercurial && e.Reason == NotTracked:
		return fmt.Sprintf("Path '%[1]s' in the repository \"%[2]s\" is not tracked by Mercurial.\n\nTo make it visible to Nix, run:\n\nhg -R \"%[2]s\" add \"%[2]s/%[1]s\"", e.Path, e.Repository)
	case e.Mercurial:
		return fmt.Sprintf("Path '%s' does not exist in Mercurial repository \"%s\".", e.Path, e.Repository)
	}
	switch e.Reason {
	case NotTracked:
		return fmt.Sprintf("Path '%[1]s' in the repository \"%[2]s\" is not tracked by Git.\n\nTo make it visible to Nix, run:\n\ngit -C \"%[2]s\" add \"%[1]s\"", e.Path, e.Repository)
	case Ignored:
		return fmt.Sprintf("Path '%[1]s' in the repository \"%[2]s\" is not tracked by Git, and ignored by it.\n\nTo make it visible to Nix, run:\n\ngit -C \"%[2]s\" add --force \"%[1]s\"", e.Path, e.Repository)
	case InSubmodule:
		return fmt.Sprintf("Path '%s' in the repository \"%s\" is in the submodule '%s', and submodules are left out.\n\nTo make them visible, set:\n\ninputs.self.submodules = true", e.Path, e.Repository, e.Submodule)
	case ExportIgnore:
		return fmt.Sprintf("'/%s' does not exist because it was fetched with exportIgnore enabled", e.Path)
	}
	return fmt.Sprintf("Path '%s' does not exist in Git repository \"%s\".", e.Path, e.Repository)
}

// Is makes the error one for which errors.Is with fs.ErrNotExist holds.
func (e *HiddenError) Is(target error) bool { return target == fs.ErrNotExist }

// ErrorCode returns the code that evaluators give the error.
func (e *HiddenError) ErrorCode() string { return "missing-file" }
