package daemon

// This file defines the operations of the server that ask, root and collect.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// A handler serves an operation. It reads the arguments, calls ready, and returns
// what writes the result; nil if there is none. Its error is sent to the client.
type handler func(c *session, ctx context.Context) (reply func() error, err error)

// handlers are the operations.
var handlers = map[wire.Op]handler{
	wire.IsValidPath:                (*session).isValidPath,
	wire.QueryReferrers:             listed(store.Store.Referrers),
	wire.QueryValidDerivers:         listed(store.Store.Derivers),
	wire.QueryDerivationOutputs:     listed(outputPaths),
	wire.QueryDerivationOutputNames: (*session).outputNames,
	wire.QueryDerivationOutputMap:   (*session).outputMap,
	wire.QueryDeriver:               (*session).deriver,
	wire.QueryAllValidPaths:         (*session).allPaths,
	wire.QueryPathInfo:              (*session).pathInfo,
	wire.QueryPathFromHashPart:      (*session).fromHashPart,
	wire.QueryValidPaths:            (*session).validPaths,
	wire.QuerySubstitutablePathInfo: (*session).substitutableInfo,
	wire.QuerySubstitutableInfos:    (*session).substitutableInfos,
	wire.QuerySubstitutablePaths:    (*session).substitutablePaths,
	wire.QueryMissing:               (*session).missing,
	wire.QueryRealisation:           (*session).realisation,
	wire.RegisterDrvOutput:          (*session).registerOutput,
	wire.SetOptions:                 (*session).setOptions,

	wire.AddToStore:         (*session).addToStore,
	wire.AddTextToStore:     (*session).addText,
	wire.AddToStoreNar:      (*session).addNAR,
	wire.AddMultipleToStore: (*session).addMultiple,
	wire.AddBuildLog:        (*session).addBuildLog,
	wire.AddSignatures:      (*session).addSignatures,
	wire.NarFromPath:        (*session).narFromPath,

	wire.BuildPaths:            (*session).buildPaths,
	wire.BuildPathsWithResults: (*session).buildPathsWithResults,
	wire.BuildDerivation:       (*session).buildDerivation,
	wire.EnsurePath:            (*session).ensurePath,

	wire.AddTempRoot:     (*session).addTempRoot,
	wire.AddIndirectRoot: (*session).addIndirectRoot,
	wire.AddPermRoot:     (*session).addPermRoot,
	wire.SyncWithGC:      (*session).syncWithGC,
	wire.FindRoots:       (*session).findRoots,
	wire.CollectGarbage:  (*session).collect,
	wire.OptimiseStore:   (*session).optimise,
	wire.VerifyStore:     (*session).verify,
}

// itoa returns a number as a text.
func itoa(n uint64) string { return strconv.FormatUint(n, 10) }

// one writes the 1 that stands for success.
func (c *session) one() error {
	c.w.Uint64(1)
	return nil
}

// strings returns what writes a list.
func (c *session) strings(list []string) func() error {
	return func() error {
		c.w.Strings(list)
		return nil
	}
}

// text returns what writes a string.
func (c *session) text(s string) func() error {
	return func() error {
		c.w.String(s)
		return nil
	}
}

// truth returns what writes a truth value.
func (c *session) truth(b bool) func() error {
	return func() error {
		c.w.Bool(b)
		return nil
	}
}

func (c *session) isValidPath(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	valid, err := c.store.IsValid(ctx, path)
	return c.truth(valid), err
}

// listed makes an operation of a method that returns paths for a path.
func listed(query func(store.Store, context.Context, string) ([]string, error)) handler {
	return func(c *session, ctx context.Context) (func() error, error) {
		path := c.r.Path()
		if err := c.ready(); err != nil {
			return nil, err
		}
		list, err := query(c.store, ctx, path)
		return c.strings(list), err
	}
}

