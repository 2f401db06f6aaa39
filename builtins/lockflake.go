package builtins

// This file defines locked flakes, for package eval and for builtins.getFlake, and how they
// become values.

import (
	"context"
	_ "embed"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/manifest"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// Flakes opens flakes. It may be used by several goroutines at once.
type Flakes struct{ f fetchers }

// NewFlakes returns what opens flakes for the evaluator whose builtins With made of the same
// arguments.
func NewFlakes(st *store.View, opt Options) *Flakes { return &Flakes{newFetchers(st, opt)} }

// A FlakeOptions says how a lock is computed.
type FlakeOptions struct {
	Overrides []lock.Override
	Updates   []lock.Path
	Recreate  bool        // as if there were no lock file
	Lock      *lock.Graph // in place of the lock file; nil for that
	// Pure fetches only what is locked, and NoRegistries looks no names up.
	Pure, NoRegistries bool
	AllowDirty         bool       // the setting allow-dirty-locks
	Dedupe             bool       // one node for inputs that are written alike
	Args               []string   // arguments of outputs that are no inputs, unless flake.nix has inputs of the names
	IsBuiltin          bool       // it is for builtins.getFlake
	Deferred           bool       // the hash of the flake is computed when it is asked for: see LockedFlake.Settle
	Host               world.Host // that paths are read from; nil: those of the evaluation
}

// A LockedFlake is a flake, and the trees that its inputs are.
type LockedFlake struct {
	Ref      *flakeref.Ref // as it was asked for
	Flake    *lock.Flake
	Manifest *manifest.Manifest
	Out      string     // the path of its tree in the store; "" if that is not known yet
	Files    world.Host // its tree
	// Fingerprint is fetch.Tree.Fingerprint of its tree.
	Fingerprint string
	Old         *lock.Graph // the lock file as it was
	Result      *lock.Result
	// Dirty hides the revision of the flake from it, since its lock file is not the one of
	// that revision.
	Dirty bool
}

// setTree makes the tree of a flake that of another one.
func (x *LockedFlake) setTree(flake *lock.Flake) {
	data := flake.Tree.Data.(*flakeTree)
	x.Flake, x.Out, x.Files, x.Fingerprint, x.Manifest = flake, data.out, data.tree.Files, data.tree.Fingerprint, data.manifests[flake.Dir]
	if data.deferred != nil {
		x.Out = ""
	}
}

// Lock fetches a flake, and computes its lock. Nothing is written.
func (x *Flakes) Lock(c *core.Call, ref *flakeref.Ref, opt FlakeOptions) (*LockedFlake, error) {
	host := opt.Host
	if host == nil {
		host = x.f.st.Host()
	}
	trees := &flakeTrees{f: x.f, c: c, host: host, parser: x.f.refs(c), allowDirty: opt.AllowDirty, isBuiltin: opt.IsBuiltin}
	out, err := lockFlake(c, trees, ref, opt)
	trees.tellWarnings()
	if err != nil {
		return nil, trees.failed(err)
	}
	return out, nil
}

// An updateError says which flake's lock could not be computed.
type updateError struct {
	url string
	err error
}

func (e *updateError) Error() string { return e.Frame() + ": " + e.err.Error() }

// Frame returns what was being done.
func (e *updateError) Frame() string {
	return "while updating the lock file of flake '" + e.url + "'"
}

// lockFlake is Lock, with errors of package lock.
func lockFlake(c *core.Call, trees *flakeTrees, ref *flakeref.Ref, opt FlakeOptions) (*LockedFlake, error) {
	use := lock.AllRegistries
	if opt.NoRegistries {
		use = lock.NoRegistry
	}
	trees.deferHash = opt.Deferred
	flake, err := lock.GetFlake(c.Ctx(), trees, ref, use)
	if err != nil {
		return nil, err
	}
	trees.deferHash = false // locks of inputs have hashes
	out := &LockedFlake{Ref: ref}
	out.setTree(flake)
	fail := func(err error) (*LockedFlake, error) {
		locked := *flake.Tree.Locked
		if locked.Attrs["dirtyRev"] != nil {
			locked.Attrs = maps.Clone(locked.Attrs)
			delete(locked.Attrs, "narHash")
		}
		return nil, &updateError{lock.URL(trees.parser, &locked), err}
	}
	if out.Old = opt.Lock; out.Old == nil {
		if out.Old, err = flake.Lock(); err != nil {
			return fail(err)
		}
	}
	flake.Inputs = maps.Clone(flake.Inputs)
	for _, name := range opt.Args {
		if slices.Contains(out.Manifest.Implied, name) {
			delete(flake.Inputs, name)
		}
	}
	from := out.Old
	if opt.Recreate {
		from = nil
	}
	out.Result, err = lock.Compute(c.Ctx(), trees, flake, lock.Options{
		Old: from, Updates: opt.Updates, Overrides: opt.Overrides,
		Pure: opt.Pure, Dedupe: opt.Dedupe, Registries: use, Parser: trees.parser, Warn: c.Warn,
	})
	if err != nil {
		return fail(err)
	}
	return out, nil
}

// Settle computes what was deferred: Out, and the narHash and revCount of what the reference of the flake's tree
// is locked to.
func (x *LockedFlake) Settle(ctx context.Context) error {
	data := x.Flake.Tree.Data.(*flakeTree)
	d := data.deferred
	if d == nil || x.Out != "" {
		return nil
	}
	out, hash, err := d.settle(ctx)
	if err != nil {
		return err
	}
	locked := *x.Flake.Tree.Locked
	locked.Attrs = maps.Clone(locked.Attrs)
	locked.Attrs["narHash"] = hash
	if d.count != nil {
		if locked.Attrs["revCount"], err = d.count(ctx); err != nil {
			return err
		}
	}
	x.Out, x.Flake.Tree.Locked = out, &locked
	return nil
}

//go:embed callflake.nix
var callFlakeText string

// hiddenFlakeBuiltins are what callflake.nix needs.
func hiddenFlakeBuiltins(f fetchers) []core.Builtin {
	return []core.Builtin{
		{Name: "fetchFinalTree", Order: 1150, Hidden: true, NoTrace: true, Args: []string{"input"}, Impl: f.finalTree},
		{Name: "settleTree", Order: 1151, Hidden: true, NoTrace: true, Args: []string{"place", "name"}, Impl: f.settleTree},
	}
}

// Value returns the value of a flake: its outputs, and what tells of it. args, a set or 0 for
// none, has further arguments of its outputs, which win over inputs.
func (x *Flakes) Value(c *core.Call, flake *LockedFlake, args heap.Value) (heap.Value, error) {
	h := c.Heap()
	graph := flake.Result.Graph
	keys := graph.Keys()
	var nodes attrsBuilder
	for n, key := range keys {
		if err := c.Tick(8); err != nil {
			return 0, err
		}
		v, err := x.node(c, flake, n, keys)
		if err != nil {
			return 0, err
		}
		nodes.add(c, key, v)
	}
	fn, err := c.EvalText(world.InternalDir+"call-flake.nix", callFlakeText, "/")
	if err != nil {
		return 0, err
	}
	get, err := c.Builtin("fetchFinalTree")
	if err != nil {
		return 0, err
	}
	var arg attrsBuilder
	settle, err := c.Builtin("settleTree")
	if err != nil {
		return 0, err
	}
	arg.add(c, "fetch", get)
	arg.add(c, "settle", settle)
	arg.add(c, "root", h.NewString(keys[graph.Root], 0))
	arg.add(c, "nodes", nodes.value(c))
	if args == 0 {
		args = new(attrsBuilder).value(c)
	}
	arg.add(c, "args", args)
	return c.Apply(fn, heap.Lazy(arg.value(c)))
}

// node returns the set that callflake.nix has for a node.
func (x *Flakes) node(c *core.Call, flake *LockedFlake, n *lock.Node, keys map[*lock.Node]string) (heap.Value, error) {
	h := c.Heap()
	graph := flake.Result.Graph
	var inputs, set attrsBuilder
	for name, e := range n.Inputs {
		to := e.Node
		if to == nil {
			var err error
			if to, err = graph.Find(e.Follows); err != nil {
				return 0, err
			}
			if to == nil {
				return 0, c.Errorf(core.CodeInvalidArgument, "input '%s' follows a non-existent input '%s'", name, e.Follows)
			}
		}
		inputs.add(c, name, h.NewString(keys[to], 0))
	}
	set.add(c, "inputs", inputs.value(c))
	set.add(c, "isFlake", heap.NewBool(!n.IsTree))
	if src, ok := flake.Result.Sources[n]; ok {
		attrs := maps.Clone(src.Tree.Locked.Attrs)
		if n == graph.Root && flake.Dirty {
			delete(attrs, "rev")
			delete(attrs, "revCount")
		}
		data := src.Tree.Data.(*flakeTree)
		if d := data.deferred; d != nil {
			var later attrsBuilder
			later.add(c, "outPath", heap.NullValue)
			later.add(c, "narHash", heap.NullValue)
			if d.count != nil && !(n == graph.Root && flake.Dirty) {
				later.add(c, "revCount", heap.NullValue)
			}
			set.add(c, "later", later.value(c))
			set.add(c, "place", h.NewString(data.out, 0))
		}
		tree, err := treeValue(c, data.out, &fetch.Tree{Attrs: attrs}, false)
		if err != nil {
			return 0, err
		}
		set.add(c, "tree", tree)
		set.add(c, "dir", h.NewString(src.Dir, 0))
		return set.value(c), nil
	}
	if n.Locked.IsRelative() && n.Parent != nil {
		base, err := graph.Find(n.Parent)
		if err != nil {
			return 0, err
		}
		if base == nil {
			return 0, c.Errorf(core.CodeInvalidArgument, "the parent '%s' of an input is a non-existent input", n.Parent)
		}
		set.add(c, "base", h.NewString(keys[base], 0))
		set.add(c, "path", h.NewString(n.Locked.Attrs["path"].(string), 0))
		set.add(c, "dir", h.NewString(n.Locked.Dir, 0))
		return set.value(c), nil
	}
	var locked attrsBuilder
	for name, v := range n.Locked.Attrs {
		locked.add(c, name, attrValue(h, v))
	}
	set.add(c, "locked", locked.value(c))
	set.add(c, "dir", h.NewString(n.Locked.Dir, 0))
	return set.value(c), nil
}

// attrValue returns an attribute of a reference as a value.
func attrValue(h *heap.Space, v any) heap.Value {
	switch v := v.(type) {
	case string:
		return h.NewString(v, 0)
	case uint64:
		return h.NewInt(int64(v))
	case bool:
		return heap.NewBool(v)
	}
	return heap.Value(0)
}

// An attrsBuilder makes a set. The zero value is ready.
type attrsBuilder struct{ entries []heap.Entry }

func (b *attrsBuilder) add(c *core.Call, name string, v heap.Value) {
	b.entries = append(b.entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(v)})
}

