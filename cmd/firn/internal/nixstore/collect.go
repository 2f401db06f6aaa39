package nixstore

// This file defines nix-collect-garbage.

import (
	"context"
	"time"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

const collectHelp = `nix-collect-garbage, the one of firn: deletes what nothing needs.

    nix-collect-garbage                            delete the garbage
    nix-collect-garbage --dry-run                  count it
    nix-collect-garbage -d                         delete all generations of profiles but the current ones first
    nix-collect-garbage --delete-older-than 14d    delete those first that were replaced 14 days ago or earlier
`

// CollectMain runs nix-collect-garbage with the arguments behind its name, and returns the
// exit status.
func CollectMain(args []string, s *setup.Streams) int {
	e := storecmd.NewEnv(dropin.New("nix-collect-garbage", s))
	err := collect(e, args)
	if closed := e.Close(); err == nil {
		err = closed
	}
	return e.End(err)
}

// collect does what nix-collect-garbage is asked for.
func collect(e *storecmd.Env, args []string) error {
	var help, dryRun bool
	var operands []string
	var age time.Duration
	old := noGenerations
	c := store.Collection{Action: store.Garbage}
	own := []dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: dropin.On(&help)},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return e.PrintVersion() }},
		{Name: "dry-run", Help: "Delete nothing; print how many paths there are.", Apply: dropin.On(&dryRun)},
		{Name: "delete-old", Short: 'd', Help: "Delete all generations of profiles but the current ones.", Apply: func([]string) error {
			old = max(old, allOld)
			return nil
		}},
		{Name: "delete-older-than", Args: "age", Help: "Delete generations of profiles that were replaced that long ago, such as 14d.", Apply: func(args []string) (err error) {
			old = olderThan
			if age, err = profile.ParseDays(args[0]); err != nil {
				err = dropin.Usage("%v", err)
			}
			return err
		}},
		{Name: "max-freed", Args: "bytes", Help: "End when more than this has been deleted.", Apply: func(args []string) error {
			return storecmd.ParseSize(args[0], &c.MaxFreed)
		}},
	}
	if err := start(e.Program, args, own, &operands, nil); err != nil {
		return err
	}
	switch {
	case help:
		return printHelp(e.Program, collectHelp, own)
	case len(operands) > 0:
		return dropin.Usage("unexpected argument '%s'", operands[0])
	case dryRun && c.MaxFreed > 0:
		return dropin.Usage("options --max-freed and --dry-run cannot be combined")
	}
	ctx, stop := e.Interruptible()
	defer stop()
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	if old != noGenerations {
		if err := deleteGenerations(ctx, e, old, time.Now().Add(-age), dryRun); err != nil {
			return err
		}
	}
	if dryRun {
		return e.CountGarbage(ctx, s)
	}
	return e.Collect(ctx, s, c, true)
}

// A generations says which generations of profiles are deleted.
type generations int

// The generations.
const (
	noGenerations generations = iota
	allOld                    // but the current ones
	olderThan                 // those that were replaced before a time
)

// deleteGenerations deletes generations of the profiles of the user and of the system; those
// that the user may not change are left alone. With dryRun it says which.
func deleteGenerations(ctx context.Context, e *storecmd.Env, which generations, before time.Time, dryRun bool) error {
	profiles, err := profile.Below(e.ProfileDirs()...)
	if err != nil {
		return err
	}
	for _, p := range profiles {
		e.Log.Say(dropin.Info, "removing old generations of profile "+p)
		err := e.ProfileChange(p, dryRun).Delete(ctx, func(list []profile.Generation, current int) []profile.Generation {
			if which == olderThan {
				return profile.OlderThan(list, current, before)
			}
			return profile.Old(list, current)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
