// Package drvdiff explains why two derivations differ.
//
//	Compute   compares two derivations, and the inputs that differ, at any depth
//	Diff      what is different of one pair of derivations
//	Change    one part that is different
//
// Store paths that differ only because an input does are no changes: what is left are the
// reasons.
package drvdiff

// This file defines Compute, and how derivations are compared.

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A Diff is what is different of a pair of derivations.
type Diff struct {
	Name     string   `json:"name"` // of the new derivation, without .drv
	Old      string   `json:"old"`  // paths of the derivations
	New      string   `json:"new"`
	Changes  []Change `json:"changes"`            // of the derivations themselves
	Inputs   []*Diff  `json:"inputs"`             // pairs of input derivations that differ
	SameOuts bool     `json:"sameOutputs"`        // all outputs have the same paths, so that nothing that depends on them changes
	Seen     bool     `json:"repeated,omitempty"` // the pair has been compared before: Changes and Inputs are left out
}

// A Change is a part of a derivation that is different.
type Change struct {
	What What   `json:"what"`
	Name string `json:"name,omitempty"` // of the variable, attribute, output, source or input
	// Old and New are the values; nil if there is none. Those of sources are paths. In them,
	// paths of the outputs of the derivation and of inputs that differ are placeholders, as
	// $out and ‹gcc-13.out›.
	Old *string `json:"old"`
	New *string `json:"new"`
}

// What says which part of a derivation a Change is about.
type What string

// The parts of derivations.
const (
	Name      What = "name"
	System    What = "system"
	Builder   What = "builder"
	Arguments What = "arguments" // one on each line
	Variable  What = "variable"  // of the environment
	Attribute What = "attribute" // of structured attributes, as JSON
	Output    What = "output"
	Source    What = "source"
	Input     What = "input" // a derivation that only one of the two depends on, or other outputs of one
)

// A Lookup returns the derivation at a path.
type Lookup func(path string) (*drv.Derivation, error)

// Compute compares two derivations. Each pair of inputs is compared once.
func Compute(lookup Lookup, oldPath, newPath string) (*Diff, error) {
	c := &comparison{lookup: lookup, read: map[string]*drv.Derivation{}, seen: map[[2]string]bool{}}
	return c.pair(oldPath, newPath)
}

// A comparison is one call of Compute.
type comparison struct {
	lookup Lookup
	read   map[string]*drv.Derivation
	seen   map[[2]string]bool
}

// derivation returns the derivation at a path.
func (c *comparison) derivation(p string) (*drv.Derivation, error) {
	if d := c.read[p]; d != nil {
		return d, nil
	}
	d, err := c.lookup(p)
	if err == nil {
		c.read[p] = d
	}
	return d, err
}

// pair compares two derivations. The depth of its recursion is that of the inputs.
func (c *comparison) pair(oldPath, newPath string) (*Diff, error) {
	a, err := c.derivation(oldPath)
	if err != nil {
		return nil, err
	}
	b, err := c.derivation(newPath)
	if err != nil {
		return nil, err
	}
	d := &Diff{Name: b.Name, Old: oldPath, New: newPath, Changes: []Change{}, Inputs: []*Diff{}, SameOuts: sameOutputs(a, b)}
	key := [2]string{oldPath, newPath}
	if d.Seen = c.seen[key]; d.Seen || oldPath == newPath {
		return d, nil
	}
	c.seen[key] = true

	sides := [2]*side{newSide(a), newSide(b)}
	inputs := pairUp(drvNames(a.InputDrvs), drvNames(b.InputDrvs))
	for _, p := range inputs.both {
		if err := c.placeholders(sides, p); err != nil {
			return nil, err
		}
	}
	sources := pairUp(a.InputSrcs, b.InputSrcs)
	for _, p := range sources.both {
		sides[0].replace(p[0], "‹"+nameOf(p[0])+"›")
		sides[1].replace(p[1], "‹"+nameOf(p[1])+"›")
	}
	d.own(a, b, sides)
	for _, p := range sources.both {
		d.add(Source, nameOf(p[1]), &p[0], &p[1])
	}
	d.single(Source, sources)
	for _, p := range inputs.both {
		d.outputsUsed(a, b, p)
		in, err := c.pair(p[0], p[1])
		if err != nil {
			return nil, err
		}
		d.Inputs = append(d.Inputs, in)
	}
	for i := range a.InputDrvs {
		if p := a.InputDrvs[i].Drv; slices.ContainsFunc(b.InputDrvs, func(in drv.InputDrv) bool { return in.Drv == p }) {
			d.outputsUsed(a, b, [2]string{p, p})
		}
	}
	d.single(Input, inputs)
	return d, nil
}

