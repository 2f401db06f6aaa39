package main

// This file defines firn compat: links by which other programs run firn in place of
// nix-instantiate.

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// compatNames are the programs that firn compat makes links for: those that do all that
// scripts ask of them. The others, which lack parts, would hide an installed Nix.
var compatNames = []string{"nix-instantiate"}

// compatCmd is firn compat.
type compatCmd struct {
	Dir   string `arg:"" help:"The folder; it is made if there is none."`
	Force bool   `help:"Replace what is there, and is not a link to firn."`
}

// Help shows an example.
func (compatCmd) Help() string {
	return `Scripts that call nix-instantiate, such as nixos-rebuild and home-manager, call
firn when the folder is in PATH:

  firn compat ~/.local/firn
  PATH=~/.local/firn:$PATH home-manager ...`
}

// Run makes the links.
func (c compatCmd) Run(s *streams) error {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, name := range compatNames {
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		file := filepath.Join(dir, name)
		if err := c.clear(file, self); err != nil {
			return err
		}
		if err := linkOrCopy(self, file); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s is %s now.\n", file, self)
	}
	fmt.Fprint(s.out, pathAdvice(dir))
	return nil
}

// clear removes file, if there is one and it may be replaced.
func (c compatCmd) clear(file, self string) error {
	info, err := os.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a folder", file)
	case !c.Force && !isOurs(file, info, self):
		return fmt.Errorf("%s is there, and is not firn's; use --force to replace it", file)
	}
	return os.Remove(file)
}

// isOurs reports whether file is a link to firn, to this one or to one that was
// elsewhere, or a copy of it.
func isOurs(file string, info fs.FileInfo, self string) bool {
	if target, err := os.Readlink(file); err == nil {
		return target == self || strings.TrimSuffix(filepath.Base(target), ".exe") == "firn"
	}
	ours, err := os.Stat(self)
	if err != nil || ours.Size() != info.Size() {
		return false
	}
	a, errA := os.ReadFile(file)
	b, errB := os.ReadFile(self)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// linkOrCopy makes a link at file, or a copy where there are no links.
func linkOrCopy(target, file string) error {
	if os.Symlink(target, file) == nil {
		return nil
	}
	text, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o755)
}

// pathAdvice says what is to be done so that the links in dir are found.
func pathAdvice(dir string) string {
	name := compatNames[0]
	for _, p := range filepath.SplitList(os.Getenv("PATH")) {
		if p == dir {
			return fmt.Sprintf("%s is in PATH: scripts that call %s call it.\n", dir, name)
		}
		if info, err := os.Stat(filepath.Join(p, name)); err == nil && info.Mode().IsRegular() {
			break
		}
	}
	if runtime.GOOS == "windows" {
		return fmt.Sprintf("To use it, put the folder first in Path: set Path=%s;%%Path%%\n", dir)
	}
	return fmt.Sprintf("To use it, put the folder first in PATH: export PATH=%s:$PATH\n", dir)
}
