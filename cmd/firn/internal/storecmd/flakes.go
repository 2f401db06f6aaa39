package storecmd

// This file defines installables that are outputs of flakes, as far as this package knows them:
// package flakecmd evaluates them.

import "context"

// LockFlags say how the lock of a flake is computed, and what becomes of it.
type LockFlags struct {
	OverrideInput     []string `sep:"none" placeholder:"INPUT=REF" help:"Let an input be another flake, as in nixpkgs=./nixpkgs, and write no lock file unless the command is there for that. Also: --override-input INPUT REF."`
	OverrideFlakeArg  []string `sep:"none" placeholder:"NAME=EXPR" help:"Give this argument to the outputs of the flake, beside its inputs: of outputs = { self, ... }@args it is args.NAME. Also: --override-flake-arg NAME EXPR."`
	UpdateInput       []string `sep:"none" placeholder:"INPUT" help:"Look this input up again."`
	RecreateLockFile  bool     `help:"Look all inputs up again."`
	NoUpdateLockFile  bool     `help:"Fail if the lock file would change."`
	NoWriteLockFile   bool     `help:"Do not write the lock file."`
	CommitLockFile    bool     `help:"Commit the lock file, if it changed, to the repository of the flake."`
	ReferenceLockFile string   `placeholder:"FILE" help:"Take this lock file in place of flake.lock."`
	OutputLockFile    string   `placeholder:"FILE" help:"Write the lock to this file."`
	AllowDirtyLocks   bool     `help:"Accept inputs that have a hash, but no revision."`
	NoUseRegistries   bool     `help:"Look no names up."`
	NoRegistries      bool     `hidden:""` // the old name
	InputsFrom        []string `sep:"none" placeholder:"FLAKE" help:"Names of flakes stand for the inputs of this flake."`
}

// A FlakeFunc makes what evaluates the operands of a command that are outputs of flakes. The
// function that it returns gives what one of them stands for; its derivation is in the store
// then.
type FlakeFunc func(ctx context.Context, e *Env, ef *EvalFlags, lf *LockFlags) (func(ctx context.Context, word string) (Results, error), error)

// flakeResults returns what evaluates operands that are outputs of flakes, which is made when
// the first one is met.
func (i *installables) flakeResults(e *Env) func(ctx context.Context, word string) (Results, error) {
	var evaluate func(ctx context.Context, word string) (Results, error)
	return func(ctx context.Context, word string) (Results, error) {
		if evaluate == nil {
			var err error
			if evaluate, err = e.Flakes(ctx, e, &i.EvalFlags, &i.LockFlags); err != nil {
				return nil, err
			}
		}
		return evaluate(ctx, word)
	}
}