// sameOutputs reports whether all outputs have known paths that are the same.
func sameOutputs(a, b *drv.Derivation) bool {
	return slices.EqualFunc(a.Outputs, b.Outputs, func(x, y drv.Output) bool {
		return x.Name == y.Name && x.Path == y.Path && x.Path != ""
	})
}

// A side is one of two derivations, with what stands for store paths in its texts.
type side struct{ words []string }

// newSide returns a side in which the paths of outputs are $NAME.
func newSide(d *drv.Derivation) *side {
	s := &side{}
	for i := range d.Outputs {
		o := &d.Outputs[i]
		if o.Path != "" {
			s.replace(o.Path, "$"+o.Name)
		}
		s.replace(storepath.OutputPlaceholder(o.Name), "$"+o.Name)
	}
	return s
}

// replace lets a placeholder stand for a text.
func (s *side) replace(text, by string) { s.words = append(s.words, text, by) }

// placeholders lets the outputs of a pair of inputs have the same placeholders.
func (c *comparison) placeholders(sides [2]*side, p [2]string) error {
	ins := [2]*drv.Derivation{}
	for i := range p {
		var err error
		if ins[i], err = c.derivation(p[i]); err != nil {
			return err
		}
	}
	for i, in := range ins {
		for j := range in.Outputs {
			if o := &in.Outputs[j]; o.Path != "" {
				sides[i].replace(o.Path, "‹"+ins[1].Name+"."+o.Name+"›")
			}
		}
		sides[i].replace(p[i], "‹"+ins[1].Name+".drv›")
	}
	return nil
}

// own compares what the derivations have themselves.
func (d *Diff) own(a, b *drv.Derivation, sides [2]*side) {
	ra, rb := strings.NewReplacer(sides[0].words...), strings.NewReplacer(sides[1].words...)
	text := func(what What, name, x, y string) {
		if x, y = ra.Replace(x), rb.Replace(y); x != y {
			d.add(what, name, &x, &y)
		}
	}
	text(Name, "", a.Name, b.Name)
	text(System, "", a.System, b.System)
	text(Builder, "", a.Builder, b.Builder)
	text(Arguments, "", strings.Join(a.Args, "\n"), strings.Join(b.Args, "\n"))
	d.both(Output, outputs(a), outputs(b), ra, rb)
	va, vb := variables(a), variables(b)
	if va["name"] == a.Name && vb["name"] == b.Name { // which has been compared
		delete(va, "name")
		delete(vb, "name")
	}
	ja, jb := attributes(va), attributes(vb)
	if ja != nil && jb != nil {
		delete(va, drv.StructuredAttrs)
		delete(vb, drv.StructuredAttrs)
		d.both(Attribute, ja, jb, ra, rb)
	}
	d.both(Variable, va, vb, ra, rb)
}

// both compares texts by their names.
func (d *Diff) both(what What, a, b map[string]string, ra, rb *strings.Replacer) {
	names := maps.Clone(a)
	maps.Copy(names, b)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, inA := a[name]
		y, inB := b[name]
		x, y = ra.Replace(x), rb.Replace(y)
		switch {
		case inA && inB && x != y:
			d.add(what, name, &x, &y)
		case inA && !inB:
			d.add(what, name, &x, nil)
		case inB && !inA:
			d.add(what, name, nil, &y)
		}
	}
}

// add adds a change.
func (d *Diff) add(what What, name string, x, y *string) {
	d.Changes = append(d.Changes, Change{what, name, x, y})
}

