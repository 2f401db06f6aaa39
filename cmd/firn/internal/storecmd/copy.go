package storecmd

// This file defines the command that copies paths between stores.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/stores"
)

// betweenFlags name two stores.
type betweenFlags struct {
	From string `placeholder:"URL" help:"The store to copy from (default: that of the settings)."`
	To   string `placeholder:"URL" help:"The store to copy to (default: that of the settings)."`
}

// source returns the store to copy from.
func (f *betweenFlags) source(ctx context.Context, e *Env) (store.Store, error) {
	if err := checkReferences([]string{f.From, f.To}); err != nil {
		return nil, err
	}
	if f.From == "" {
		return e.Store(ctx)
	}
	s, err := e.OpenStore(ctx, f.From)
	if c, ok := s.(*cache.Store); ok && err == nil {
		if info, err := c.CacheInfo(ctx); err == nil && info.Absent {
			e.Log.Warn(cache.AbsentText(c.URI()))
		}
	}
	return s, err
}

// target returns the store to copy to.
func (f *betweenFlags) target(ctx context.Context, e *Env) (store.Store, error) {
	switch {
	case f.From == "" && f.To == "":
		return nil, dropin.Usage("you must pass '--from' and/or '--to'")
	case f.To == "":
		return e.Store(ctx)
	}
	return e.OpenStore(ctx, f.To)
}

// checkReferences returns an error for a text that is no reference of a store.
func checkReferences(refs []string) error {
	for _, ref := range refs {
		if _, err := stores.Parse(ref); err != nil {
			return err
		}
	}
	return nil
}

