// Package drv is the derivation as a value: reading and writing the ATerm of .drv files, and computing output paths and
// the path of the .drv file itself. It opens no files.
//
//	Derivation   a build recipe
//	Output       one of its results, and how its path is found
//	InputDrv     a derivation it depends on, with the outputs it uses
//	Modulo       what the hashes of dependants take from a derivation instead of its path
//
// To make a derivation, fill in the fields with AddInput, AddSource and SetEnv, and call Instantiate; to read one, call
// Parse. The store directory is a parameter; store paths are whole texts, as in the ATerm. Experimental kinds of
// derivations are always understood: a caller that has such features switched off looks at Features.
//
// Behaviour and messages are those of C++ Nix 2.34.8.
package drv

// This file defines Derivation and its parts.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// A Derivation is a build recipe. All lists except Args are sorted bytewise and hold each key once; the methods that add
// something keep them so.
type Derivation struct {
	Name      string // without .drv; not part of the ATerm
	Outputs   []Output
	InputDrvs []InputDrv
	InputSrcs []string // whole store paths
	System    string
	Builder   string
	Args      []string
	Env       []EnvVar // with structured attributes only the outputs and StructuredAttrs

	Budget budget.Budget // of the methods that return an error; nil is any amount
}

// StructuredAttrs is the environment variable that holds the structured attributes as JSON: compact, keys sorted.
const StructuredAttrs = "__json"

// An EnvVar is an environment variable of the builder.
type EnvVar struct{ Name, Value string }

// An OutputKind tells how the path of an output is found.
type OutputKind uint8

// The kinds of outputs.
const (
	Deferred       OutputKind = iota // not known yet: before FillOutputs, or because an input's path is not known
	InputAddressed                   // by the hash of the derivation
	Fixed                            // by a hash of the contents that is given in advance
	Floating                         // by the hash of the contents, after the build; ca-derivations
	Impure                           // as Floating, but built each time; impure-derivations
)

// An Output is a result of a derivation.
type Output struct {
	Name   string
	Kind   OutputKind
	Path   string           // whole store path; InputAddressed and, once filled in, Fixed
	Method storepath.Method // Fixed, Floating and Impure
	Algo   nixhash.Algo     // Floating and Impure
	Hash   nixhash.Hash     // Fixed
}

// An InputDrv is a derivation on which another one depends.
type InputDrv struct {
	Drv     string     // whole store path of the .drv file; in Dynamic, the name of the output that is a .drv file
	Outputs []string   // the outputs that are used; can be empty if Dynamic is not
	Dynamic []InputDrv // derivations that are outputs of this one; dynamic-derivations
}

// AddInput adds an output of the derivation drv to the inputs. With dynamic derivations, via leads from drv to the
// derivation that is meant: each name is an output of the derivation before it.
func (d *Derivation) AddInput(drv, output string, via ...string) {
	in := inputNamed(&d.InputDrvs, drv)
	for _, name := range via {
		in = inputNamed(&in.Dynamic, name)
	}
	in.Outputs = addString(in.Outputs, output)
}

// inputNamed returns the input of that name in a sorted list, and adds it if there is none.
func inputNamed(list *[]InputDrv, name string) *InputDrv {
	l := *list
	// Contexts are sorted, so the place is nearly always the last or behind it.
	n := len(l)
	if n > 0 && l[n-1].Drv == name {
		return &l[n-1]
	}
	i, found := n, false
	if n > 0 && l[n-1].Drv > name {
		i, found = slices.BinarySearchFunc(l, name, func(in InputDrv, name string) int { return strings.Compare(in.Drv, name) })
	}
	if !found {
		*list = slices.Insert(l, i, InputDrv{Drv: name})
	}
	return &(*list)[i]
}

// AddSource adds a store path to the input sources.
func (d *Derivation) AddSource(path string) { d.InputSrcs = addString(d.InputSrcs, path) }

// addString adds s to a sorted list, unless it is there.
func addString(list []string, s string) []string {
	if n := len(list); n == 0 || list[n-1] < s {
		return append(list, s)
	}
	i, found := slices.BinarySearch(list, s)
	if found {
		return list
	}
	return slices.Insert(list, i, s)
}

