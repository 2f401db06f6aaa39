package profile

// This file defines Change: how profiles get new generations, and lead to other ones.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/firn-lang/firn/builtins/store/filelock"
)

// A Change changes a profile. Each method locks the profile, so that two processes change it in
// turn, and each switches it at once: whoever looks sees the old generation or the new one, even
// after a crash.
type Change struct {
	Profile string            // absolute path of the link
	DryRun  bool              // only says what would be done
	Say     func(text string) // is told what is done, in the reference's words; nil tells nobody
	Log     func(text string) // is told of waits; nil tells nobody
}

// ErrChanged is the error of Set for a profile that another process has changed.
var ErrChanged = errors.New("the profile changed meanwhile")

// say tells what is done.
func (c Change) say(format string, args ...any) {
	if c.Say != nil {
		c.Say(fmt.Sprintf(format, args...))
	}
}

// locked calls fn with the generations of the profile, which is locked.
func (c Change) locked(ctx context.Context, fn func(list []Generation, current int) error) error {
	lock, err := filelock.Acquire(ctx, c.Profile, func() {
		if c.Log != nil {
			c.Log(fmt.Sprintf("waiting for lock on profile %q", c.Profile))
		}
	})
	if err != nil {
		return err
	}
	defer lock.Release()
	list, current, err := Generations(c.Profile)
	if err != nil {
		return err
	}
	return fn(list, current)
}

// Look calls fn with the generations of the profile, and the number of the current one, which
// stay as they are until it returns.
func (c Change) Look(ctx context.Context, fn func(list []Generation, current int) error) error {
	return c.locked(ctx, fn)
}

// Target returns what the profile leads to, as it stands in the link; "" if there is no profile.
// Set compares it, so that nothing is lost that another process did meanwhile.
func Target(profile string) (string, error) {
	target, err := os.Readlink(profile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return target, err
}

// Set makes the profile lead to a store path: to its newest generation if that leads there, and
// to a new one otherwise. keep makes a link to the path, and a root of the garbage collector.
// expected, if not nil, is the Target that the caller has seen: if it is another one now, the
// error is ErrChanged.
func (c Change) Set(ctx context.Context, path string, expected *string, keep func(ctx context.Context, link, path string) error) error {
	return c.locked(ctx, func(list []Generation, _ int) error {
		if expected != nil {
			now, err := Target(c.Profile)
			if err != nil {
				return err
			}
			if now != *expected {
				return ErrChanged
			}
		}
		number := 1
		if len(list) > 0 {
			last := list[len(list)-1]
			if target, err := os.Readlink(last.Path); err == nil && target == path {
				return Replace(c.Profile, last.Path)
			}
			number = last.Number + 1
		}
		link := fmt.Sprintf("%s-%d-link", c.Profile, number)
		if err := keep(ctx, link, path); err != nil {
			return err
		}
		return Replace(c.Profile, link)
	})
}

// Rollback makes the profile lead to the generation before the current one.
func (c Change) Rollback(ctx context.Context) error {
	return c.locked(ctx, func(list []Generation, current int) error {
		for _, g := range slices.Backward(list) {
			if g.Number < current {
				return c.switchTo(g, current)
			}
		}
		return fmt.Errorf("no profile version older than the current (%d) exists", current)
	})
}

// SwitchTo makes the profile lead to the generation with a number.
func (c Change) SwitchTo(ctx context.Context, number int) error {
	return c.locked(ctx, func(list []Generation, current int) error {
		for _, g := range list {
			if g.Number == number {
				return c.switchTo(g, current)
			}
		}
		return fmt.Errorf("profile version %d does not exist", number)
	})
}

// switchTo makes the profile, which is locked, lead to one of its generations.
func (c Change) switchTo(g Generation, current int) error {
	c.say("switching profile from version %d to %d", current, g.Number)
	if c.DryRun {
		return nil
	}
	return Replace(c.Profile, g.Path)
}

// Delete deletes the generations that choose returns, in that order. The current one must not
// be among them.
func (c Change) Delete(ctx context.Context, choose func(list []Generation, current int) []Generation) error {
	return c.locked(ctx, func(list []Generation, current int) error {
		chosen := choose(list, current)
		if slices.ContainsFunc(chosen, func(g Generation) bool { return g.Number == current }) {
			return fmt.Errorf("cannot delete current version of profile %q", c.Profile)
		}
		for _, g := range chosen {
			if c.DryRun {
				c.say("would remove profile version %d", g.Number)
				continue
			}
			c.say("removing profile version %d", g.Number)
			if err := Delete(g); err != nil {
				return err
			}
		}
		return nil
	})
}

// Replace makes link a symbolic link to a path, at once, in place of a link that is there. A path
// in the same folder is written as its name alone, so that the folder can be moved.
func Replace(link, path string) error {
	dir, name := filepath.Split(link)
	if filepath.Dir(path) == filepath.Clean(dir) {
		path = filepath.Base(path)
	}
	for n := 0; ; n++ {
		temp := filepath.Join(dir, fmt.Sprintf(".%d_%s", n, name))
		err := os.Symlink(path, temp)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			if err = os.Rename(temp, link); err != nil {
				_ = os.Remove(temp)
			}
		}
		return err
	}
}
