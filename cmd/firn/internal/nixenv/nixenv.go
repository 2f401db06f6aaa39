// Package nixenv is nix-env of Nix 2.34: the same flags, output, messages, manifests and exit
// status.
//
//	run       one run of the program: the command line, and what it works with
//	element   a package of a user environment, or one that may become one
//	source    where packages come from: an expression, store paths, another profile
//	selector  which of them are meant: a regular expression for the name, and a version
//
// Each operation reads the manifest of the profile, computes the elements of the next
// generation, and hands them to createUserEnv. Nothing is locked meanwhile: if another process
// has changed the profile, the operation begins anew.
package nixenv

// This file defines the command line, and which operation it asks for.

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
	"github.com/firn-lang/firn/eval"
)

const helpIntro = `nix-env, the one of firn: installs packages in the profile of a user, and lists them.

    nix-env -f FILE -iA ATTR...         install packages that are attributes of an expression
    nix-env -i NAME...                  install packages by name, as in ~/.nix-defexpr
    nix-env -e NAME...                  uninstall them
    nix-env -u [NAME...]                upgrade them
    nix-env -q                          list what is installed;  -qa  what could be
    nix-env --rollback                  go back to the generation before
    nix-env --list-generations          list generations;  -G N  switches to one
    nix-env --delete-generations old    delete all but the current one; also: N..., 30d, +5
`

// A run is one run of nix-env.
type run struct {
	*storecmd.Env
	setup.Flags
	evalStore string // --eval-store; "" is the store itself

	op    *operation // nil until the command line names one
	flags []string   // of the operation
	args  []string

	profile      string
	file         string // --file; "" is the default expression
	forceName    string // --force-name: of all packages that are installed
	systemFilter string // which systems packages may be for; "*" is all
	dryRun       bool
	prebuiltOnly bool // only packages that need not be built

	source source
	store  store.Store
	target *stores.Target
	ev     *eval.Evaluator
	given  map[string]any // arguments for functions on the way to packages
}

// An operation is what nix-env can be asked for.
type operation struct {
	dropin.Flag
	run      func(r *run, ctx context.Context) error
	readOnly bool // it writes no derivations
}

// operations returns the table of operations.
func operations() []operation {
	op := func(name string, short byte, help string, fn func(*run, context.Context) error) operation {
		return operation{Flag: dropin.Flag{Name: name, Short: short, Help: help}, run: fn}
	}
	all := []operation{
		op("install", 'i', "Install packages: -A, -E, --from-profile PATH, --preserve-installed, --remove-all, --priority N.", (*run).install),
		op("uninstall", 'e', "Uninstall packages.", (*run).uninstall),
		op("upgrade", 'u', "Upgrade packages: --lt (default), --leq, --eq, --always.", (*run).upgrade),
		op("query", 'q', "List packages: --installed, -a, -s, -P, -c, --json, --xml, --description and more.", (*run).query),
		op("set", 0, "Make a package the profile itself.", (*run).set),
		op("set-flag", 0, "Change meta data of installed packages: active, priority or keep, a value, and names.", (*run).setFlag),
		op("rollback", 0, "Switch to the generation before the current one.", (*run).rollback),
		op("switch-generation", 'G', "Switch to a generation.", (*run).switchGeneration),
		op("list-generations", 0, "List generations.", (*run).listGenerations),
		op("delete-generations", 0, "Delete generations: old, numbers, 30d or +5.", (*run).deleteGenerations),
		op("switch-profile", 'S', "Make ~/.nix-profile lead to another profile.", (*run).switchProfile),
	}
	for i := range all {
		all[i].readOnly = all[i].Name == "query"
	}
	return all
}

// Main runs nix-env with the arguments behind its name, and returns the exit status.
func Main(args []string, s *setup.Streams) int {
	r := &run{Env: storecmd.NewEnv(dropin.New("nix-env", s)), systemFilter: "*"}
	err := r.main(args)
	if closed := r.Close(); err == nil {
		err = closed
	}
	return r.End(err)
}

// own returns the flags of the program itself. choose is called with an operation.
func (r *run) own(table []operation, choose func(*operation) error, help *bool) []dropin.Flag {
	var own []dropin.Flag
	for i := range table {
		f := table[i].Flag
		f.Apply = func([]string) error { return choose(&table[i]) }
		own = append(own, f)
	}
	return append(own,
		dropin.Flag{Name: "help", Help: "Print this text.", Apply: dropin.On(help)},
		dropin.Flag{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return r.PrintVersion() }},
		dropin.Flag{Name: "profile", Short: 'p', Args: "path", Help: "Work on this profile. Default: NIX_PROFILE, or ~/.nix-profile.", Apply: func(args []string) error {
			r.profile = path.Clean(r.Absolute(args[0]))
			return nil
		}},
		dropin.Flag{Name: "file", Short: 'f', Args: "file", Help: "Take packages of the expression in this file. Default: ~/.nix-defexpr.", Apply: dropin.To(&r.file)},
		dropin.Flag{Name: "force-name", Args: "name", Help: "Give packages this name.", Apply: dropin.To(&r.forceName)},
		dropin.Flag{Name: "system-filter", Args: "system", Help: "Take packages for this system only.", Apply: dropin.To(&r.systemFilter)},
		dropin.Flag{Name: "prebuilt-only", Short: 'b', Help: "Take packages only that need not be built.", Apply: dropin.On(&r.prebuiltOnly)},
		dropin.Flag{Name: "dry-run", Help: "Only say what would be done.", Apply: func([]string) error {
			r.Log.Say(dropin.Info, "(dry run; not doing anything)")
			r.dryRun = true
			return nil
		}})
}

