package eval

// This file defines how flakes are opened and evaluated.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/manifest"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// FlakeOptions say how a flake is locked. The zero value takes the flake's lock file, and
// finds out what that lacks.
type FlakeOptions struct {
	Overrides []lock.Override // what inputs are instead
	Updates   []lock.Path     // inputs that are looked up again although the lock file has them
	Recreate  bool            // do not look at the lock file
	Lock      *lock.Graph     // in place of the lock file; nil for that
	// AllowDirtyLocks accepts entries of lock files that have a hash, but no revision.
	AllowDirtyLocks bool
	// Deferred leaves out what costs a look at all files of the flake or at its history, until something asks for
	// it: then StorePath is "", and Locked has no narHash and no revCount, before Settle was called.
	Deferred bool
	// NoRegistries looks no names up.
	NoRegistries bool
	// Dedupe pins inputs that flakes write alike, with the same reference and inputs that are
	// written alike, to one tree: that of the input with the shortest path.
	Dedupe bool
	// Args are further arguments of the function outputs, beside the inputs and self, for the
	// flake itself and not for its inputs. They win over inputs of the same names; an argument
	// that outputs names, and for which the flake has no input, is not looked up as one. Values
	// are as Value.AutoCall takes them. The lock, and Fingerprint, do not depend on them.
	//
	//	outputs = { self, nixpkgs, ... }@args: { port = args.port or 80; }
	Args map[string]any
	// Host has the files that references of type path mean, for the flake and its inputs.
	// Default: the files that evaluations see.
	Host Host
}

// A Flake is a flake with its inputs, all of which are locked. Nothing of it was evaluated.
type Flake struct {
	Ref      *flakeref.Ref // as it was asked for
	Resolved *flakeref.Ref // what registries made of it
	Locked   *flakeref.Ref // with what pins its contents

	Description string
	Settings    []manifest.Setting // nixConfig
	StorePath   string             // of its tree
	Dir         string             // of flake.nix in the tree; "" for the tree itself
	Files       Host               // the tree

	OldLock *lock.Graph // the lock file as it was found, empty if there was none
	Lock    *lock.Graph // must not be modified

	ev     *Evaluator
	locked *builtins.LockedFlake
	args   map[string]any // of FlakeOptions
}

// OpenFlake fetches a flake and computes its lock, which is not written. Of its inputs, those
// are fetched that the lock file does not have. What can be fetched, Options.Fetch says; paths
// always can.
func (ev *Evaluator) OpenFlake(ctx context.Context, ref *flakeref.Ref, opt FlakeOptions) (*Flake, error) {
	var out *Flake
	err := ev.run(ctx, func(c *core.Call) error {
		how := builtins.FlakeOptions{
			Overrides: opt.Overrides, Updates: opt.Updates, Recreate: opt.Recreate, Lock: opt.Lock,
			NoRegistries: opt.NoRegistries, AllowDirty: opt.AllowDirtyLocks, Host: opt.Host, Deferred: opt.Deferred,
			Dedupe: opt.Dedupe, Args: slices.Sorted(maps.Keys(opt.Args)),
		}
		x, err := ev.flakes.Lock(c, ref, how)
		if err != nil {
			return err
		}
		out = &Flake{Ref: ref, OldLock: x.Old, Lock: x.Result.Graph, ev: ev, locked: x, args: opt.Args}
		out.setTree()
		return nil
	})
	return out, err
}

// setTree sets the fields that follow from the tree.
func (f *Flake) setTree() {
	x := f.locked
	tree := x.Flake.Tree
	f.Resolved, f.Locked = tree.Resolved, tree.Locked
	f.Description, f.Settings = x.Manifest.Description, x.Manifest.Config
	f.StorePath, f.Dir, f.Files = x.Out, x.Flake.Dir, x.Files
}

// Settle computes what FlakeOptions.Deferred has left out.
func (f *Flake) Settle(ctx context.Context) error {
	err := f.locked.Settle(ctx)
	f.StorePath, f.Locked = f.locked.Out, f.locked.Flake.Tree.Locked
	return err
}

// Changed reports whether the lock is another one than that of the lock file.
func (f *Flake) Changed() bool { return f.locked.Changed() }

// HideRevision leaves the revision out of what the flake knows of itself: its lock is not that
// of the revision, and is not written either.
func (f *Flake) HideRevision() { f.locked.Dirty = true }

// Value returns the value of the flake: its outputs, inputs, and what tells of its tree.
func (f *Flake) Value(ctx context.Context) (Value, error) {
	return f.ev.value(ctx, func(c *core.Call) (heap.Value, error) {
		if len(f.args) == 0 {
			return f.ev.flakes.Value(c, f.locked, 0)
		}
		e := encoder{ev: f.ev, c: c}
		l, err := e.encode(f.args)
		if err != nil {
			return 0, fmt.Errorf("eval: %w", err)
		}
		args, err := c.Force(l)
		if err != nil {
			return 0, err
		}
		return f.ev.flakes.Value(c, f.locked, args)
	})
}

// EvalFlake returns the value of the flake that a reference means, such as "path:/machines".
// It writes no lock file. See OpenFlake for what is fetched.
func (ev *Evaluator) EvalFlake(ctx context.Context, ref string, opt FlakeOptions) (Value, error) {
	r, err := (&flakeref.Parser{}).Parse(ref)
	if err != nil {
		return Value{}, err
	}
	opt.Deferred = true
	f, err := ev.OpenFlake(ctx, r, opt)
	if err != nil {
		return Value{}, err
	}
	if f.Changed() {
		f.HideRevision()
	}
	return f.Value(ctx)
}

// Fingerprint returns a hash that is equal for flakes whose values are equal: of the contents,
// the lock and the times. It is "" if an input is not locked.
func (f *Flake) Fingerprint() string {
	attrs := f.Locked.Attrs
	base, _ := attrs["rev"].(string)
	hash, _ := attrs["narHash"].(string)
	switch {
	case f.Lock.Unlocked(false) != nil:
		return ""
	case f.Locked.Type() == "git" && f.locked.Fingerprint != "":
		base = f.locked.Fingerprint
	case f.Locked.Type() == "path":
		base = "path:" + hash
	case f.Locked.Type() == "tarball":
		base = hash
	}
	text, err := f.Lock.JSON(true)
	if base == "" || err != nil {
		return ""
	}
	base += fmt.Sprintf(";%s;%s", f.Locked.Dir, text)
	for _, name := range []string{"revCount", "lastModified"} {
		if n, ok := attrs[name].(uint64); ok {
			base += fmt.Sprintf(";%s=%d", name, n)
		}
	}
	sum := sha256.Sum256([]byte(base))
	return hex.EncodeToString(sum[:])
}

// newFlakes returns what opens flakes, as opt says.
func (ev *Evaluator) newFlakes(opt *Options) *builtins.Flakes {
	return builtins.NewFlakes(ev.store, ev.fetching(opt))
}

// fetching returns what the builtins that fetch may do.
func (ev *Evaluator) fetching(opt *Options) builtins.Options {
	host := opt.Host
	if host == nil && opt.FS != nil {
		host = world.FromFS(opt.FS, opt.Env)
	}
	if host != nil {
		host = guardedHost{host}
	}
	return builtins.Options{Fetcher: opt.Fetch, OpenCache: opt.OpenCache, Registries: opt.Registries, Host: host, NamePlaces: opt.NamePlaces, Native: opt.NativeCode, Unpinned: ev.once}
}