// openAll opens stores.
func (e *Env) openAll(ctx context.Context, refs []string) ([]store.Store, error) {
	out := make([]store.Store, len(refs))
	var err error
	for i, ref := range refs {
		if out[i], err = e.OpenStore(ctx, ref); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Copy copies paths, and all that they refer to, between stores.
type Copy struct {
	installables
	selection
	betweenFlags
	NoRecursive  bool   `help:"Copy the paths alone, without what they refer to."`
	NoCheckSigs  bool   `help:"Copy also what has no signature by a trusted key."`
	OutLink      string `short:"o" placeholder:"LINK" help:"Make links to the paths, which keep them: LINK, LINK-1 and so on."`
	Profile      string `placeholder:"PATH" help:"Make this profile lead to the path."`
	SubstituteOn bool   `name:"substitute-on-destination" short:"s" help:"Let the other store fetch what it can from its own binary caches (through ssh alone)."`
}

// Run copies the paths.
func (c *Copy) Run(ctx context.Context, e *Env) error {
	from, err := c.source(ctx, e)
	if err != nil {
		return err
	}
	found, err := c.choose(ctx, e, from, c.selection, false, true)
	if err != nil {
		return err
	}
	to, err := c.target(ctx, e)
	if err != nil {
		return err
	}
	how := store.Copying{Alone: c.NoRecursive}
	if !c.NoCheckSigs {
		if how.Keys, err = e.keysFor(to, c.To); err != nil {
			return err
		}
	}
	if c.SubstituteOn {
		if err := e.substituteThere(ctx, to, from, found.all); err != nil {
			return err
		}
	}
	if err := e.copyPaths(ctx, to, from, e.refOf(c.To), e.refOf(c.From), found.all, how); err != nil {
		return err
	}
	if err := e.copyRealisations(ctx, to, from, found.roots, how); err != nil {
		return err
	}
	if c.Profile != "" {
		var paths []string
		for i := range found.roots {
			paths = append(paths, found.roots[i].list()...)
		}
		if err := e.leadTo(ctx, to, c.Profile, paths); err != nil {
			return err
		}
	}
	if c.OutLink == "" {
		return nil
	}
	return e.outLinks(ctx, to, c.OutLink, found.roots)
}

// leadTo makes a profile lead to the one path that a command has got.
func (e *Env) leadTo(ctx context.Context, s store.Store, profile string, paths []string) error {
	if _, isLocal := s.(*local.Store); !isLocal {
		return dropin.Failure("'--profile' is not supported for this Nix store")
	}
	if len(paths) != 1 {
		return dropin.Failure("'--profile' requires that the arguments produce a single store path, but there are %d", len(paths))
	}
	change := e.ProfileChange(path.Clean(e.Absolute(profile)), false)
	return change.Set(ctx, paths[0], nil, s.Keeper().AddRoot)
}

// substituteThere lets another machine's store fetch what it can of paths, and of all that
// they refer to. Other stores have no such machine.
func (e *Env) substituteThere(ctx context.Context, to, from store.Store, paths []string) error {
	there, ok := to.(interface {
		Substitute(ctx context.Context, paths []string) error
	})
	if !ok {
		return nil
	}
	closure, err := Closure(ctx, from, paths)
	if err != nil {
		return err
	}
	return there.Substitute(ctx, slices.Sorted(maps.Keys(closure)))
}

// keysFor returns the keys of which one must have signed what is copied to a store; nil if the
// store takes everything.
func (e *Env) keysFor(to store.Store, toRef string) (signature.Keys, error) {
	ref, err := stores.Parse(e.refOf(toRef))
	if err != nil {
		return nil, err
	}
	if _, isLocal := to.(*local.Store); !isLocal || !e.requiresSigs(ref) {
		return nil, nil
	}
	return e.trustedKeys()
}

// CopyTo copies paths from the store of the settings, and all that they refer to, to another
// store.
func (e *Env) CopyTo(ctx context.Context, toRef string, paths []string, checkSigs bool) error {
	from, err := e.Store(ctx)
	if err != nil {
		return err
	}
	to, err := e.OpenStore(ctx, toRef)
	if err != nil {
		return err
	}
	how := store.Copying{}
	if checkSigs {
		if how.Keys, err = e.keysFor(to, toRef); err != nil {
			return err
		}
	}
	return e.copyPaths(ctx, to, from, toRef, e.refOf(""), paths, how)
}

// refOf returns a reference of a store, which is that of the settings if it is empty.
func (e *Env) refOf(ref string) string {
	if ref == "" {
		return e.Set.Text("store")
	}
	return ref
}

// requiresSigs reports whether a store takes only what is signed.
func (e *Env) requiresSigs(ref stores.Reference) bool {
	if v, ok := ref.Params["require-sigs"]; ok {
		return v == "true" || v == "1"
	}
	return e.Set.Bool("require-sigs")
}

// copyPaths copies paths, and says what it does. toRef and fromRef are the references of the
// stores.
func (e *Env) copyPaths(ctx context.Context, to, from store.Store, toRef, fromRef string, paths []string, how store.Copying) error {
	message, err := e.copyMessage(fromRef, toRef)
	if err != nil {
		return err
	}
	p := &copyProgress{}
	stop := e.progress(p.describe)
	defer stop()
	how.Start = func(infos []*store.PathInfo) {
		e.Log.Say(dropin.Info, fmt.Sprintf("copying %d paths...", len(infos)))
	}
	if !e.onTerminal() {
		how.Path = func(path, _ string) { e.Log.Say(dropin.Info, fmt.Sprintf(message, path)) }
	}
	how.Progress = p.set
	_, err = store.Copy(ctx, to, from, paths, how)
	return err
}

// CopyClosure copies paths, and all that they refer to, without looking at signatures. With
// substitute the other machine fetches what it can.
func (e *Env) CopyClosure(ctx context.Context, toRef, fromRef string, names []string, substitute bool) error {
	from, err := e.OpenStore(ctx, fromRef)
	if err != nil {
		return err
	}
	paths, err := e.FollowAll(from, names)
	if err != nil {
		return err
	}
	to, err := e.OpenStore(ctx, toRef)
	if err != nil {
		return err
	}
	if substitute {
		if err := e.substituteThere(ctx, to, from, paths); err != nil {
			return err
		}
	}
	return e.copyPaths(ctx, to, from, toRef, fromRef, paths, store.Copying{})
}

// copyMessage returns how it is said that a path is copied, with %s in place of the path.
func (e *Env) copyMessage(fromRef, toRef string) (string, error) {
	from, err := stores.Parse(fromRef)
	if err != nil {
		return "", err
	}
	to, err := stores.Parse(toRef)
	switch {
	case err != nil:
		return "", err
	case e.stores().Usual(from):
		return "copying path '%s' to '" + e.stores().URL(to, false) + "'...", nil
	case e.stores().Usual(to):
		return "copying path '%s' from '" + e.stores().URL(from, false) + "'...", nil
	}
	return "copying path '%s' from '" + e.stores().URL(from, false) + "' to '" + e.stores().URL(to, false) + "'...", nil
}

// A copyProgress is how far a copy is, for the line on a terminal.
type copyProgress struct {
	mu sync.Mutex
	p  store.Progress
}

// set takes note of how far it is.
func (c *copyProgress) set(p store.Progress) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.p = p
}

// describe returns the line after some time.
func (c *copyProgress) describe(took time.Duration) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := fmt.Sprintf("copying: %d of %d paths, %s of %s", c.p.Paths, c.p.AllPaths, Size(c.p.Bytes), Size(c.p.AllBytes))
	return text + left(took, c.p.Bytes, c.p.AllBytes)
}

// outLinks makes links to what was named, which are roots.
func (e *Env) outLinks(ctx context.Context, s store.Store, link string, roots []realised) error {
	k := s.Keeper()
	if k == nil {
		return dropin.Failure("'--out-link' is not supported for this Nix store")
	}
	link = path.Clean(e.Absolute(link))
	for i := range roots {
		base := link
		if i > 0 {
			base += "-" + strconv.Itoa(i)
		}
		for name, p := range roots[i].paths {
			at := base
			if name != "" && name != "out" {
				at += "-" + name
			}
			if err := k.AddRoot(ctx, at, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// CopyLog copies logs of builds between stores.
type CopyLog struct {
	installables
	betweenFlags
}

// Run copies the logs.
func (c *CopyLog) Run(ctx context.Context, e *Env) error {
	from, err := c.source(ctx, e)
	if err != nil {
		return err
	}
	targets, err := c.targets(ctx, e, from)
	if err != nil {
		return err
	}
	to, err := c.target(ctx, e)
	if err != nil {
		return err
	}
	read, write := e.logsOf(from), e.logsOf(to)
	if read == nil || write == nil {
		return errors.New("this store does not support logs of builds")
	}
	drvs, err := e.derivations(ctx, from, targets)
	if err != nil {
		return err
	}
	for _, p := range drvs {
		log, err := read.Log(ctx, p)
		if err != nil {
			return noLog(err, "build log for '%s' is not available", p)
		}
		err = write.AddLog(ctx, p, log)
		if closed := log.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
	}
	return nil
}
