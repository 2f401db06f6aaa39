package drv

// This file defines what happens to a derivation whose inputs' paths were not known when it was written: once they are
// built, it becomes another derivation, which has the paths among its sources and no inputs at all.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
)

// OutputHash returns the hash by which stores know the outputs of d, whose paths may not be known: it is the hash
// modulo, without what d itself says of its outputs. It is in base16.
func (d *Derivation) OutputHash(lookup Lookup) (string, error) {
	kind, err := d.Kind()
	if err != nil {
		return "", err
	}
	s := d.getScratch()
	defer s.put()
	if kind == Fixed {
		m, err := d.modulo(lookup, kind, s)
		if err != nil {
			return "", err
		}
		return m.Hash, nil
	}
	return d.hashModulo(lookup, s, true)
}

// NeedsResolving reports whether d must become another derivation before it is built, since paths of its inputs were not
// known when it was written. A fixed output is the same either way; it is resolved if contentAddressed says that
// derivations are, so that it is not built again for inputs that are equal.
func (d *Derivation) NeedsResolving(contentAddressed bool) bool {
	if len(d.InputDrvs) == 0 {
		return false
	}
	kind, err := d.Kind()
	if err != nil {
		return false
	}
	switch kind {
	case Deferred, Floating, Impure:
		return true
	case Fixed:
		if contentAddressed {
			return true
		}
	}
	return hasDynamic(d.InputDrvs)
}

// A Chain names an output: of the derivation at Drv, or, with several names, of a derivation that is an output itself,
// and so on.
type Chain struct {
	Drv     string
	Outputs []string
}

// Resolve returns the derivation that d becomes once all of its inputs are built: their paths are sources, and stand
// where their placeholders stood. path returns the path of an output of an input.
func (d *Derivation) Resolve(dir storepath.Dir, path func(Chain) (string, error)) (*Derivation, error) {
	r := *d
	r.InputDrvs, r.InputSrcs = nil, slices.Clone(d.InputSrcs)
	var pairs []string
	var visit func(chain Chain, in *InputDrv, above *storepath.Placeholder) error
	visit = func(chain Chain, in *InputDrv, above *storepath.Placeholder) error {
		placeholder := func(output string) (storepath.Placeholder, error) {
			if above != nil {
				return above.Output(output), nil
			}
			p, err := dir.Parse(in.Drv)
			if err != nil {
				return storepath.Placeholder{}, err
			}
			return storepath.UnknownOutput(p, output)
		}
		for _, output := range in.Outputs {
			real, err := path(chain.with(output))
			if err != nil {
				return err
			}
			p, err := placeholder(output)
			if err != nil {
				return err
			}
			pairs = append(pairs, p.Text(), real)
			r.AddSource(real)
		}
		for i := range in.Dynamic {
			next := &in.Dynamic[i]
			p, err := placeholder(next.Drv)
			if err == nil {
				err = visit(chain.with(next.Drv), next, &p)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	for i := range d.InputDrvs {
		if err := visit(Chain{Drv: d.InputDrvs[i].Drv}, &d.InputDrvs[i], nil); err != nil {
			return nil, err
		}
	}
	r.rewrite(strings.NewReplacer(pairs...))
	r.Outputs = slices.Clone(d.Outputs)
	return &r, r.FillOutputs(dir, nil)
}

// with returns the chain with one output more.
func (c Chain) with(output string) Chain {
	return Chain{c.Drv, append(slices.Clone(c.Outputs), output)}
}

// rewrite replaces texts in what the builder sees. Lists are made anew.
func (d *Derivation) rewrite(texts *strings.Replacer) {
	d.Builder = texts.Replace(d.Builder)
	args := make([]string, len(d.Args))
	for i, arg := range d.Args {
		args[i] = texts.Replace(arg)
	}
	env := d.Env
	d.Args, d.Env = args, make([]EnvVar, 0, len(env))
	for _, v := range env {
		d.SetEnv(texts.Replace(v.Name), texts.Replace(v.Value))
	}
}
