package nixstore

// This file defines the operations that keep order in a store.

import (
	"bufio"
	"context"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// gc collects garbage, or says what there is.
func (r *run) gc(ctx context.Context) error {
	c := store.Collection{Action: store.Garbage}
	var roots, limited bool
	for i := 0; i < len(r.flags); i++ {
		switch f := r.flags[i]; f {
		case "--print-roots":
			roots = true
		case "--print-live":
			c.Action = store.Live
		case "--print-dead":
			c.Action = store.Dead
		case "--max-freed":
			i++
			limited = true
			if err := storecmd.ParseSize(r.flags[i], &c.MaxFreed); err != nil {
				return err
			}
		default:
			return dropin.Usage("bad sub-operation '%s' in GC", f)
		}
	}
	if err := r.noArgs(); err != nil {
		return err
	}
	if limited && (roots || c.Action != store.Garbage) {
		return dropin.Usage("option --max-freed cannot be combined with --print-live, --print-dead, or --print-roots")
	}
	if !roots {
		return r.Collect(ctx, r.store, c, c.Action == store.Garbage)
	}
	k, err := storecmd.Keeper(r.store, "garbage collection")
	if err != nil {
		return err
	}
	list, err := k.Roots(ctx)
	if err != nil {
		return err
	}
	for _, root := range list {
		r.Lines("\"" + root.Link + "\" -> " + root.Path)
	}
	return nil
}

// delete deletes paths.
func (r *run) delete(ctx context.Context) error {
	c := store.Collection{Action: store.Specific}
	if err := r.switches(map[string]*bool{"--ignore-liveness": &c.IgnoreLiveness}); err != nil {
		return err
	}
	var err error
	if c.Paths, err = r.FollowAll(r.store, r.args); err != nil {
		return err
	}
	return r.Collect(ctx, r.store, c, true)
}

// verify checks the database, and the store against it.
func (r *run) verify(ctx context.Context) error {
	if err := r.noArgs(); err != nil {
		return err
	}
	var v store.Verification
	if err := r.switches(map[string]*bool{"--check-contents": &v.Contents, "--repair": &v.Repair}); err != nil {
		return err
	}
	k, err := storecmd.Keeper(r.store, "verification")
	if err != nil {
		return err
	}
	v.Log = func(text string) { r.Log.Say(dropin.Error, text) }
	if v.Fetch, err = r.Archives(ctx, r.store); err != nil {
		return err
	}
	v.Build = r.Rebuild(r.store)
	faults, err := k.Verify(ctx, v)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		r.Log.Warn("not all store errors were fixed")
		return dropin.Exit(1)
	}
	return nil
}

// optimise makes files with equal contents hard links.
func (r *run) optimise(ctx context.Context) error {
	if len(r.flags) > 0 || len(r.args) > 0 {
		return dropin.Usage("no arguments expected")
	}
	return r.Optimise(ctx, r.store)
}

// local returns the store, which must be one on the disk.
func (r *run) local() (*local.Store, error) {
	if s, ok := r.store.(*local.Store); ok {
		return s, nil
	}
	return nil, dropin.Failure("you don't have sufficient rights to use this command")
}

// dumpDB prints what is known of all paths.
func (r *run) dumpDB(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	if len(r.args) == 0 {
		return local.DumpDB(ctx, r.store, r.Text)
	}
	for _, arg := range r.args {
		p, err := r.FollowLinks(r.store, arg)
		if err != nil {
			return err
		}
		info, err := r.store.Info(ctx, p)
		if err != nil {
			return err
		}
		if err := local.WriteRegistration(r.Text, info, true); err != nil {
			return err
		}
	}
	return nil
}

// loadDB adds what --dump-db printed to the database.
func (r *run) loadDB(ctx context.Context) error {
	if err := r.bare(); err != nil {
		return err
	}
	s, err := r.local()
	if err != nil {
		return err
	}
	return s.LoadDB(ctx, bufio.NewReader(r.In))
}

// registerValidity makes paths valid whose files are there.
func (r *run) registerValidity(ctx context.Context) error {
	var again, hashGiven bool
	if err := r.switches(map[string]*bool{"--reregister": &again, "--hash-given": &hashGiven}); err != nil {
		return err
	}
	if err := r.noArgs(); err != nil {
		return err
	}
	s, err := r.local()
	if err != nil {
		return err
	}
	infos, err := s.ReadRegistrations(r.In, hashGiven)
	if err != nil {
		return err
	}
	var wanted []*store.PathInfo
	for _, info := range infos {
		valid, err := s.IsValid(ctx, info.Path)
		if err != nil {
			return err
		}
		if valid && !again {
			continue
		}
		if err := local.Canonicalise(s.RealPath(info.Path)); err != nil {
			return err
		}
		wanted = append(wanted, info)
	}
	return s.Keeper().Register(ctx, wanted)
}
