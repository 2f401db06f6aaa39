package flakecmd

// This file defines what is asked of the programs git and hg.

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// intendToAdd makes a new file one of the files that Git tracks, without its contents, so that
// the flake has it. A file that is tracked, or ignored, stays as it is. ok reports that Git
// tracks the file now.
func intendToAdd(dir, name string) (ok bool, err error) {
	if _, err := git(dir, "ls-files", "--error-unmatch", "--", name); err == nil {
		return true, nil
	}
	if _, err := git(dir, "check-ignore", "--quiet", "--", name); err == nil {
		return false, nil
	}
	_, err = git(dir, "add", "--intent-to-add", "--", name)
	return err == nil, err
}

// commit commits a file of a repository.
func commit(dir, name, message string) error {
	_, err := git(dir, "commit", "--quiet", "--message", message, "--", name)
	return err
}

// addToMercurial makes a lock file one of the files of a Mercurial repository, and commits it if the
// flags say so.
func (s *session) addToMercurial(dir, name string, f *lockFlags, isNew bool, report string) error {
	run := func(args ...string) error {
		out, err := exec.Command("hg", append([]string{"--cwd", filepath.FromSlash(dir)}, args...)...).CombinedOutput()
		switch {
		case errors.Is(err, exec.ErrNotFound):
			return dropin.Failure("there is no program hg, which 'hg %s' is to be run with", args[0])
		case err != nil:
			return dropin.Failure("hg %s: %s", strings.Join(args, " "), strings.TrimSpace(string(out)+" "+err.Error()))
		}
		return nil
	}
	if err := run("add", "--", name); err != nil || !f.CommitLockFile {
		return err
	}
	return run("commit", "--message", s.lockMessage(name, isNew, report), "--", name)
}

// noGit returns the error that there is no program git for a command of it.
func noGit(command string) error {
	return dropin.Failure("there is no program git, which '%s' is to be run with", command)
}

// git runs a command of git in a folder, and returns what it prints.
func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-C", filepath.FromSlash(dir)}, args...)...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return "", noGit("git " + args[0])
	}
	if err != nil {
		return "", dropin.Failure("git %s: %s", strings.Join(args, " "), strings.TrimSpace(errs.String()+" "+err.Error()))
	}
	return out.String(), nil
}
