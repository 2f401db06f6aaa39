package nixstore

// This file defines nix-collect-garbage.

import (
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

const collectHelp = `nix-collect-garbage, the one of firn: deletes what nothing needs.

    nix-collect-garbage              delete the garbage
    nix-collect-garbage --dry-run    count it

Generations of profiles are kept.
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
	c := store.Collection{Action: store.Garbage}
	own := []dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: dropin.On(&help)},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return e.PrintVersion() }},
		{Name: "dry-run", Help: "Delete nothing; print how many paths there are.", Apply: dropin.On(&dryRun)},
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
	if dryRun {
		return e.CountGarbage(ctx, s)
	}
	return e.Collect(ctx, s, c, true)
}