// main does what the command line asks for.
func (r *run) main(args []string) error {
	if err := r.Set.Load(); err != nil {
		return err
	}
	var help bool
	table := operations()
	own := r.own(table, func(op *operation) error {
		if r.op != nil && r.op != op {
			return dropin.Usage("only one operation may be specified")
		}
		r.op = op
		return nil
	}, &help)
	var repair bool
	r.RepairFlag = &repair
	others := [][]dropin.Flag{r.EvalFlags(&r.Flags, &r.evalStore), r.BuildFlags(), r.CommonFlags()}
	operand := func(args []string) ([]string, bool, error) { return r.operand(args, own) }
	err := dropin.Parse(args, func(args []string) (rest []string, ok bool, err error) {
		if args[0] != "--system" { // which is a flag of --query, and not the setting
			if rest, ok, err = r.Take(args, others...); ok {
				return rest, ok, err
			}
		}
		return operand(args)
	}, operand)
	if err != nil {
		return err
	}
	if repair && !help {
		return dropin.Failure("%s is not supported by nix-env yet; nix-store --repair-path makes paths again", "--repair")
	}
	if help {
		fmt.Fprint(r.Text, helpIntro)
		return dropin.PrintFlags(r.Text,
			dropin.Section{Title: "What to do", Flags: own},
			dropin.Section{Title: "How to evaluate", Flags: others[0]},
			dropin.Section{Title: "How to build", Flags: others[1]},
			dropin.Section{Title: "Messages and settings", Flags: others[2]})
	}
	if r.op == nil {
		return dropin.Usage("no operation specified")
	}
	if err := r.Finish(); err != nil {
		return err
	}
	r.ensureExpressions()
	ctx, stop := r.Interruptible()
	defer stop()
	if err := r.open(ctx); err != nil {
		return err
	}
	return r.ev.Run(ctx, func(ctx context.Context) (err error) {
		if r.given, err = setup.Arguments(ctx, r.ev, r.Streams, r.Args); err != nil {
			return err
		}
		return r.op.run(r, ctx)
	})
}

// operand takes a flag of the program, one of the operation, or an operand.
func (r *run) operand(args []string, own []dropin.Flag) (rest []string, ok bool, err error) {
	if rest, ok, err = dropin.TakeOwn(args, own); ok {
		return rest, ok, err
	}
	word, rest := args[0], args[1:]
	if !strings.HasPrefix(word, "-") {
		r.args = append(r.args, word)
		return rest, true, nil
	}
	r.flags = append(r.flags, word)
	takes := word == "--from-profile"
	switch {
	case r.op == nil:
	case r.op.Name == "query":
		takes = takes || word == "--attr" || word == "-A"
	case r.op.Name == "install":
		takes = takes || word == "--priority"
	}
	if takes {
		if len(rest) == 0 {
			return nil, true, dropin.Usage("'%s' requires an argument", word)
		}
		r.flags, rest = append(r.flags, rest[0]), rest[1:]
	}
	return rest, true, nil
}

// open opens the store, and makes the evaluator.
func (r *run) open(ctx context.Context) (err error) {
	if r.store, err = r.Store(ctx); err != nil {
		return err
	}
	to, ref := r.store, r.Set.Text("store")
	if r.evalStore != "" {
		ref = r.evalStore
		if to, err = r.OpenStore(ctx, ref); err != nil {
			return err
		}
	}
	opt := setup.Options(r.Streams, r.Set, &r.Flags)
	if !r.op.readOnly {
		r.target = r.Target(to, ref)
		r.target.Use(&opt)
	}
	opt.Messages = &r.Log
	if r.ev, err = eval.New(opt); err != nil {
		return err
	}
	if r.profile == "" {
		r.profile = r.Getenv("NIX_PROFILE")
	}
	if r.profile == "" {
		r.profile = r.Places().Default()
	}
	return nil
}

// expressions returns the folder of the default expression.
func (r *run) expressions() string {
	if r.Set.Bool("use-xdg-base-directories") {
		return path.Join(r.StateHome(), "defexpr")
	}
	return path.Join(r.Home, ".nix-defexpr")
}

// ensureExpressions makes the folder of the default expression, with links to channels, unless
// it is there. Where that cannot be, it is not there.
func (r *run) ensureExpressions() {
	dir := filepath.FromSlash(r.expressions())
	if _, err := os.Lstat(dir); err == nil || os.MkdirAll(dir, 0o777) != nil {
		return
	}
	places := r.Places()
	if os.MkdirAll(places.Dir(), 0o755) != nil || profile.Replace(filepath.Join(dir, "channels"), filepath.Join(places.Dir(), "channels")) != nil || places.Root {
		return
	}
	places.Root = true
	_ = profile.Replace(filepath.Join(dir, "channels_root"), filepath.Join(places.Dir(), "channels"))
}

// info says something about what is done.
func (r *run) info(format string, args ...any) {
	r.Log.Say(dropin.Info, fmt.Sprintf(format, args...))
}

// noFlags returns an error if the operation was given flags.
func (r *run) noFlags() error {
	if len(r.flags) > 0 {
		return dropin.Usage("unknown flag '%s'", r.flags[0])
	}
	return nil
}