func (b *attrsBuilder) value(c *core.Call) heap.Value {
	slices.SortFunc(b.entries, func(x, y heap.Entry) int { return int(x.Name) - int(y.Name) })
	return c.Heap().AttrsOf(b.entries)
}

// finalTree is the function that callflake.nix fetches trees with: input is the attributes of
// a locked reference, and the result has what these say, and nothing that fetching finds out.
// Pure evaluation reads paths from outside of its world here, since their hashes are known.
func (f fetchers) finalTree(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	attrs := flakeref.Attrs{}
	for _, e := range h.All(v) {
		x, err := c.Force(e.Value)
		if err != nil {
			return 0, err
		}
		switch name, k := c.Name(e.Name), h.KindOf(x); {
		case k.IsInt():
			attrs[name] = uint64(h.Int(x))
		case k == heap.Bool:
			attrs[name] = h.Bool(x)
		default:
			attrs[name] = strings.Clone(h.Text(x))
		}
	}
	if _, ok := attrs["shallow"]; attrs["type"] == "git" && !ok {
		attrs["shallow"] = true // what its history says is in attrs
	}
	ref, err := f.refs(c).FromAttrs(attrs, false)
	if err != nil {
		return 0, err
	}
	trees := f.treesOf(c)
	t, err := trees.Fetch(c.Ctx(), ref, lock.NoRegistry)
	trees.tellWarnings()
	if err != nil {
		return 0, trees.failed(err)
	}
	attrs = maps.Clone(ref.Attrs)
	attrs["narHash"] = t.Locked.Attrs["narHash"]
	return treeValue(c, t.Data.(*flakeTree).out, &fetch.Tree{Attrs: attrs}, false)
}

