package lock

// This file defines Compute.
//
// The rules are those of the reference, whose lock files have to come out equal. In short: an
// input keeps its entry if the reference in flake.nix is still the one that the entry was made
// for. Otherwise it is fetched, and the entries of its own inputs come from its own lock file.
// Overrides win over both, those of outer flakes over those of inner ones.

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

// Options are what a lock is computed from, beside the flake.
type Options struct {
	Old     *Graph // the lock file so far; nil if there is none, or it does not matter
	Updates []Path // inputs that get a new entry even if theirs fits
	// Overrides are what inputs are instead of what the flakes say.
	Overrides []Override
	// Pure refuses to fetch what no hash pins.
	Pure bool
	// Dedupe is Graph.Dedupe of the result. Without it, an Old in which several inputs share a
	// node has them share one in the result, too, if they still can.
	Dedupe bool
	// Registries is where references of the flake's own are looked up: AllRegistries or
	// NoRegistry.
	Registries Registries
	Parser     *flakeref.Parser
	Warn       func(format string, args ...any) // never nil
	Parallel   int                              // how many trees are fetched at once; 0 means 8
}

// An Override is what the input at a path is instead.
type Override struct {
	Path Path
	Ref  *flakeref.Ref
}

// A Result is a graph, and what was fetched for it.
type Result struct {
	Graph *Graph
	// Sources are where the flakes and trees lie that were fetched; nodes that were kept are
	// not among them.
	Sources map[*Node]Source
}

// A Source is a folder in a tree.
type Source struct {
	Tree *Tree
	Dir  string // as in Flake
}

// An InputError says which input an error is about.
type InputError struct {
	Path Path
	Err  error
}

func (e *InputError) Error() string {
	return fmt.Sprintf("%s: %s", e.Frame(), e.Err)
}

// Frame returns what was being done.
func (e *InputError) Frame() string {
	return fmt.Sprintf("while updating the flake input '%s'", e.Path)
}

// Unwrap returns the error.
func (e *InputError) Unwrap() error { return e.Err }

// GetFlake fetches a flake. Its attributes of inputs.self, which are known only then, may
// make it be fetched once more.
func GetFlake(ctx context.Context, f Fetcher, ref *flakeref.Ref, use Registries) (*Flake, error) {
	t, err := f.Fetch(ctx, ref, use)
	if err != nil {
		return nil, err
	}
	return flakeOf(ctx, f, t)
}

// flakeOf is the second part of GetFlake.
func flakeOf(ctx context.Context, f Fetcher, t *Tree) (*Flake, error) {
	flake, err := f.Flake(t, cleanDir(t.Locked.Dir))
	if err != nil {
		return nil, err
	}
	again := *t.Locked
	again.Attrs = maps.Clone(again.Attrs)
	for _, name := range sortedKeys(flake.Self) {
		if name != "submodules" && name != "lfs" {
			return nil, fmt.Errorf("flake 'self' attribute '%s' is not supported", name)
		}
		again.Attrs[name] = flake.Self[name]
	}
	if again.Equal(t.Locked) {
		return flake, nil
	}
	delete(again.Attrs, "narHash")
	refetched, err := f.Fetch(ctx, &again, NoRegistry)
	if err != nil {
		return nil, err
	}
	refetched.Resolved = t.Resolved
	return f.Flake(refetched, cleanDir(again.Dir))
}

// cleanDir returns the folder of a reference as Flake.Dir has it.
func cleanDir(dir string) string { return strings.Trim(path.Clean("/"+dir), "/") }

// Compute returns the graph for a flake. The error is an InputError if it is about an input.
func Compute(ctx context.Context, f Fetcher, flake *Flake, opt Options) (*Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	c := &computer{
		ctx: ctx, fetcher: f, opt: opt, prefetch: newPrefetcher(ctx, f, opt.Parallel),
		overrides: map[string]override{}, forced: map[string]bool{}, used: map[string]bool{}, seen: map[string]bool{}, updates: map[string]bool{},
		result: Result{Graph: New(), Sources: map[*Node]Source{}},
	}
	defer c.prefetch.wait()
	defer cancel()
	here := Source{flake.Tree, flake.Dir}
	for _, o := range slices.Backward(opt.Overrides) { // the last one counts
		key := o.Path.key()
		if !c.forced[key] {
			c.forced[key] = true
			c.overrides[key] = override{path: o.Path, input: Input{Ref: o.Ref}, source: here}
		}
	}
	for _, p := range opt.Updates {
		c.updates[p.key()] = true
	}
	root := c.result.Graph.Root
	c.result.Sources[root] = here
	var old *Node
	if opt.Old != nil {
		old = opt.Old.Root
	}
	if err := c.node(place{inputs: prefixed(flake.Inputs, nil), node: root, old: old, source: here}); err != nil {
		return nil, err
	}
	c.warnUnused()
	switch {
	case opt.Dedupe:
		c.result.Graph.merge(false, nil)
	case opt.Old != nil && opt.Old.isShared():
		c.result.Graph.merge(true, func(old, by *Node) {
			if src, ok := c.result.Sources[old]; ok {
				c.result.Sources[by] = src
			}
		})
	}
	return &c.result, c.result.Graph.Check()
}

