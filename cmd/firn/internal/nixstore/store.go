package nixstore

// This file defines nix-store: the command line, and which operation it asks for.

import (
	"bufio"
	"context"
	"path"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
)

const storeHelp = `nix-store, the one of firn: looks at a store, adds to it, and keeps order in it.

    nix-store --query --references PATH...    print what paths refer to; there are more queries
    nix-store --add PATH...                   copy files and folders to the store
    nix-store --realise PATH...               build derivations or fetch paths, and make roots of them
    nix-store --gc                            delete what nothing needs
    nix-store --verify --check-contents       check that nothing has changed
`

// A run is one run of nix-store.
type run struct {
	*storecmd.Env
	store    store.Store // nil for operations that need none
	flags    []string    // of the operation
	args     []string
	root     string // --add-root
	roots    int    // that were made
	noOutput bool
}

// An operation is what nix-store can be asked for.
type operation struct {
	dropin.Flag
	run     func(r *run, ctx context.Context) error
	noStore bool // it opens no store
}

// operations returns the table of operations.
func operations() []operation {
	op := func(name string, short byte, alias, help string, fn func(*run, context.Context) error) operation {
		return operation{Flag: dropin.Flag{Name: name, Short: short, Alias: alias, Help: help}, run: fn}
	}
	all := []operation{
		op("realise", 'r', "realize", "Build derivations or fetch paths: --dry-run, --check, --ignore-unknown.", (*run).realise),
		op("add", 'A', "", "Copy files and folders to the store.", (*run).add),
		op("add-fixed", 0, "", "The same, for the output of a fixed-output derivation: ALGORITHM PATH...; --recursive.", (*run).addFixed),
		op("print-fixed-path", 0, "", "Print the path of such an output: ALGORITHM HASH NAME; --recursive.", (*run).printFixedPath),
		op("delete", 0, "", "Delete paths; --ignore-liveness.", (*run).delete),
		op("query", 'q', "", "Print what is known of paths.", (*run).query),
		op("print-env", 0, "", "Print the environment of a derivation for a shell.", (*run).printEnv),
		op("dump-db", 0, "", "Print the database.", (*run).dumpDB),
		op("load-db", 0, "", "Add what --dump-db printed to the database.", (*run).loadDB),
		op("register-validity", 0, "", "Make paths valid that are there: --reregister, --hash-given.", (*run).registerValidity),
		op("check-validity", 0, "", "Check that paths are valid; --print-invalid.", (*run).checkValidity),
		op("gc", 0, "", "Delete what nothing needs: --print-roots, --print-live, --print-dead, --max-freed N.", (*run).gc),
		op("dump", 0, "", "Write the archive of a file or folder.", (*run).dump),
		op("restore", 0, "", "Make files of the archive on standard input.", (*run).restore),
		op("export", 0, "", "Write paths for --import.", (*run).export),
		op("import", 0, "", "Add what --export wrote.", (*run).importPaths),
		op("init", 0, "", "Make the store, if there is none.", (*run).init),
		op("verify", 0, "", "Check the database: --check-contents, --repair.", (*run).verify),
		op("verify-path", 0, "", "Check that the contents of paths have not changed.", (*run).verifyPath),
		op("repair-path", 0, "", "Fetch paths again whose contents have changed.", (*run).repairPath),
		op("optimise", 0, "optimize", "Make files with equal contents hard links.", (*run).optimise),
		op("read-log", 'l', "", "Print logs of builds.", (*run).readLog),
		op("serve", 0, "", "Serve the store to a client at standard input and output, as ssh://HOST does; --write.", (*run).serve),
		op("generate-binary-cache-key", 0, "", "Make keys that sign: NAME SECRET-FILE PUBLIC-FILE.", (*run).generateKey),
	}
	for i := range all {
		switch all[i].Name {
		case "dump", "restore", "generate-binary-cache-key", "print-fixed-path":
			all[i].noStore = true
		}
	}
	return all
}