// outputPaths returns the paths of the outputs of a derivation that are known.
func outputPaths(s store.Store, ctx context.Context, path string) ([]string, error) {
	d, err := store.ReadDerivation(ctx, s, path)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, o := range d.Outputs {
		if o.Path != "" {
			list = append(list, o.Path)
		}
	}
	slices.Sort(list)
	return list, nil
}

// derivation reads a path from the client, and the derivation that is there.
func (c *session) derivation(ctx context.Context) (*drv.Derivation, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	return store.ReadDerivation(ctx, c.store, path)
}

func (c *session) outputNames(ctx context.Context) (func() error, error) {
	d, err := c.derivation(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, o := range d.Outputs {
		names = append(names, o.Name)
	}
	return c.strings(names), nil
}

func (c *session) outputMap(ctx context.Context) (func() error, error) {
	d, err := c.derivation(ctx)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.Uint64(uint64(len(d.Outputs)))
		for _, o := range d.Outputs {
			c.w.String(o.Name)
			c.w.String(o.Path)
		}
		return nil
	}, nil
}

func (c *session) deriver(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	info, err := c.store.Info(ctx, path)
	if err != nil {
		return nil, err
	}
	return c.text(info.Deriver), nil
}

func (c *session) allPaths(ctx context.Context) (func() error, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	var list []string
	for path, err := range c.store.Paths(ctx) {
		if err != nil {
			return nil, err
		}
		list = append(list, path)
	}
	slices.Sort(list)
	return c.strings(list), nil
}

func (c *session) pathInfo(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	info, err := c.store.Info(ctx, path)
	if errors.Is(err, store.ErrInvalid) {
		return c.truth(false), nil
	}
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.Bool(true)
		c.w.Info(info)
		return nil
	}, nil
}

func (c *session) fromHashPart(ctx context.Context) (func() error, error) {
	part := c.r.String()
	if err := c.ready(); err != nil {
		return nil, err
	}
	path, err := c.store.Complete(ctx, part)
	return c.text(path), err
}

func (c *session) validPaths(ctx context.Context) (func() error, error) {
	paths := c.r.Paths()
	fetch := c.r.Version >= wire.V(1, 27) && c.r.Bool()
	if err := c.ready(); err != nil {
		return nil, err
	}
	if fetch {
		if err := store.FetchMissing(ctx, c.store, c.substituter(ctx), paths, c.fetching()); err != nil {
			c.log("warning: " + err.Error()) // what is not valid then, is not valid
		}
	}
	valid, err := validOf(ctx, c.store, paths)
	return c.strings(valid), err
}

// substituter returns where objects can be had; nil if the client wants none, or there is
// nothing.
func (c *session) substituter(ctx context.Context) store.Substituter {
	switch {
	case c.alone:
		return nil
	case c.own.Substituter != nil:
		return c.own.Substituter(ctx)
	}
	return c.options.Substituter
}

// fetching returns what Fetch is told, so that the client hears of each path.
func (c *session) fetching() store.Copying {
	return store.Copying{Path: func(path, from string) { c.log("copying path '" + path + "' from '" + from + "'...") }}
}

// substitutes returns those of paths that can be had from elsewhere, with what is known of
// them.
func (c *session) substitutes(ctx context.Context, paths []string) ([]*store.Substitute, error) {
	from := c.substituter(ctx)
	if from == nil {
		return nil, nil
	}
	var out []*store.Substitute
	for _, path := range paths {
		found, err := from.Query(ctx, path)
		if err != nil {
			return nil, err
		}
		if found != nil {
			out = append(out, found)
		}
	}
	return out, nil
}

// writeSubstitute writes what is known of an object that can be had.
func (c *session) writeSubstitute(s *store.Substitute) {
	c.w.String(s.Info.Deriver)
	c.w.Strings(s.Info.References)
	c.w.Uint64(uint64(s.Download))
	c.w.Uint64(uint64(s.Info.NARSize))
}

