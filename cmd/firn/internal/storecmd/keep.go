package storecmd

// This file defines what several programs do to stores: add, collect and optimise.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// AddPath copies a file or folder to a store, and returns its path there.
func (e *Env) AddPath(ctx context.Context, s store.Store, abs, name string, m storepath.Method, algo nixhash.Algo) (string, error) {
	p, _, err := s.Add(ctx, store.Source{Name: name, Method: m, Algo: algo, Host: e.Host, Path: abs})
	if onDisk, ok := s.(*local.Store); ok && err == nil && onDisk.ReadOnly() { // which has said what the path would be
		err = checkThere(ctx, onDisk, p)
	}
	return p, err
}

// checkThere returns an error for a path that would have to be written to a store that was opened to be read.
func checkThere(ctx context.Context, s *local.Store, p string) error {
	valid, err := s.IsValid(ctx, p)
	if valid || err != nil {
		return err
	}
	reason := "attempt to write a readonly database"
	if !stores.Writable(s.RealDir()) {
		reason = "Permission denied"
	}
	return dropin.Failure("cannot add '%s' to the store, which was opened read-only: %s", p, reason)
}

// Collect collects garbage, as settings say, and prints what was found: the paths, or, if
// deleted is true, how much was deleted.
func (e *Env) Collect(ctx context.Context, s store.Store, c store.Collection, deleted bool) error {
	k, err := Keeper(s, "garbage collection")
	if err != nil {
		return err
	}
	c.KeepOutputs, c.DropDerivations = e.Set.Bool("keep-outputs"), !e.Set.Bool("keep-derivations")
	c.Log = func(text string) { e.Log.Say(dropin.Error, text) }
	found, err := k.Collect(ctx, c)
	switch {
	case found == nil:
	case deleted:
		e.Lines(fmt.Sprintf("%d store paths deleted, %s freed", len(found.Paths), Size(found.Freed)))
	default:
		e.Lines(found.Paths...)
	}
	return err
}

// CountGarbage prints how many paths would be deleted.
func (e *Env) CountGarbage(ctx context.Context, s store.Store) error {
	k, err := Keeper(s, "garbage collection")
	if err != nil {
		return err
	}
	found, err := k.Collect(ctx, store.Collection{
		Action: store.Dead, KeepOutputs: e.Set.Bool("keep-outputs"), DropDerivations: !e.Set.Bool("keep-derivations"),
		Log: func(text string) { e.Log.Say(dropin.Error, text) },
	})
	if found != nil {
		e.Lines(fmt.Sprintf("%d store paths would be deleted", len(found.Paths)))
	}
	return err
}

// ProfileDirs returns the folders of profiles: those of the user and of the system, and that
// of the default profile, whatever ~/.nix-profile leads to.
func (e *Env) ProfileDirs() []string {
	dirs := []string{filepath.Join(e.StateDir(), "profiles")}
	if os.Geteuid() != 0 {
		dirs = append(dirs, filepath.Join(e.StateHome(), "profiles"))
	}
	for _, link := range []string{filepath.Join(e.Home, ".nix-profile"), filepath.Join(e.StateHome(), "profile")} {
		target, err := os.Readlink(link)
		if err != nil {
			continue
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(link), target)
		}
		dirs = append(dirs, filepath.Dir(target))
	}
	return dirs
}

// Places returns where the profiles of the user are.
func (e *Env) Places() profile.Places {
	return profile.Places{
		Home: e.Home, StateHome: e.StateHome(), State: e.StateDir(), XDG: e.Set.Bool("use-xdg-base-directories"), Root: os.Geteuid() == 0,
	}
}

// ProfileChange returns what changes a profile, and says what it does.
func (e *Env) ProfileChange(path string, dryRun bool) profile.Change {
	return profile.Change{
		Profile: path, DryRun: dryRun,
		Say: func(text string) { e.Log.Say(dropin.Notice, text) },
		Log: func(text string) { e.Log.Say(dropin.Error, text) },
	}
}

// Optimise makes files with equal contents hard links, and says what that saved.
func (e *Env) Optimise(ctx context.Context, s store.Store) error {
	k, err := Keeper(s, "optimising")
	if err != nil {
		return err
	}
	saved, err := k.Optimise(ctx, nil)
	if err != nil {
		return err
	}
	e.Log.Say(dropin.Error, fmt.Sprintf("%s freed by hard-linking %d files", Size(saved.Bytes), saved.Files))
	return nil
}

// Size returns a number of bytes as the reference prints it: in KiB or a larger unit, with
// one decimal.
func Size(bytes int64) string {
	n, unit := float64(bytes)/1024, 0
	units := []string{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	for (n >= 1024 || n <= -1024) && unit < len(units)-1 {
		n /= 1024
		unit++
	}
	return fmt.Sprintf("%.1f %s", n, units[unit])
}

// ParseSize sets n to a number of bytes, which may have a unit such as K or M. Less than 0
// counts as 1, since 0 stands for no limit.
func ParseSize(text string, n *int64) error {
	digits, err := settings.Number(text)
	if err != nil {
		return err
	}
	if _, err := fmt.Sscan(digits, n); err != nil {
		return err
	}
	*n = max(*n, 1)
	return nil
}