// findEnv returns the place of an environment variable, or where it belongs.
func (d *Derivation) findEnv(name string) (int, bool) {
	if n := len(d.Env); n == 0 || d.Env[n-1].Name < name {
		return n, false
	}
	return slices.BinarySearchFunc(d.Env, name, func(v EnvVar, name string) int { return strings.Compare(v.Name, name) })
}

// SetEnv sets an environment variable of the builder.
func (d *Derivation) SetEnv(name, value string) {
	i, found := d.findEnv(name)
	if found {
		d.Env[i].Value = value
		return
	}
	d.Env = slices.Insert(d.Env, i, EnvVar{name, value})
}

// ClearEnv sets the environment variables of these names, which are sorted, to the empty string.
func (d *Derivation) ClearEnv(names []string) {
	if len(names) < 16 {
		for _, name := range names {
			d.SetEnv(name, "")
		}
		return
	}
	all := make([]EnvVar, 0, len(d.Env)+len(names))
	rest := d.Env
	for _, name := range names {
		for len(rest) > 0 && rest[0].Name < name {
			all, rest = append(all, rest[0]), rest[1:]
		}
		if len(rest) > 0 && rest[0].Name == name {
			rest = rest[1:]
		}
		all = append(all, EnvVar{Name: name})
	}
	d.Env = append(all, rest...)
}

// LookupEnv returns an environment variable of the builder.
func (d *Derivation) LookupEnv(name string) (value string, ok bool) {
	if i, found := d.findEnv(name); found {
		return d.Env[i].Value, true
	}
	return "", false
}

// SetOutput adds an output, or replaces the one of the same name.
func (d *Derivation) SetOutput(o Output) {
	i, found := d.findOutput(o.Name)
	if found {
		d.Outputs[i] = o
		return
	}
	d.Outputs = slices.Insert(d.Outputs, i, o)
}

// Output returns the output of that name, or nil.
func (d *Derivation) Output(name string) *Output {
	if len(d.Outputs) > 16 {
		i, found := d.findOutput(name)
		if !found {
			return nil
		}
		return &d.Outputs[i]
	}
	for i := range d.Outputs {
		if d.Outputs[i].Name == name {
			return &d.Outputs[i]
		}
	}
	return nil
}

// findOutput returns the place of an output, or where it belongs.
func (d *Derivation) findOutput(name string) (int, bool) {
	return slices.BinarySearchFunc(d.Outputs, name, func(p Output, name string) int { return strings.Compare(p.Name, name) })
}

// Kind returns the kind that all outputs have in common, or an error if they cannot go together.
func (d *Derivation) Kind() (OutputKind, error) {
	if len(d.Outputs) == 0 {
		return 0, errorf("must have at least one output")
	}
	kind := d.Outputs[0].Kind
	for i := range d.Outputs {
		o := &d.Outputs[i]
		switch {
		case o.Kind != kind:
			return 0, errorf("can't mix derivation output types")
		case kind == Fixed && i > 0:
			return 0, errorf("only one fixed output is allowed for now")
		case kind == Fixed && o.Name != "out":
			return 0, errorf(`single fixed output must be named "out"`)
		case kind == Floating && o.Algo != d.Outputs[0].Algo:
			return 0, errorf("all floating outputs must use the same hash algorithm")
		}
	}
	return kind, nil
}

// Features returns the experimental features that the derivation needs, in the order in which C++ Nix meets them when
// it reads one.
func (d *Derivation) Features() []string {
	var fs []string
	add := func(cond bool, f string) {
		if cond && !slices.Contains(fs, f) {
			fs = append(fs, f)
		}
	}
	dynamic := func(in InputDrv) bool { return len(in.Dynamic) > 0 }
	add(slices.ContainsFunc(d.InputDrvs, dynamic), "dynamic-derivations")
	for i := range d.Outputs {
		o := &d.Outputs[i]
		ca := o.Kind >= Fixed
		add(ca && o.Method == storepath.Git, "git-hashing")
		add(ca && o.Method == storepath.Text, "dynamic-derivations")
		add(ca && (o.Algo == nixhash.BLAKE3 || o.Hash.Algo == nixhash.BLAKE3), "blake3-hashes")
		add(o.Kind == Impure, "impure-derivations")
		add(o.Kind == Floating, "ca-derivations")
	}
	return fs
}