// key returns p as a key of maps, in whose order paths come as slices.Compare has them.
func (p Path) key() string {
	var b strings.Builder
	for _, name := range p {
		b.WriteString(name + "\x00")
	}
	return b.String()
}

// A computer is a call of Compute.
type computer struct {
	ctx      context.Context
	fetcher  Fetcher
	opt      Options
	prefetch *prefetcher
	result   Result

	overrides map[string]override // by the key of the path of an input
	forced    map[string]bool     // overrides that Options has
	used      map[string]bool     // overrides of which there is an input
	updates   map[string]bool     // keys of Options.Updates
	seen      map[string]bool     // inputs
	parents   []*flakeref.Ref     // of the flakes around
	nodes     int                 // so far
}

// An override is what an input is instead, and who says so.
type override struct {
	path   Path
	input  Input  // its Follows counts from the flake itself
	source Source // of the flake that says so
	parent Path   // the path of that flake; nil for an override of Options
}

// A place is a node whose inputs are to be computed.
type place struct {
	inputs  Inputs // from flake.nix, or from the lock file if that is to be trusted
	node    *Node
	path    Path
	old     *Node  // that entries can be kept of; nil if there is none
	follows Path   // what edges of old that follow start from
	source  Source // of the flake
	trust   bool   // inputs are from the lock file
}

// prefixed returns inputs whose follows start from the flake itself: those of a flake at path.
func prefixed(inputs Inputs, path Path) Inputs {
	all := make(Inputs, len(inputs))
	for name, in := range inputs {
		if in.Follows != nil {
			in.Follows = path.join(in.Follows)
		}
		in.Overrides = prefixed(in.Overrides, path)
		all[name] = in
	}
	return all
}

// addOverrides adds what the input at path says of its own inputs, unless a flake further out
// said something before.
func (c *computer) addOverrides(in Input, path Path, by place) {
	for _, name := range sortedKeys(in.Overrides) {
		o, at := in.Overrides[name], path.with(name)
		if _, ok := c.overrides[at.key()]; !ok && (o.Ref != nil || o.Follows != nil) {
			c.overrides[at.key()] = override{at, o, by.source, by.path.join(nil)}
		}
		c.addOverrides(o, at, by)
	}
}

// A choice is what became of an input when overrides were looked at.
type choice struct {
	name       string
	path       Path
	input      Input
	original   *flakeref.Ref // what flake.nix says; nil if that is no reference
	source     Source        // that a relative path starts from
	parent     Path          // for Node.Parent
	overridden bool          // by Options
	old        *Node         // the entry that is kept; nil if the input is fetched
}

// choose looks at the overrides and at the old entry of an input.
func (c *computer) choose(p place, name string, in Input) choice {
	ch := choice{name: name, path: p.path.with(name), input: in, original: in.Ref, source: p.source, parent: p.path.join(nil)}
	key := ch.path.key()
	if o, ok := c.overrides[key]; ok {
		c.used[key] = true
		ch.input, ch.source, ch.parent = o.input, o.source, o.parent
		ch.input.IsTree = in.IsTree
		ch.overridden = c.forced[key]
	}
	if ch.input.Follows != nil {
		return ch
	}
	if ch.input.Ref == nil {
		r, err := c.opt.Parser.FromAttrs(flakeref.Attrs{"type": "indirect", "id": name}, true)
		if err != nil { // the name is none of the registry: fetching says so
			r = &flakeref.Ref{Attrs: flakeref.Attrs{"type": "indirect", "id": name}}
		}
		ch.input.Ref = r
	}
	if !ch.input.Ref.IsRelative() {
		ch.parent = nil
	}
	c.seen[key] = true
	if p.old == nil || c.updates[key] || ch.overridden {
		return ch
	}
	old := p.old.Inputs[name].Node
	sameParent := old != nil && (old.Parent == nil) == (ch.parent == nil) && slices.Equal(old.Parent, ch.parent)
	if sameParent && old.Original.Canonical().Equal(ch.input.Ref.Canonical()) {
		ch.old = old
	}
	return ch
}

