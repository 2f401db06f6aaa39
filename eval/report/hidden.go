package report

// This file defines notes about files that users have, and trees of Git have not.

import (
	"errors"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// A hiddenReason is what a report says for a reason why a file is no part of a tree.
type hiddenReason struct {
	why    string // behind "exists but"
	short  string // likewise, before a colon
	repair func(e *world.HiddenError) string
}

var hiddenReasons = map[world.HideReason]hiddenReason{
	world.NotTracked: {"is untracked: Git does not know it", "is untracked", func(e *world.HiddenError) string {
		if e.Mercurial {
			return "hg -R " + quoteWord(e.Repository) + " add " + quoteWord(world.Join(e.Repository, e.Path)) + " makes it known"
		}
		return addCommand(e.Repository, e.Path, "-N") + " makes it known"
	}},
	world.Ignored: {"is ignored: .gitignore says that Git leaves it out", "is ignored by Git", func(e *world.HiddenError) string {
		return addCommand(e.Repository, e.Path, "-N -f") + " makes it known all the same"
	}},
	world.InSubmodule: {"is in a submodule, and the tree has none", "is in a submodule", func(e *world.HiddenError) string {
		return "inputs.self.submodules = true; in flake.nix adds " + e.Submodule + ", submodules = true for fetchGit"
	}},
	world.ExportIgnore: {"has the attribute export-ignore, which .gitattributes gives it", "has the attribute export-ignore", func(*world.HiddenError) string {
		return "exportIgnore = false fetches it, too"
	}},
}

// hidden reports on a file that is there for users, and no part of the tree that was read. It
// returns false for any other file.
func (r *reporter) hidden() bool {
	var e *world.HiddenError
	if !errors.As(r.err.Cause, &e) {
		return false
	}
	if e.Reason == world.Missing {
		r.out.Message = fmt.Sprintf("path '%s' does not exist", world.Join(e.Repository, e.Path))
		return false
	}
	reason := hiddenReasons[e.Reason]
	r.out.Code = codes[codeUntrackedFile]
	r.out.Message = fmt.Sprintf("the file '%s' exists but %s", e.Path, reason.why)
	if e.Mercurial {
		r.out.Message = strings.Replace(r.out.Message, "Git", "Mercurial", 1)
	}
	r.note(reason.repair(e))
	return true
}

// addCommand returns the command that adds a file to a repository, for a shell.
func addCommand(dir, file, flags string) string {
	return "git -C " + quoteWord(dir) + " add " + flags + " " + quoteWord(file)
}

// quoteWord returns a word as a shell reads it.
func quoteWord(word string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("/._-+,:@%", c)
	}
	if word != "" && strings.TrimFunc(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