// settleTree is the function that callflake.nix asks for an attribute of a tree that was deferred: outPath, narHash
// or revCount.
func (f fetchers) settleTree(c *core.Call) (heap.Value, error) {
	place, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	place = strings.Clone(place)
	name, err := c.Arg(1).PlainString()
	if err != nil {
		return 0, err
	}
	d := f.st.PendingAt(place).Data.(*deferredTree)
	if name == "revCount" {
		n, err := d.count(c.Ctx())
		if err != nil {
			return 0, withCode(c, err, core.CodeFetch)
		}
		return c.Heap().NewInt(int64(n)), nil
	}
	out, hash, err := d.settle(c.Ctx())
	if err != nil {
		return 0, f.treesOf(c).failed(err)
	}
	if name == "narHash" {
		return c.Heap().NewString(hash, 0), nil
	}
	return c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
}

// treesOf returns what fetches for a builtin: from the world of the evaluation, or for a pure
// one, which sees nothing of that, from what Options has.
func (f fetchers) treesOf(c *core.Call) *flakeTrees {
	t := &flakeTrees{f: f, c: c, host: f.st.Host(), parser: f.refs(c)}
	if c.Evaluator().Options().Pure {
		t.host = f.host
	}
	return t
}

// flakeFolder returns the path of the tree of a flake, as in flake:nixpkgs of a search path.
func (f fetchers) flakeFolder(c *core.Call, text string) (string, error) {
	if err := c.Require("flakes", ""); err != nil {
		return "", err
	}
	ref, err := f.refs(c).Parse(text)
	if err != nil {
		return "", err
	}
	trees := f.treesOf(c)
	tree, err := trees.Fetch(c.Ctx(), ref, lock.AllRegistries)
	trees.tellWarnings()
	if err != nil {
		return "", trees.failed(err)
	}
	return tree.Data.(*flakeTree).out, nil
}