// node computes the inputs of a node.
func (c *computer) node(p place) error {
	if len(p.path) > maxDepth {
		return fmt.Errorf("input '%s' lies behind more than %d others", p.path, maxDepth)
	}
	for _, name := range sortedKeys(p.inputs) {
		c.addOverrides(p.inputs[name], p.path.with(name), p)
	}
	for _, key := range sortedKeys(c.overrides) {
		o := c.overrides[key]
		last := len(o.path) - 1
		if _, ok := p.inputs[o.path[last]]; !ok && slices.Equal(o.path[:last], p.path) {
			c.opt.Warn("input '%s' has an override for a non-existent input '%s'", p.path, o.path[last])
		}
	}
	var all []choice
	for _, name := range sortedKeys(p.inputs) {
		ch := c.choose(p, name, p.inputs[name])
		if ch.input.Follows == nil && ch.old == nil && c.mayFetch(ch) == nil && !ch.input.Ref.IsRelative() {
			c.prefetch.start(ch.input.Ref, c.registries(ch))
		}
		all = append(all, ch)
	}
	for _, ch := range all {
		if err := c.input(p, ch); err != nil {
			return &InputError{ch.path, err}
		}
	}
	return nil
}

// mayFetch returns an error if the input must not be fetched.
func (c *computer) mayFetch(ch choice) error {
	if c.opt.Pure && !ch.input.Ref.IsLocked() && !ch.input.Ref.IsRelative() {
		return fmt.Errorf("cannot update unlocked flake input '%s' in pure mode", ch.path)
	}
	return nil
}

// registries returns where the reference of an input is looked up.
func (c *computer) registries(ch choice) Registries {
	switch {
	case ch.overridden && !ch.input.IsTree:
		return AllRegistries
	case c.opt.Registries == NoRegistry:
		return NoRegistry
	}
	return LimitedRegistry
}

// input computes one input.
func (c *computer) input(p place, ch choice) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	switch {
	case ch.input.Follows != nil:
		p.node.set(ch.name, Edge{Follows: ch.input.Follows})
		return nil
	case ch.old != nil:
		return c.keep(p, ch)
	}
	if err := c.mayFetch(ch); err != nil {
		return err
	}
	// Overrides of Options last until the entry is made again for another reason: its
	// original is what flake.nix says.
	n := &Node{Original: ch.input.Ref, IsTree: ch.input.IsTree, Parent: ch.parent}
	if ch.overridden && ch.original != nil {
		n.Original = ch.original
	}
	if ch.input.IsTree {
		src, locked, err := c.tree(ch)
		if err != nil {
			return err
		}
		n.Locked = locked
		return c.add(p, ch, n, src)
	}
	flake, err := c.flake(ch, ch.input.Ref, c.registries(ch))
	if err != nil {
		return err
	}
	n.Locked = flake.Tree.Locked
	if ch.input.Ref.IsRelative() {
		n.Locked = ch.input.Ref
	}
	if err := c.add(p, ch, n, Source{flake.Tree, flake.Dir}); err != nil {
		return err
	}
	for _, r := range c.parents {
		if r.Equal(ch.input.Ref) {
			return fmt.Errorf("found circular import of flake '%s'", URL(c.opt.Parser, r))
		}
	}
	c.parents = append(c.parents, ch.input.Ref)
	defer func() { c.parents = c.parents[:len(c.parents)-1] }()
	own, err := flake.Lock()
	if err != nil {
		return err
	}
	return c.node(place{
		inputs: prefixed(flake.Inputs, ch.path), node: n, path: ch.path,
		old: own.Root, follows: ch.path, source: Source{flake.Tree, flake.Dir},
	})
}

// add makes n, which lies at src, an input.
func (c *computer) add(p place, ch choice, n *Node, src Source) error {
	if src.Tree != nil {
		c.result.Sources[n] = src
	}
	p.node.set(ch.name, Edge{Node: n})
	if c.nodes++; c.nodes > maxNodes {
		return fmt.Errorf("there are more than %d inputs", maxNodes)
	}
	return nil
}

