package main

// This file defines what the prompt does with derivations: it writes them to a store, and has them
// built there.

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/repl"
)

// A replBuilds does what the commands of a prompt ask for that build. Its store is opened when it is
// needed: the first time that something is built, or at the start if the command line names one.
type replBuilds struct {
	c   *replCmd
	in  *setup.Streams
	env *storecmd.Env // nil until the store is needed
	// save writes a derivation that the present evaluator has made, and what that refers to.
	save func(ctx context.Context, to store.Store, drvPath string) error
}

var _ repl.Derivations = (*replBuilds)(nil)

// use makes an evaluator put things into the store that the command line names, which it can build
// in, too, or into memory if it names none.
func (b *replBuilds) use(opt *eval.Options) error {
	if b.c.Store == "" {
		dir := opt.StoreDir
		opt.Store = func(host eval.Host) store.Store {
			mem := memory.New(store.Disk(storepath.Dir(dir), host))
			b.save = func(ctx context.Context, to store.Store, drvPath string) error {
				return mem.Save(ctx, to, []string{drvPath})
			}
			return mem
		}
		return nil
	}
	s, err := b.store(context.Background())
	if err != nil {
		return err
	}
	target := stores.NewTarget(s, b.c.Store)
	target.Use(opt)
	b.save = func(ctx context.Context, _ store.Store, _ string) error { return target.Save(ctx, false) }
	return nil
}

// store opens the store.
func (b *replBuilds) store(ctx context.Context) (store.Store, error) {
	if b.env == nil {
		env, err := b.c.env(b.in)
		if err != nil {
			return nil, err
		}
		b.env = env
	}
	s, err := b.env.Store(ctx)
	if err != nil && b.c.Store == "" {
		err = fmt.Errorf("the store cannot be opened: %w\nfirn repl --store DIR builds in a folder of yours", err)
	}
	return s, err
}

// written returns the store, to which the derivation has been written.
func (b *replBuilds) written(ctx context.Context, drvPath string) (store.Store, error) {
	s, err := b.store(ctx)
	if err != nil {
		return nil, err
	}
	return s, b.save(ctx, s, drvPath)
}

// close closes the store.
func (b *replBuilds) close() error {
	if b.env == nil {
		return nil
	}
	return b.env.Close()
}

// Build implements repl.Derivations.
func (b *replBuilds) Build(ctx context.Context, drvPath string) ([]repl.Output, error) {
	s, err := b.written(ctx, drvPath)
	if err != nil {
		return nil, err
	}
	targets := []store.Target{{Path: drvPath, Built: true}}
	m, err := b.env.Missing(ctx, s, targets)
	if err == nil {
		err = b.env.Realise(ctx, s, targets, m)
	}
	if err != nil {
		return nil, err
	}
	paths, err := b.env.Outputs(ctx, s, drvPath)
	if err != nil {
		return nil, err
	}
	var out []repl.Output
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		out = append(out, repl.Output{Name: name, Path: paths[name]})
	}
	return out, nil
}

// Link implements repl.Derivations.
func (b *replBuilds) Link(ctx context.Context, link, path string) error {
	s, err := b.store(ctx)
	if err != nil {
		return err
	}
	keeper, err := storecmd.Keeper(s, "garbage collection")
	if err != nil {
		return err
	}
	return keeper.AddRoot(ctx, link, path)
}

// Install implements repl.Derivations.
func (b *replBuilds) Install(ctx context.Context, drvPath string) error {
	return b.run(ctx, "nix-env", drvPath, "-i")
}

// Shell implements repl.Derivations.
func (b *replBuilds) Shell(ctx context.Context, drvPath string) error {
	return b.run(ctx, "nix-shell", drvPath)
}

// run runs firn as one of the programs that it stands in for.
func (b *replBuilds) run(ctx context.Context, program, drvPath string, flags ...string) error {
	if _, err := b.written(ctx, drvPath); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	args := append([]string{program}, flags...)
	if b.c.Store != "" {
		args = append(args, "--store", b.c.Store)
	}
	// It is for the user, and so is Ctrl-C meanwhile.
	cmd := &exec.Cmd{Path: self, Args: append(args, drvPath), Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	return cmd.Run()
}

// Log implements repl.Derivations.
func (b *replBuilds) Log(ctx context.Context, drvPath string) error {
	if _, err := b.written(ctx, drvPath); err != nil {
		return err
	}
	err := (&storecmd.Log{Installable: drvPath}).Run(ctx, b.env)
	if flushed := b.env.Text.Flush(); err == nil {
		err = flushed
	}
	return err
}
