package storecmd

// This file defines the commands that keep order in a store, and the one that says where a
// store is.

import (
	"context"
	"errors"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// StoreDelete deletes paths of a store.
type StoreDelete struct {
	storePaths
	IgnoreLiveness bool `help:"Delete also what roots keep."`
}

// Run deletes the paths.
func (c *StoreDelete) Run(ctx context.Context, e *Env) error {
	s, paths, err := c.open(ctx, e)
	if err != nil {
		return err
	}
	return e.Collect(ctx, s, store.Collection{Action: store.Specific, Paths: paths, IgnoreLiveness: c.IgnoreLiveness}, true)
}

// StoreGC deletes what nothing needs.
type StoreGC struct {
	Max    string `placeholder:"BYTES" help:"End when more than this has been deleted; K, M, G and T are units."`
	DryRun bool   `name:"dry-run" help:"Delete nothing; print how many paths there are."`
}

// Run deletes it.
func (c *StoreGC) Run(ctx context.Context, e *Env) error {
	co := store.Collection{Action: store.Garbage}
	if c.Max != "" {
		if err := ParseSize(c.Max, &co.MaxFreed); err != nil {
			return err
		}
		if c.DryRun {
			return dropin.Usage("options --max and --dry-run cannot be combined")
		}
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	if c.DryRun {
		return e.CountGarbage(ctx, s)
	}
	return e.Collect(ctx, s, co, true)
}

// StoreOptimise makes files with equal contents hard links.
type StoreOptimise struct{}

// Run makes the links, and prints what that saved.
func (c *StoreOptimise) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	return e.Optimise(ctx, s)
}

// StoreRepair checks paths, and makes damaged ones again.
type StoreRepair struct{ storePaths }

// Run checks them.
func (c *StoreRepair) Run(ctx context.Context, e *Env) error {
	s, paths, err := c.open(ctx, e)
	if err != nil {
		return err
	}
	return e.Repair(ctx, s, paths...)
}

// StoreInfo prints whether a store can be reached, and what it is.
type StoreInfo struct{ jsonFlags }

// Run prints it.
func (c *StoreInfo) Run(ctx context.Context, e *Env) error {
	ref, err := stores.Parse(e.Set.Text("store"))
	if err != nil {
		return err
	}
	found := object{"url": e.stores().URL(ref, true)}
	err = c.ask(ctx, e, ref, found)
	if c.JSON {
		return errors.Join(e.printJSON(found, c.layoutFlags), err)
	}
	for _, row := range []struct{ key, name string }{{"url", "Store URL"}, {"version", "Version"}, {"trusted", "Trusted"}} {
		switch v := found[row.key].(type) {
		case string:
			e.Log.Say(dropin.Notice, row.name+": "+v)
		case bool:
			e.Log.Say(dropin.Notice, row.name+": "+map[bool]string{true: "1", false: "0"}[v])
		}
	}
	return err
}

// ask adds to found what the store says of itself.
func (c *StoreInfo) ask(ctx context.Context, e *Env, ref stores.Reference, found object) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	switch s := s.(type) {
	case *local.Store:
		found["version"], found["trusted"] = dropin.NixVersion, true
	case *daemon.Store:
		hello, err := s.Hello(ctx)
		if err != nil {
			return err
		}
		if hello.Daemon != "" {
			found["version"] = hello.Daemon
		}
		if hello.Trust != wire.TrustUnknown {
			found["trusted"] = hello.Trust == wire.Trusted
		}
	case *cache.Store:
		found["trusted"] = true
		if ref.Scheme == "file" {
			return s.Init(ctx)
		}
		_, err := s.CacheInfo(ctx)
		return err
	default:
		if ref.Scheme == "dummy" {
			found["trusted"] = true
		}
	}
	return nil
}