// StoreMain runs nix-store with the arguments behind its name, and returns the exit status.
func StoreMain(args []string, s *setup.Streams) int {
	r := &run{Env: storecmd.NewEnv(dropin.New("nix-store", s))}
	err := r.main(args)
	if closed := r.Close(); err == nil {
		err = closed
	}
	return r.End(err)
}

// main does what the command line asks for.
func (r *run) main(args []string) error {
	var op *operation
	var help, stdin bool
	table := operations()
	var own []dropin.Flag
	for i := range table {
		f := table[i].Flag
		f.Apply = func([]string) error {
			if op != nil && op != &table[i] {
				return dropin.Usage("only one operation may be specified")
			}
			op = &table[i]
			return nil
		}
		own = append(own, f)
	}
	own = append(own,
		dropin.Flag{Name: "help", Help: "Print this text.", Apply: dropin.On(&help)},
		dropin.Flag{Name: "version", Help: "Print the version of Nix that this program behaves as.", Apply: func([]string) error { return r.PrintVersion() }},
		dropin.Flag{Name: "add-root", Args: "path", Help: "Make links to what is realised, which keep it: path, path-2, ...", Apply: func(args []string) error {
			r.root = path.Clean(r.Absolute(args[0]))
			return nil
		}},
		dropin.Flag{Name: "stdin", Help: "Read operands from standard input as well.", Apply: dropin.On(&stdin)},
		dropin.Flag{Name: "indirect", Help: "Has no meaning any more.", Apply: dropin.Nothing},
		dropin.Flag{Name: "no-output", Help: "With --realise: print nothing.", Apply: dropin.On(&r.noOutput)})
	err := start(r.Program, args, own, &r.args, r.operationFlag)
	switch {
	case err != nil:
		return err
	case help:
		return printHelp(r.Program, storeHelp, own)
	case op == nil:
		return dropin.Usage("no operation specified")
	}
	if stdin && !terminal.Of(r.In, r.Getenv).Is && op.Name != "import" && op.Name != "restore" {
		words := bufio.NewScanner(r.In)
		words.Split(bufio.ScanWords)
		for words.Scan() {
			r.args = append(r.args, words.Text())
		}
		if err := words.Err(); err != nil {
			return err
		}
	}
	ctx, stop := r.Interruptible()
	defer stop()
	if !op.noStore {
		if r.store, err = r.Store(ctx); err != nil {
			return err
		}
	}
	return op.run(r, ctx)
}

// operationFlag takes a flag of the operation, which is looked at later.
func (r *run) operationFlag(args []string) (rest []string, ok bool, err error) {
	word, rest := args[0], args[1:]
	r.flags = append(r.flags, word)
	if word == "--max-freed" || word == "--max-links" || word == "--max-atime" {
		if len(rest) == 0 {
			return nil, true, dropin.Usage("'%s' requires an argument", word)
		}
		r.flags = append(r.flags, rest[0])
		rest = rest[1:]
	}
	return rest, true, nil
}

// noFlags returns an error if the operation was given flags.
func (r *run) noFlags() error {
	if len(r.flags) > 0 {
		return dropin.Usage("unknown flag '%s'", r.flags[0])
	}
	return nil
}

// bare returns an error if the operation was given flags or operands.
func (r *run) bare() error {
	if err := r.noFlags(); err != nil {
		return err
	}
	return r.noArgs()
}

// noArgs returns an error if the operation was given operands.
func (r *run) noArgs() error {
	if len(r.args) > 0 {
		return dropin.Usage("no arguments expected")
	}
	return nil
}

// switches sets the fields of flags of the operation; others are errors.
func (r *run) switches(fields map[string]*bool) error {
	for _, f := range r.flags {
		if fields[f] == nil {
			return dropin.Usage("unknown flag '%s'", f)
		}
		*fields[f] = true
	}
	return nil
}
