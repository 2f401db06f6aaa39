// Package profile has the profiles of users and of the system: a symbolic link
// that leads to the newest of its generations, each of which is a link to a store
// path, and a root of the garbage collector.
//
//	Generations                      those of a profile
//	Old, OlderThan, Beyond, Numbered   some of them, which can go
//	Change                           new generations, switching, rolling back, deleting
//	Default                          the profile of a user
//	Below                            the profiles in a folder
//
// Nothing here knows a store: what a generation leads to is collected once its
// link is gone.
package profile

// This file defines Generation, and which of them are old.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Generation is one state of a profile.
type Generation struct {
	Number  int
	Path    string    // of the link, PROFILE-NUMBER-link
	Created time.Time // when the link was made
}

// Generations returns the generations of the profile at a path, sorted by their
// numbers, and the number of the current one; 0 if there is none.
func Generations(profile string) (list []Generation, current int, err error) {
	dir, name := filepath.Split(profile)
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return nil, 0, err
	}
	for _, e := range entries {
		n := number(name, e.Name())
		if n == 0 {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, 0, err
		}
		list = append(list, Generation{n, filepath.Join(dir, e.Name()), info.ModTime()})
	}
	slices.SortFunc(list, func(a, b Generation) int { return a.Number - b.Number })
	target, err := os.Readlink(profile)
	if errors.Is(err, fs.ErrNotExist) {
		return list, 0, nil
	}
	return list, number(name, filepath.Base(target)), err
}

// number returns the number of the generation of a profile that a link is called
// like; 0 if it is none.
func number(profile, link string) int {
	rest, isOurs := strings.CutPrefix(link, profile+"-")
	digits, isLink := strings.CutSuffix(rest, "-link")
	n, err := strconv.Atoi(digits)
	if !isOurs || !isLink || err != nil || n < 0 {
		return 0
	}
	return n
}

// Old returns all generations but the current one.
func Old(list []Generation, current int) []Generation {
	return slices.DeleteFunc(slices.Clone(list), func(g Generation) bool { return g.Number == current })
}

// OlderThan returns the generations that were not current at a time or later, the
// newest first. That which was the newest then stays, and so does the current one.
func OlderThan(list []Generation, current int, t time.Time) (old []Generation) {
	replaced := false // by one that is older than t as well
	for _, g := range slices.Backward(list) {
		if replaced && g.Number != current {
			old = append(old, g)
		}
		replaced = replaced || g.Created.Before(t)
	}
	return old
}

// Beyond returns the generations before the current one, but for the newest of them and the
// current one, of which keep are left, the newest first.
func Beyond(list []Generation, current, keep int) (old []Generation) {
	for _, g := range slices.Backward(list) {
		switch {
		case g.Number > current || current == 0:
		case keep > 0:
			keep--
		default:
			old = append(old, g)
		}
	}
	return old
}

// Numbered returns the generations with those numbers.
func Numbered(list []Generation, numbers []int) (some []Generation) {
	for _, g := range list {
		if slices.Contains(numbers, g.Number) {
			some = append(some, g)
		}
	}
	return some
}

// Delete deletes a generation. That it is gone already is no error.
func Delete(g Generation) error {
	if err := os.Remove(g.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Below returns the profiles in folders and those below them: links that lead to a
// generation, in folders that the process may write to. A folder that is not there
// has none.
func Below(dirs ...string) (list []string, err error) {
	seen := map[string]bool{}
	var visit func(dir string) error
	visit = func(dir string) error {
		if seen[dir] {
			return nil
		}
		seen[dir] = true
		entries, err := os.ReadDir(dir)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			switch e.Type() {
			case fs.ModeDir:
				if err := visit(path); err != nil {
					return err
				}
			case fs.ModeSymlink:
				target, err := os.Readlink(path)
				if err != nil {
					return err
				}
				if number(e.Name(), filepath.Base(target)) > 0 && writable(dir) {
					list = append(list, path)
				}
			}
		}
		return nil
	}
	for _, dir := range dirs {
		if err := visit(filepath.Clean(dir)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// ParseDays returns how long ago a text such as "14d" says.
func ParseDays(text string) (time.Duration, error) {
	digits, ok := strings.CutSuffix(text, "d")
	if !ok {
		return 0, fmt.Errorf("invalid number of days specifier '%s', expected something like '14d'", text)
	}
	days, err := strconv.Atoi(digits)
	const most = 100_000 // days that a time.Duration can hold
	if err != nil || days < 1 || days > most {
		return 0, fmt.Errorf("invalid number of days specifier '%s'", text)
	}
	return time.Duration(days) * 24 * time.Hour, nil
}