func (c *session) substitutableInfo(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	found, err := c.substitutes(ctx, []string{path})
	return func() error {
		c.w.Bool(len(found) > 0)
		for _, s := range found {
			c.writeSubstitute(s)
		}
		return nil
	}, err
}

func (c *session) substitutableInfos(ctx context.Context) (func() error, error) {
	var paths []string
	if c.r.Version < wire.V(1, 22) {
		paths = c.r.Paths()
	} else {
		for _, pair := range c.r.Pairs() {
			paths = append(paths, pair.Key)
		}
	}
	if err := c.ready(); err != nil {
		return nil, err
	}
	found, err := c.substitutes(ctx, paths)
	return func() error {
		c.w.Uint64(uint64(len(found)))
		for _, s := range found {
			c.w.String(s.Info.Path)
			c.writeSubstitute(s)
		}
		return nil
	}, err
}

func (c *session) substitutablePaths(ctx context.Context) (func() error, error) {
	paths := c.r.Paths()
	if err := c.ready(); err != nil {
		return nil, err
	}
	from := c.substituter(ctx)
	if from == nil {
		return c.strings(nil), nil
	}
	found, err := from.Valid(ctx, paths)
	return c.strings(found), err
}

// free are the settings that every client may have.
var free = map[string]bool{
	"build-timeout": true, "timeout": true, "max-silent-time": true, "build-max-silent-time": true, "poll-interval": true,
	"build-poll-interval": true, "connect-timeout": true,
}

func (c *session) setOptions(context.Context) (func() error, error) {
	settings := c.r.Settings()
	if err := c.ready(); err != nil {
		return nil, err
	}
	c.alone = !settings.Substitute
	allowed := settings.Overrides[:0]
	for _, s := range settings.Overrides {
		name := strings.TrimPrefix(s.Key, "extra-")
		switch {
		case name == "experimental-features" || name == "plugin-files":
			continue // which the reference passes over in silence
		case c.trusted, free[name], name == "builders" && s.Value == "":
		case name == "substituters":
			s.Value = c.chosen(s.Value)
		default:
			c.log(fmt.Sprintf("\x1b[35;1mwarning:\x1b[0m ignoring the client-specified setting '%s', because it is a restricted setting and you are not a trusted user", s.Key))
			continue
		}
		allowed = append(allowed, s)
		switch name {
		case "keep-outputs", "gc-keep-outputs":
			c.keep.KeepOutputs = s.Value == "true"
		case "keep-derivations", "gc-keep-derivations":
			c.keep.DropDerivations = s.Value == "false"
		}
	}
	settings.Overrides = allowed
	if c.own.Configure != nil {
		return nil, c.own.Configure(settings)
	}
	return nil, nil
}

// chosen returns those of the substituters that a client chooses who is not trusted, which it may choose.
func (c *session) chosen(list string) string {
	var out []string
	for _, ref := range strings.Fields(list) {
		same := func(other string) bool { return strings.TrimSuffix(other, "/") == strings.TrimSuffix(ref, "/") }
		if slices.ContainsFunc(c.options.Substituters, same) {
			out = append(out, ref)
			continue
		}
		c.log(fmt.Sprintf("\x1b[35;1mwarning:\x1b[0m ignoring untrusted substituter '%s', you are not a trusted user.\n"+
			"Run `man nix.conf` for more information on the `substituters` configuration option.", ref))
	}
	return strings.Join(out, " ")
}

func (c *session) addTempRoot(ctx context.Context) (func() error, error) {
	path := c.r.Path()
	if err := c.ready(); err != nil {
		return nil, err
	}
	return c.one, c.store.AddTempRoot(ctx, path)
}

// keeper returns what keeps order in the store.
func (c *session) keeper() (store.Keeper, error) {
	if k := c.store.Keeper(); k != nil {
		return k, nil
	}
	return nil, errors.New("this store has no roots, and collects no garbage")
}

