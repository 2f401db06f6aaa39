package local

// This file defines what keeps paths from being collected.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/filelock"
)

// Roots implements store.Keeper.
func (k keeper) Roots(ctx context.Context) ([]store.Root, error) {
	f := rootFinder{s: k.s, ctx: ctx, log: k.s.log}
	if err := f.permanent(); err != nil {
		return nil, err
	}
	if err := f.temporary(); err != nil {
		return nil, err
	}
	slices.SortFunc(f.roots, func(a, b store.Root) int {
		return strings.Compare(a.Link+"\x00"+a.Path, b.Link+"\x00"+b.Path)
	})
	return slices.Compact(f.roots), nil
}

// A rootFinder collects roots.
type rootFinder struct {
	s     *Store
	ctx   context.Context
	log   func(string)
	roots []store.Root
}

// permanent finds the roots of the state folder and of processes.
func (f *rootFinder) permanent() error {
	for _, dir := range []string{"gcroots", "profiles"} {
		if err := f.below(filepath.Join(f.s.state, dir)); err != nil {
			return err
		}
	}
	return f.processes("/proc")
}

// found adds a root if target is a valid path, or in one.
func (f *rootFinder) found(link, target string) error {
	p, _, err := f.s.dir.Split(target)
	if err != nil {
		return nil // in the store directory, and no path of it
	}
	path := f.s.dir.Text(p)
	valid, err := f.s.IsValid(f.ctx, path)
	if err != nil {
		return err
	}
	if !valid {
		f.log(fmt.Sprintf("skipping invalid root from %q to %q", link, target))
		return nil
	}
	f.roots = append(f.roots, store.Root{Link: link, Path: path})
	return nil
}

// below finds the roots at a path of the state folder: symbolic links into the
// store, and to such links; files that are called like a path; and directories of
// those. What cannot be read is none.
func (f *rootFinder) below(path string) error {
	info, err := os.Lstat(path)
	if err == nil {
		switch info.Mode().Type() {
		case fs.ModeDir:
			err = f.directory(path)
		case fs.ModeSymlink:
			err = f.link(path)
		case 0:
			target := string(f.s.dir) + "/" + filepath.Base(path)
			if _, e := f.s.dir.Parse(target); e == nil {
				if valid, e := f.s.IsValid(f.ctx, target); e != nil {
					return e
				} else if valid {
					f.roots = append(f.roots, store.Root{Link: path, Path: target})
				}
			}
		}
	}
	if err != nil && isMissing(err) {
		f.log(fmt.Sprintf("cannot read potential root %q", path))
		return nil
	}
	return err
}

func (f *rootFinder) directory(path string) error {
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := context.Cause(f.ctx); err != nil {
			return err
		}
		if err := f.below(filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// link finds the root that a symbolic link is. One link more is followed: users
// have roots where they like, and the state folder a link to each.
func (f *rootFinder) link(path string) error {
	target, err := os.Readlink(path)
	if err != nil {
		return err
	}
	if f.s.dir.Contains(target) {
		return f.found(path, target)
	}
	if !filepath.IsAbs(target) {
		target = filepath.Join(filepath.Dir(path), target)
	}
	target = filepath.Clean(target)
	info, err := os.Lstat(target)
	if errors.Is(err, fs.ErrNotExist) {
		if filepath.Dir(path) == filepath.Join(f.s.state, "gcroots", "auto") {
			f.log(fmt.Sprintf("removing stale link from %q to %q", path, target))
			return os.Remove(path)
		}
		return nil
	}
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return err
	}
	second, err := os.Readlink(target)
	if err != nil || !f.s.dir.Contains(second) {
		return err
	}
	return f.found(target, second)
}

// temporary finds the roots of processes that use the store. A file that is not
// locked is of one that ended.
func (f *rootFinder) temporary() error {
	entries, err := os.ReadDir(f.s.tempRootsDir())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := f.temporaryFile(filepath.Join(f.s.tempRootsDir(), e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (f *rootFinder) temporaryFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	stale, err := filelock.Try(file, filelock.Exclusive)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	if stale {
		f.log(fmt.Sprintf("removing stale temporary roots file %q", path))
		filelock.Delete(file)
		return nil
	}
	text, err := os.ReadFile(path)
	err = errors.Join(err, file.Close())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	f.roots = append(f.roots, decodeTempRoots(f.s, filepath.Base(path), text)...)
	return err
}

// decodeTempRoots returns the roots of a file of temporary roots. What is no
// store path keeps nothing.
func decodeTempRoots(s *Store, name string, text []byte) (roots []store.Root) {
	for _, part := range splitNUL(string(text)) {
		if p, err := s.dir.Parse(part); err == nil {
			roots = append(roots, store.Root{Link: "{temp:" + name + "}", Path: s.dir.Text(p)})
		}
	}
	return roots
}

// maxProc is how much of one file of a process is read, in bytes.
const maxProc = 4 << 20

// processes finds what running processes use: programs, folders, open files,
// libraries, and what their environment mentions. Other systems have no /proc,
// and nothing is found there.
func (f *rootFinder) processes(proc string) error {
	entries, err := os.ReadDir(proc)
	if err != nil {
		return nil
	}
	mention := regexp.MustCompile(regexp.QuoteMeta(string(f.s.dir)) + `/[0-9a-z]+[0-9a-zA-Z+\-._?=]*`)
	add := func(link, target string) error {
		if !f.s.dir.Contains(target) {
			return nil
		}
		p, _, err := f.s.dir.Split(target)
		if err != nil {
			return nil
		}
		valid, err := f.s.IsValid(f.ctx, f.s.dir.Text(p))
		if valid {
			f.roots = append(f.roots, store.Root{Link: link, Path: f.s.dir.Text(p)})
		}
		return err
	}
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		if err := context.Cause(f.ctx); err != nil {
			return err
		}
		dir := filepath.Join(proc, e.Name())
		links := []string{filepath.Join(dir, "exe"), filepath.Join(dir, "cwd")}
		// A process may end at any time, or be another user's: then there is less to
		// see.
		open, _ := os.ReadDir(filepath.Join(dir, "fd"))
		for _, fd := range open {
			links = append(links, filepath.Join(dir, "fd", fd.Name()))
		}
		for _, link := range links {
			if target, err := os.Readlink(link); err == nil {
				if err := add(link, target); err != nil {
					return err
				}
			}
		}
		for _, name := range []string{"maps", "environ"} {
			path := filepath.Join(dir, name)
			text, err := readSome(path, maxProc)
			if err != nil || !bytes.Contains(text, []byte(f.s.dir)) {
				continue
			}
			for _, found := range mention.FindAll(text, -1) {
				if err := add(path, string(found)); err != nil {
					return err
				}
			}
		}
	}
	for _, name := range []string{"modprobe", "fbsplash", "poweroff_cmd"} {
		path := filepath.Join(proc, "sys", "kernel", name)
		if text, err := readSome(path, maxProc); err == nil {
			if err := add(path, strings.TrimSpace(string(text))); err != nil {
				return err
			}
		}
	}
	return nil
}
