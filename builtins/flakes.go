package builtins

// This file defines the builtins about flakes and references to them.
//
// Unlike fetchTree they exist without the experimental feature that they need, and say so
// when they are called: eval-fail-getFlake-disabled in corpus/builtins. Reading references
// is up to package flakeref; what is left here is which values can be attributes.

import (
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// flakeBuiltins returns the declarations of the builtins about flakes, by name.
func flakeBuiltins(f fetchers) []core.Builtin {
	return []core.Builtin{
		{
			Name:  "getFlake",
			Order: 1200,
			Args:  []string{"args"},
			Doc: `
The flake that the flake reference args means: its outputs, and sets that tell about it. It
needs the experimental feature flakes.

	builtins.getFlake "nixpkgs"
	=> error: experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it
`,
			Impl: inTurn(f.flake),
		},
		{
			Name:  "parseFlakeRef",
			Order: 1210,
			Args:  []string{"flake-ref"},
			Doc: `
The flake reference flake-ref, which is like a URL, as a set. It needs the experimental
feature flakes.

	builtins.parseFlakeRef "github:NixOS/nixpkgs"
	=> error: experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it
`,
			Impl: f.parseFlakeRef,
		},
		{
			Name:  "flakeRefToString",
			Order: 1220,
			Args:  []string{"attrs"},
			Doc: `
The flake reference that the set attrs means, like a URL. It needs the experimental feature
flakes.

	builtins.flakeRefToString { dir = "lib"; }
	=> error: 'type' attribute to specify input scheme is required but not provided
`,
			Impl: f.flakeRefToString,
		},
	}
}

// refs returns a reader of references for one call: it asks the call for experimental
// features, and prints warnings through it.
func (f fetchers) refs(c *core.Call) *flakeref.Parser {
	return &flakeref.Parser{
		Require: func(feature string) error { return c.Require(feature, "") },
		Warn:    c.Warn,
	}
}

// refArgument returns the reference that the argument of a builtin is, and its text. The type
// of the argument is checked before the feature is required (eval-fail-getFlake-type in
// corpus/builtins).
func (f fetchers) refArgument(c *core.Call) (text string, ref *flakeref.Ref, err error) {
	if text, err = c.Arg(0).PlainString(); err != nil {
		return "", nil, err
	}
	if err := c.Require("flakes", ""); err != nil {
		return "", nil, err
	}
	if err := checkURL(c, text); err != nil {
		return "", nil, err
	}
	text = strings.Clone(text)
	ref, err = f.refs(c).Parse(text)
	return text, ref, err
}

// parseFlakeRef is builtins.parseFlakeRef: the attributes of a reference, those that follow
// from its text, such as type, included. Names are interned in alphabetical order, since
// new symbols get the order in which they are met. The strings have no context.
//
// Quirk: an integer of 2^63 or more wraps, so ?lastModified=18446744073709551615 is -1
// (2.34.8), which flakeRefToString then refuses as negative.
func (f fetchers) parseFlakeRef(c *core.Call) (heap.Value, error) {
	_, ref, err := f.refArgument(c)
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	attrs := ref.All()
	var set attrsBuilder
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		set.add(c, name, attrValue(h, attrs[name]))
	}
	return set.value(c), nil
}

// flakeRefToString is builtins.flakeRefToString: the inverse of parseFlakeRef, for strings,
// Booleans and integers that are not negative (eval-okay-flakeRef-round-trip in
// corpus/builtins).
//
// Quirk: the feature is required last, so without it a set that is no reference has the
// error of that, and only a good one that of the feature.
func (f fetchers) flakeRefToString(c *core.Call) (heap.Value, error) {
	h := c.Heap()
	v, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	if err := checkCount(c, v); err != nil {
		return 0, err
	}
	attrs := flakeref.Attrs{}
	for _, e := range h.All(v) {
		name := c.Name(e.Name)
		x, err := c.Force(e.Value)
		if err != nil {
			return 0, err
		}
		switch k := h.KindOf(x); {
		case k.IsInt():
			n := h.Int(x)
			if n < 0 {
				return 0, c.Errorf(core.CodeInvalidArgument, "negative value given for flake ref attr %s: %d", name, n)
			}
			attrs[name] = uint64(n)
		case k == heap.Bool:
			attrs[name] = h.Bool(x)
		case k == heap.String:
			if err := checkURL(c, h.Text(x)); err != nil {
				return 0, err
			}
			attrs[name] = strings.Clone(h.Text(x))
		default:
			return 0, c.Errorf(core.CodeWrongType, "flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '%s' is %s", name, c.ShowType(x))
		}
	}
	p := f.refs(c)
	ref, err := p.FromAttrs(attrs, true)
	if err != nil {
		return 0, err
	}
	if err := c.Require("flakes", ""); err != nil {
		return 0, err
	}
	text, err := ref.Text(p)
	if err != nil {
		return 0, err
	}
	return c.NewString(text, 0)
}