// keep takes over the entry of an input and looks at its inputs: at those of the entry,
// without fetching the flake, if it is certain that the flake has the same.
func (c *computer) keep(p place, ch choice) error {
	old := ch.old
	n := &Node{Locked: old.Locked, Original: old.Original, IsTree: old.IsTree, Parent: old.Parent}
	if err := c.add(p, ch, n, Source{}); err != nil {
		return err
	}
	next := place{node: n, path: ch.path, old: old, follows: p.follows, source: p.source, trust: true, inputs: Inputs{}}
	refetch := c.updatesBelow(ch.path)
	if !refetch {
		for name, e := range old.Sorted() {
			if e.Node != nil {
				next.inputs[name] = Input{Ref: e.Node.Original, IsTree: e.Node.IsTree}
				continue
			}
			// The edge may be there for an override that is no more. What the flake says
			// then, only the flake knows.
			if _, ok := c.overrides[ch.path.with(name).key()]; !ok && !p.trust {
				refetch = true
				break
			}
			next.inputs[name] = Input{Follows: p.follows.join(e.Follows)}
		}
	}
	if refetch {
		use := LimitedRegistry
		if c.opt.Registries == NoRegistry {
			use = NoRegistry
		}
		flake, err := c.flake(ch, old.Locked, use)
		if err != nil {
			return err
		}
		src := Source{flake.Tree, flake.Dir}
		c.result.Sources[n] = src
		next.inputs, next.source, next.trust = prefixed(flake.Inputs, ch.path), src, false
	}
	return c.node(next)
}

// updatesBelow reports whether an input behind the one at path is to be updated.
func (c *computer) updatesBelow(path Path) bool {
	for _, u := range c.opt.Updates {
		if len(u) > len(path) && slices.Equal(u[:len(path)], path) {
			return true
		}
	}
	return false
}

// An EscapeError says that a relative path leads out of the tree of its flake.
type EscapeError struct {
	Rel string // as flake.nix has it
	Dir string // from the root of the tree, clean: "..", or it begins with "../"
}

func (e *EscapeError) Error() string {
	return fmt.Sprintf("the relative path '%s' leads out of the tree of the flake", e.Rel)
}

// within returns where the relative path of an input lies.
func within(ch choice) (Source, error) {
	rel := ch.input.Ref.Attrs["path"].(string)
	dir := path.Join(ch.source.Dir, rel)
	if dir == ".." || strings.HasPrefix(dir, "../") {
		return Source{}, &EscapeError{Rel: rel, Dir: dir}
	}
	return Source{ch.source.Tree, cleanDir(dir)}, nil
}

// flake fetches the flake of an input as ref; a relative one is part of a tree that is there.
func (c *computer) flake(ch choice, ref *flakeref.Ref, use Registries) (*Flake, error) {
	if !ch.input.Ref.IsRelative() {
		t, err := c.prefetch.get(ref, use)
		if err != nil {
			return nil, err
		}
		return flakeOf(c.ctx, c.fetcher, t)
	}
	src, err := within(ch)
	if err != nil {
		return nil, err
	}
	return c.fetcher.Flake(src.Tree, cleanDir(path.Join(src.Dir, ref.Dir)))
}

// tree fetches the tree of an input that is no flake, and returns the reference that pins it.
func (c *computer) tree(ch choice) (Source, *flakeref.Ref, error) {
	if ch.input.Ref.IsRelative() {
		src, err := within(ch)
		return src, ch.input.Ref, err
	}
	t, err := c.prefetch.get(ch.input.Ref, c.registries(ch))
	if err != nil {
		return Source{}, nil, err
	}
	locked := *t.Locked
	locked.Dir = ch.input.Ref.Dir
	return Source{t, ""}, &locked, nil
}

// warnUnused warns of overrides and updates of inputs that there are not.
func (c *computer) warnUnused() {
	for _, key := range sortedKeys(c.forced) {
		if o := c.overrides[key]; !c.used[key] {
			c.opt.Warn("the flag '--override-input %s %s' does not match any input", o.path, URL(c.opt.Parser, o.input.Ref))
		}
	}
	updates := slices.Clone(c.opt.Updates)
	slices.SortFunc(updates, func(a, b Path) int { return slices.Compare(a, b) })
	for _, p := range slices.CompactFunc(updates, func(a, b Path) bool { return slices.Equal(a, b) }) {
		if !c.seen[p.key()] {
			c.opt.Warn("'%s' does not match any input of this flake", p)
		}
	}
}