// flake is builtins.getFlake. The lock file of the flake counts, and what it lacks is found
// out, but not written.
//
// Quirk: the message of pure evaluation has a place that is never known.
func (f fetchers) flake(c *core.Call) (heap.Value, error) {
	text, ref, err := f.refArgument(c)
	if err != nil {
		return 0, err
	}
	pure := c.Evaluator().Options().Pure
	if pure && !ref.IsLocked() {
		return 0, c.Errorf(core.CodePureEvaluation, "cannot call 'getFlake' on unlocked flake reference '%s', at «none»:0 (use --impure to override)", text)
	}
	if err := checkURI(c, text); err != nil {
		return 0, err
	}
	x := &Flakes{f}
	flake, err := x.Lock(c, ref, FlakeOptions{IsBuiltin: true, Pure: pure, NoRegistries: pure, Host: f.treesOf(c).host})
	if err != nil {
		return 0, err
	}
	if report := flake.Report(lock.Style{}); report != "" {
		c.Warn("not writing modified lock file of flake '%s':\n%s", lock.URL(quiet, ref), report)
		flake.Dirty = true
	}
	return x.Value(c, flake, 0)
}

// Changed reports whether the lock is another one than the lock file has.
func (x *LockedFlake) Changed() bool {
	before, err1 := x.Old.JSON(false)
	after, err2 := x.Result.Graph.JSON(false)
	return err1 != nil || err2 != nil || string(before) != string(after)
}

// Report returns what changed in the lock.
func (x *LockedFlake) Report(style lock.Style) string {
	return lock.Report(x.Old, x.Result.Graph, quiet, style)
}
