package instantiate

// This file defines the text of --help.

import (
	"fmt"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

const helpIntro = `nix-instantiate, the one of firn: instantiates Nix expressions, or evaluates them.

    nix-instantiate FILE... [-A PATH]...    write derivations in the value, and print their paths
    nix-instantiate --eval FILE...          print the value
    nix-instantiate --parse FILE...         print the expression
    nix-instantiate --find-file NAME...     print where <NAME> is

FILE may be - for standard input, a folder for its default.nix, or <NAME> in the search
path; if there is none, it is ./default.nix. With -E, expressions stand in place of files.
Derivations, and the files that they need, are written to the store: that of --store,
of NIX_REMOTE, or of NIX_STORE_DIR and NIX_STATE_DIR. --eval and --dry-run write nothing.
`

const helpSettings = `
Every setting of Nix is a flag, too: --NAME VALUE, --extra-NAME VALUE to append to a list,
--NAME and --no-NAME for those that are true or false. Settings are read also from
nix.conf and NIX_CONFIG. Those that matter here:

    eval-system system nix-path pure-eval restrict-eval allowed-uris show-trace
    experimental-features max-call-depth trace-verbose abort-on-warn trace-function-calls
    allow-import-from-derivation lint-url-literals lint-short-path-literals
    lint-absolute-path-literals eval-profiler eval-profile-file eval-profiler-frequency

The environment: NIX_PATH, NIX_CONFIG, NIX_STORE_DIR, NIX_STATE_DIR, NIX_REMOTE,
NIX_SHOW_STATS, NIX_SHOW_STATS_PATH, NIX_COUNT_CALLS, NIX_ABORT_ON_WARN, NO_COLOR.
`

// printHelp lists every flag.
func (p *program) printHelp() error {
	intro, builds := helpIntro, "How to build what is imported while evaluating"
	switch {
	case p.Name == "nix-shell":
		intro, builds = shellIntro, "How to build"
	case p.build != nil:
		intro, builds = buildIntro, "How to build"
	}
	fmt.Fprint(p.Text, intro)
	err := dropin.PrintFlags(p.Text,
		dropin.Section{Title: "What to do", Flags: p.own()},
		dropin.Section{Title: "How to evaluate", Flags: p.evaluation()},
		dropin.Section{Title: builds, Flags: p.BuildFlags()},
		dropin.Section{Title: "Messages and settings", Flags: p.CommonFlags()})
	if err != nil {
		return err
	}
	fmt.Fprint(p.Text, helpSettings)
	return nil
}

// A FlagHelp is a flag, with its minus signs, and what it does.
type FlagHelp struct{ Name, Help string }

// Flags returns the long flags of nix-instantiate.
func Flags() []FlagHelp {
	p := &program{Program: &dropin.Program{}}
	var out []FlagHelp
	for _, table := range [][]dropin.Flag{p.own(), p.evaluation(), p.BuildFlags(), p.CommonFlags()} {
		for _, f := range table {
			out = append(out, FlagHelp{"--" + f.Name, f.Help})
		}
	}
	return out
}