// single adds what only one of the derivations has.
func (d *Diff) single(what What, p pairs) {
	for _, x := range p.onlyOld {
		d.add(what, nameOf(x), &x, nil)
	}
	for _, y := range p.onlyNew {
		d.add(what, nameOf(y), nil, &y)
	}
}

// outputsUsed compares which outputs of a pair of inputs are used.
func (d *Diff) outputsUsed(a, b *drv.Derivation, p [2]string) {
	used := func(d *drv.Derivation, p string) string {
		for i := range d.InputDrvs {
			if d.InputDrvs[i].Drv == p {
				return strings.Join(d.InputDrvs[i].Outputs, ",")
			}
		}
		return ""
	}
	if x, y := used(a, p[0]), used(b, p[1]); x != y {
		d.add(Input, nameOf(p[1]), &x, &y)
	}
}

// outputs returns how outputs are made, by their names. Paths that follow from the rest do not
// count.
func outputs(d *drv.Derivation) map[string]string {
	out := map[string]string{}
	for i := range d.Outputs {
		switch o := &d.Outputs[i]; o.Kind {
		case drv.Fixed:
			out[o.Name] = "fixed, " + o.Method.String() + " " + o.Hash.String()
		case drv.Floating:
			out[o.Name] = "content-addressed, " + o.Method.String() + " " + o.Algo.String()
		case drv.Impure:
			out[o.Name] = "impure, " + o.Method.String() + " " + o.Algo.String()
		default:
			out[o.Name] = "input-addressed"
		}
	}
	return out
}

// variables returns the environment.
func variables(d *drv.Derivation) map[string]string {
	out := map[string]string{}
	for _, v := range d.Env {
		out[v.Name] = v.Value
	}
	return out
}

// attributes returns structured attributes, each as JSON; nil if there are none.
func attributes(env map[string]string) map[string]string {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal([]byte(env[drv.StructuredAttrs]), &raw); err != nil {
		return nil
	}
	out := map[string]string{}
	for name, text := range raw {
		out[name] = string(text)
	}
	return out
}

// nameOf returns the name in a store path, without .drv.
func nameOf(p string) string {
	_, name, _ := strings.Cut(path.Base(p), "-")
	return strings.TrimSuffix(name, storepath.DrvExtension)
}

// drvNames returns the paths of input derivations.
func drvNames(list []drv.InputDrv) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].Drv
	}
	return out
}

// pairs are store paths of two lists.
type pairs struct {
	both             [][2]string // that differ, and belong together
	onlyOld, onlyNew []string
}

// pairUp pairs the paths of two lists that differ: those of the same name, and then those of
// the same name without its version, if there is only one on each side.
func pairUp(a, b []string) (p pairs) {
	p.onlyOld, p.onlyNew = without(a, b), without(b, a)
	for _, key := range []func(string) string{nameOf, func(p string) string { return packageOf(nameOf(p)) }} {
		p.match(key)
	}
	slices.SortFunc(p.both, func(x, y [2]string) int { return strings.Compare(nameOf(x[1]), nameOf(y[1])) })
	return p
}

// match pairs paths that have the same key: in their order if there are as many of them on
// both sides.
func (p *pairs) match(key func(string) string) {
	group := func(list []string) map[string][]string {
		out := map[string][]string{}
		for _, x := range list {
			out[key(x)] = append(out[key(x)], x)
		}
		return out
	}
	olds, news := group(p.onlyOld), group(p.onlyNew)
	for _, k := range slices.Sorted(maps.Keys(olds)) {
		if len(olds[k]) != len(news[k]) {
			continue
		}
		for i := range olds[k] {
			p.both = append(p.both, [2]string{olds[k][i], news[k][i]})
		}
		p.onlyOld, p.onlyNew = without(p.onlyOld, olds[k]), without(p.onlyNew, news[k])
	}
}

// without returns what list has and other has not.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return slices.Contains(other, x) })
}

// packageOf returns a name without its version, which begins behind the first minus sign that
// no letter follows.
func packageOf(name string) string {
	for i := 0; i+1 < len(name); i++ {
		if c := name[i+1] | 0x20; name[i] == '-' && (c < 'a' || c > 'z') {
			return name[:i]
		}
	}
	return name
}