func (c *session) addIndirectRoot(ctx context.Context) (func() error, error) {
	link := c.r.String()
	if err := c.ready(); err != nil {
		return nil, err
	}
	k, err := c.keeper()
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(link, "/") {
		return nil, fmt.Errorf("not an absolute path: '%s'", link)
	}
	return c.one, k.AddIndirectRoot(ctx, link)
}

func (c *session) addPermRoot(ctx context.Context) (func() error, error) {
	path, link := c.r.Path(), c.r.String()
	if err := c.ready(); err != nil {
		return nil, err
	}
	if !c.trusted {
		//lint:ignore ST1005 the reference's words
		return nil, errors.New("you are not privileged to create perm roots\n\n" +
			"hint: you can just do this client-side without special privileges, and probably want to do that instead.")
	}
	k, err := c.keeper()
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(link, "/") {
		return nil, fmt.Errorf("not an absolute path: '%s'", link)
	}
	return c.text(link), k.AddRoot(ctx, link, path)
}

func (c *session) syncWithGC(context.Context) (func() error, error) { return c.one, c.ready() }

// findRoots hides from clients that are not trusted which processes use a path.
func (c *session) findRoots(ctx context.Context) (func() error, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	k, err := c.keeper()
	if err != nil {
		return nil, err
	}
	roots, err := k.Roots(ctx)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.Uint64(uint64(len(roots)))
		for _, root := range roots {
			link := root.Link
			if !c.trusted && (strings.HasPrefix(link, "/proc/") || strings.HasPrefix(link, "{")) {
				link = "{censored}"
			}
			c.w.String(link)
			c.w.String(root.Path)
		}
		return nil
	}, nil
}

func (c *session) collect(ctx context.Context) (func() error, error) {
	col := c.keep
	col.Action = store.Action(c.r.Upto(uint64(store.Specific), "GC action"))
	col.Paths = c.r.Paths()
	col.IgnoreLiveness = c.r.Bool()
	most := c.r.Uint64() // the largest number if there is no end
	_, _, _ = c.r.Uint64(), c.r.Uint64(), c.r.Uint64()
	if err := c.ready(); err != nil {
		return nil, err
	}
	if col.IgnoreLiveness {
		return nil, errors.New("you are not allowed to ignore liveness")
	}
	k, err := c.keeper()
	if err != nil {
		return nil, err
	}
	if most < 1<<63 {
		col.MaxFreed = int64(most)
	}
	if col.Action >= store.Garbage {
		col.Deleted = func(path string) { c.log("deleting '" + path + "'") }
	}
	done, err := k.Collect(ctx, col)
	if err != nil {
		return nil, err
	}
	return func() error {
		c.w.Strings(done.Paths)
		c.w.Uint64(uint64(max(done.Freed, 0)))
		c.w.Uint64(0)
		return nil
	}, nil
}

func (c *session) optimise(ctx context.Context) (func() error, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	k, err := c.keeper()
	if err != nil {
		return nil, err
	}
	_, err = k.Optimise(ctx, nil)
	return c.one, err
}

func (c *session) verify(ctx context.Context) (func() error, error) {
	v := store.Verification{Contents: c.r.Bool(), Repair: c.r.Bool()}
	if err := c.ready(); err != nil {
		return nil, err
	}
	if v.Repair && !c.trusted {
		return nil, errors.New("you are not privileged to repair paths")
	}
	k, err := c.keeper()
	if err != nil {
		return nil, err
	}
	if from := c.substituter(ctx); from != nil {
		v.Fetch = func(ctx context.Context, info *store.PathInfo) (io.ReadCloser, error) {
			archive, name, err := from.Archive(ctx, info)
			if err == nil {
				c.fetching().Path(info.Path, name)
			}
			return archive, err
		}
	}
	faults, err := k.Verify(ctx, v)
	for _, f := range faults {
		c.log("error: " + f.Err.Error())
	}
	return c.truth(len(faults) > 0), err
}
