package storecmd

// This file defines the command that explains why a path refers to another one.

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval/ansi"
)

// WhyDepends explains why a path refers to another one.
type WhyDepends struct {
	Package    string `arg:"" help:"The installable that refers to the other one, directly or not."`
	Dependency string `arg:"" help:"The other one."`
	exprFlags
	Derivation bool `help:"The derivations, and not their outputs."`
	All        bool `short:"a" help:"Print all ways that lead there, and not only a shortest one."`
	Precise    bool `help:"Print which files have the references."`
}

// Run prints the ways.
func (c *WhyDepends) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	from, err := e.onePath(ctx, s, c.exprFlags, c.Package, c.Derivation, true)
	if err != nil {
		return err
	}
	to, err := e.onePath(ctx, s, c.exprFlags, c.Dependency, c.Derivation, false)
	if err != nil {
		return err
	}
	w := &ways{WhyDepends: c, Env: e, store: s, from: from, to: to, refs: map[string][]string{}}
	if err := w.load(ctx); err != nil {
		return err
	}
	if _, ok := w.far[from]; !ok {
		e.Log.Say(dropin.Error, fmt.Sprintf("'%s' does not depend on '%s'", c.Package, c.Dependency))
		return nil
	}
	if !c.Precise {
		e.Lines(from)
	}
	_, err = w.print(ctx, from, "", "")
	return err
}

// ways is the graph of what the one path refers to.
type ways struct {
	*WhyDepends
	*Env
	store    store.Store
	from, to string
	refs     map[string][]string // of the closure of from
	far      map[string]int      // steps to the other path, from those that lead to it
	seen     map[string]bool     // that have been printed
}

// load reads the graph, and computes how far each path is from the other one.
func (w *ways) load(ctx context.Context) error {
	referrers := map[string][]string{}
	err := Spread(map[string]bool{}, w.from, func(p string) ([]string, error) {
		refs, err := w.store.References(ctx, p)
		w.refs[p] = refs
		for _, ref := range refs {
			referrers[ref] = append(referrers[ref], p)
		}
		return refs, err
	})
	if err != nil {
		return err
	}
	w.far, w.seen = map[string]int{}, map[string]bool{}
	if _, ok := w.refs[w.to]; !ok {
		return nil
	}
	w.far[w.to] = 0
	for work := []string{w.to}; len(work) > 0; work = work[1:] {
		for _, p := range referrers[work[0]] {
			if _, ok := w.far[p]; !ok {
				w.far[p] = w.far[work[0]] + 1
				work = append(work, p)
			}
		}
	}
	return nil
}

// The parts of a tree.
const (
	treeFork, treeLast = "├───", "└───"
	treeLine, treeNone = "│   ", "    "
)

// plain ends a colour. Colours are printed in any case, as by the reference.
const plain = "\x1b[0m"

// dim is how a path is shown that stands above already.
const dim = "\x1b[38;5;244m"

// print prints what leads from a path to the other one, first before its own line, and rest
// before the others. done is true once the one way is printed that is wanted.
func (w *ways) print(ctx context.Context, p, first, rest string) (done bool, err error) {
	if w.Precise {
		arrow := ""
		if first != "" {
			arrow = "→ "
		}
		w.Lines(first + w.shade(p) + arrow + p + plain)
	}
	if p == w.to && !w.All && w.from != w.to {
		return true, nil
	}
	if w.seen[p] {
		return false, nil
	}
	w.seen[p] = w.Precise
	var refs []string
	for _, ref := range w.refs[p] {
		if _, leads := w.far[ref]; leads && (ref != p || w.from == w.to) {
			refs = append(refs, ref)
		}
	}
	slices.SortStableFunc(refs, func(a, b string) int { return w.far[a] - w.far[b] })
	hits := map[string][]string{}
	if w.Precise {
		if hits, err = w.hits(ctx, p, refs); err != nil {
			return false, err
		}
	}
	for i, ref := range refs {
		last := !w.All || i == len(refs)-1
		branch, line := treeFork, treeLine
		if last {
			branch, line = treeLast, treeNone
		}
		for j, hit := range hits[ref] {
			if j > 0 && !w.All {
				break
			}
			w.Lines(rest + map[bool]string{true: branch, false: line}[j == 0] + hit)
		}
		if !w.Precise {
			w.Lines(first + w.shade(ref) + branch + ref + plain)
			w.seen[p] = true
		}
		if done, err = w.print(ctx, ref, rest+line, rest+line); done || err != nil {
			return done, err
		}
	}
	return false, nil
}

// shade returns what dims a path that stands above already.
func (w *ways) shade(p string) string {
	if w.seen[p] {
		return dim
	}
	return ""
}

const (
	// margin is how many bytes around a reference are shown.
	margin = 32
	// maxSearched is how much of a file is searched, in bytes.
	maxSearched = 64 << 20
)

// hits returns where a path has references: for each, a line about each file.
func (w *ways) hits(ctx context.Context, p string, refs []string) (map[string][]string, error) {
	wanted := map[string]string{} // paths by their hash parts
	for _, ref := range refs {
		q, err := w.store.Dir().Parse(ref)
		if err != nil {
			return nil, err
		}
		wanted[q.Hash()] = ref
	}
	v := &referenceFinder{wanted: wanted, target: w.to, hits: map[string][]string{}}
	r := store.OpenNAR(ctx, w.store, p)
	defer r.Close()
	if err := nar.Read(r, v); err != nil {
		return nil, err
	}
	return v.hits, nil
}

// paint returns a text around a hash part, which has a colour.
func (v *referenceFinder) paint(text string, at, length int, ref string) string {
	color := ansi.Blue
	if ref == v.target {
		color = ansi.Green
	}
	return text[:at] + ansi.Paint(color, text[at:at+length]) + text[at+length:]
}

// printable returns a text with dots in place of bytes that cannot be shown.
func printable(text []byte) string {
	out := slices.Clone(text)
	for i, c := range out {
		if c < ' ' || c > '~' {
			out[i] = '.'
		}
	}
	return string(out)
}

// sortedKeys returns the keys of m.
func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
