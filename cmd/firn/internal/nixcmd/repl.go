package nixcmd

// This file defines nix repl, as far as it is a command line: the prompt itself is the caller's.

import (
	"context"

	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// Repl is the command line of nix repl.
type Repl struct {
	Installables []string `arg:"" optional:"" help:"Flakes and outputs of flakes that are loaded, as in nixpkgs or .#lib. With --file: attributes."`
	File         string   `short:"f" placeholder:"FILE" help:"Load this file."`
	Expr         string   `placeholder:"TEXT" help:"Add the attributes of this set to the names."`
	Debugger     bool     `help:"Stop at errors and at builtins.break, to look around."`
	storecmd.EvalFlags
	storecmd.LockFlags
}

// A ReplFunc is a prompt, whose settings are those of e.
type ReplFunc func(e *storecmd.Env, c *Repl) error

// Run calls the prompt.
func (c *Repl) Run(_ context.Context, e *storecmd.Env, prompt ReplFunc) error { return prompt(e, c) }
