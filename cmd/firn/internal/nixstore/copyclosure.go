package nixstore

// This file defines nix-copy-closure.

import (
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

const copyClosureHelp = `nix-copy-closure, the one of firn: copies paths, and all that they refer to, to another machine or from it.

    nix-copy-closure --to USER@HOST PATH...      copy from this machine
    nix-copy-closure --from USER@HOST PATH...    copy to this machine

The other machine is reached with ssh, and runs nix-store --serve.
`

// CopyClosureMain runs nix-copy-closure with the arguments behind its name, and returns the
// exit status.
func CopyClosureMain(args []string, s *setup.Streams) int {
	e := storecmd.NewEnv(dropin.New("nix-copy-closure", s))
	err := copyClosure(e, args)
	if closed := e.Close(); err == nil {
		err = closed
	}
	return e.End(err)
}

// copyClosure does what nix-copy-closure is asked for.
func copyClosure(e *storecmd.Env, args []string) error {
	var help, gzip, from, substitute bool
	var operands []string
	other := func(name string) func([]string) error {
		return func([]string) error {
			e.Log.Warn("'--" + name + "' is not implemented, falling back to gzip")
			gzip = true
			return nil
		}
	}
	own := []dropin.Flag{
		{Name: "help", Help: "Print this text.", Apply: dropin.On(&help)},
		{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return e.PrintVersion() }},
		{Name: "to", Help: "Copy to the other machine (default).", Apply: func([]string) error { from = false; return nil }},
		{Name: "from", Help: "Copy from the other machine.", Apply: dropin.On(&from)},
		{Name: "gzip", Help: "Let ssh compress what is sent.", Apply: dropin.On(&gzip)},
		{Name: "bzip2", Help: "The same.", Apply: other("bzip2")},
		{Name: "xz", Help: "The same.", Apply: other("xz")},
		{Name: "show-progress", Help: "Has no meaning any more.", Apply: func([]string) error {
			e.Log.Say(dropin.Error, "Warning: '--show-progress' is not implemented")
			return nil
		}},
		{Name: "include-outputs", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		{Name: "dry-run", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		{Name: "use-substitutes", Short: 's', Help: "The other machine fetches what it can from its own binary caches.", Apply: dropin.On(&substitute)},
	}
	if err := start(e.Program, args, own, &operands, func(args []string) ([]string, bool, error) {
		operands = append(operands, args[0])
		return args[1:], true, nil
	}); err != nil {
		return err
	}
	switch {
	case help:
		return printHelp(e.Program, copyClosureHelp, own)
	case len(operands) == 0:
		return dropin.Usage("no host name specified")
	}
	host := operands[0]
	if strings.HasPrefix(host, "-") {
		return dropin.Failure("invalid SSH authority: '%s': host name '%s' must not start with '-'", host, host)
	}
	ref := "ssh://" + host
	if gzip {
		ref += "?compress=true"
	}
	ctx, stop := e.Interruptible()
	defer stop()
	if from {
		return e.CopyClosure(ctx, e.Set.Text("store"), ref, operands[1:], substitute)
	}
	return e.CopyClosure(ctx, ref, e.Set.Text("store"), operands[1:], substitute)
}
