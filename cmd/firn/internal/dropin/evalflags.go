package dropin

// This file defines the flags of programs that evaluate.

import (
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
)

// EvalFlags returns the flags of the programs that evaluate. They change f, and evalStore,
// which is "" or the reference of a store that is written to in place of that of the settings.
func (p *Program) EvalFlags(f *setup.Flags, evalStore *string) []Flag {
	arg := func(from setup.ArgSource) func([]string) error {
		return func(args []string) error {
			a := setup.Arg{Name: args[0], From: from}
			if len(args) > 1 {
				a.Value = args[1]
			}
			f.Args = append(f.Args, a)
			return nil
		}
	}
	repair := Flag{Name: "repair", Help: "Accepted: nothing is repaired.", Apply: Nothing}
	if p.RepairFlag != nil {
		repair.Help, repair.Apply = "Make damaged paths again.", On(p.RepairFlag)
	}
	return []Flag{
		{Name: "arg", Args: "name expr", Help: "Pass an expression to functions that take an argument of that name.", Apply: arg(setup.FromExpr)},
		{Name: "argstr", Args: "name text", Help: "The same, for a string.", Apply: arg(setup.FromText)},
		{Name: "arg-from-file", Args: "name path", Help: "The same, for what is in a file.", Apply: arg(setup.FromFile)},
		{Name: "arg-from-stdin", Args: "name", Help: "The same, for standard input.", Apply: arg(setup.FromStdin)},
		{Name: "include", Short: 'I', Args: "path", Help: "Look for <...> here first: a folder, or NAME=PATH.", Apply: func(args []string) error {
			f.Include = append(f.Include, args[0])
			return nil
		}},
		{Name: "impure", Help: "Take back --pure-eval.", Apply: func([]string) error { return p.Set.Set("pure-eval", "false") }},
		{Name: "override-flake", Args: "from to", Help: "Accepted; has no effect, since flakes are for nix and firn eval.", Apply: func([]string) error { return p.Set.RequireFeature("flakes") }},
		{Name: "eval-store", Args: "url", Help: "Write to this store, in place of that of --store.", Apply: func(args []string) error {
			*evalStore = args[0]
			return settings.CheckStore(args[0])
		}},
		repair,
	}
}
