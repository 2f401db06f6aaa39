package main

// This file defines the prompt of nix repl.

import (
	"errors"
	"strings"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/nixcmd"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// nixRepl runs the prompt of firn with the flags of nix repl. Evaluation is impure unless the
// command line says otherwise.
func nixRepl(e *storecmd.Env, line *nixcmd.Repl) error {
	c := &replCmd{
		Files: line.Installables, File: line.File, Include: line.Include, Debug: line.Debugger,
		Trace: e.Set.Bool("show-trace"), Pure: e.Set.Bool("pure-eval") && !line.Impure,
		allFlakes: true, locks: line.LockFlags, set: e.Set,
	}
	if line.Expr != "" {
		c.Expr = []string{line.Expr}
	}
	for to, list := range map[*[]argument][]string{&c.Arg: line.Arg, &c.ArgStr: line.ArgStr} {
		for _, text := range list {
			name, value, _ := strings.Cut(text, "=")
			*to = append(*to, argument{name, value})
		}
	}
	if err := c.Validate(); err != nil {
		return err
	}
	err := c.Run(streamsOf(e.Streams))
	var failed failedError
	if errors.As(err, &failed) {
		return dropin.Exit(failed)
	}
	return err
}
