package eval

// This file defines Package: derivations as programs see them that list and install them.

import (
	"context"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A Package is a derivation whose attributes are evaluated when they are asked for. What it
// returns, and the words of errors, are those of nix-env.
type Package struct {
	AttrPath string // where it was found, as in "a.b.0"; "" for the value itself
	value    Value
}

// A PackageOutput is an output of a Package.
type PackageOutput struct {
	Name string
	Path string // "" if it was not asked for
}

// Packages evaluates v and returns the derivations in it: see Derivations. Those that throw, or
// fail an assertion, are left out. prefix is the attribute path of v.
func (v Value) Packages(ctx context.Context, prefix string, args map[string]any) ([]*Package, error) {
	return v.packages(ctx, prefix, args, true)
}

// AllPackages is Packages for values of which nothing may be lost, as manifests of profiles are:
// a derivation that throws, or fails an assertion, is an error.
func (v Value) AllPackages(ctx context.Context) ([]*Package, error) {
	return v.packages(ctx, "", nil, false)
}

// packages returns the derivations in v. With lenient, those that cannot be evaluated are left
// out.
func (v Value) packages(ctx context.Context, prefix string, args map[string]any, lenient bool) (list []*Package, err error) {
	err = v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		given, err := v.encodeArgs(c, args)
		if err != nil {
			return err
		}
		f := finder{c: c, args: given, done: map[heap.Value]bool{}, lenient: lenient}
		f.found = func(d heap.Value, path string) {
			list = append(list, &Package{path, v.ev.keep(c, heap.Lazy(d))})
		}
		return f.search(l, prefix)
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// Value returns the derivation itself.
func (p *Package) Value() Value { return p.value }

// attribute calls fn with an attribute and its position, if there is one.
func (p *Package) attribute(ctx context.Context, name string, fn func(c *core.Call, l heap.Lazy, set heap.Value, sym lang.Symbol) error) (ok bool, err error) {
	err = p.value.within(ctx, func(c *core.Call, l heap.Lazy) error {
		set, err := c.Force(l)
		if err != nil {
			return err
		}
		sym := c.Intern(name)
		if l = c.Heap().Get(set, sym); l == 0 {
			return nil
		}
		ok = true
		return fn(c, l, set, sym)
	})
	return ok, err
}

// text returns an attribute that is a string without a context.
func (p *Package) text(ctx context.Context, name, words string, placed bool) (text string, ok bool, err error) {
	ok, err = p.attribute(ctx, name, func(c *core.Call, l heap.Lazy, set heap.Value, sym lang.Symbol) error {
		o := c.Need(l, words)
		if placed {
			o = o.At(c.AttrPos(set, sym))
		}
		s, err := o.PlainString()
		text = strings.Clone(s)
		return err
	})
	return text, ok, err
}

// Name returns the name.
func (p *Package) Name(ctx context.Context) (string, error) {
	name, _, err := p.text(ctx, "name", "while evaluating the 'name' attribute of a derivation", false)
	return name, err
}

// System returns the system that it is for; "unknown" if it does not say.
func (p *Package) System(ctx context.Context) (string, error) {
	system, ok, err := p.text(ctx, "system", "while evaluating the 'system' attribute of a derivation", true)
	if err == nil && !ok {
		system = "unknown"
	}
	return system, err
}

// OutputName returns the name of the output that it stands for; "" if it does not say.
func (p *Package) OutputName(ctx context.Context) (string, error) {
	name, _, err := p.text(ctx, "outputName", "while evaluating the output name of a derivation", false)
	return name, err
}

// DrvPath returns the path of the .drv file; "" if it has none.
func (p *Package) DrvPath(ctx context.Context) (path string, err error) {
	_, err = p.attribute(ctx, "drvPath", func(c *core.Call, _ heap.Lazy, set heap.Value, _ lang.Symbol) error {
		text, err := p.value.ev.drvPath(c, set)
		path = strings.Clone(text)
		return err
	})
	return path, err
}

// OutPath returns the path of the output that it stands for.
func (p *Package) OutPath(ctx context.Context) (path string, err error) {
	ok, err := p.attribute(ctx, "outPath", func(c *core.Call, l heap.Lazy, set heap.Value, sym lang.Symbol) (err error) {
		path, err = p.value.ev.storePath(c, l, c.AttrPos(set, sym), "while evaluating the output path of a derivation")
		return err
	})
	if err == nil && !ok {
		err = p.fail(ctx, "derivation does not have attribute 'outPath'")
	}
	return path, err
}

// storePath returns what a part of a derivation is as a string, which has to be a store path.
func (ev *Evaluator) storePath(c *core.Call, l heap.Lazy, pos lang.Pos, words string) (string, error) {
	text, _, err := c.Need(l, words).At(pos).Coerce(0)
	if err != nil {
		return "", err
	}
	if _, err := storepath.Dir(ev.store.Dir()).Parse(text); err != nil {
		return "", c.FrameAt(c.Errorf(core.CodeStorePath, "path '%s' is not in the Nix store", text), pos, "%s", words)
	}
	return strings.Clone(text), nil
}

// fail returns an error about the derivation.
func (p *Package) fail(ctx context.Context, format string, args ...any) error {
	return p.value.within(ctx, func(c *core.Call, _ heap.Lazy) error {
		return c.Errorf(core.CodeInvalidDerivation, format, args...)
	})
}

// Outputs returns the outputs, sorted by name. With paths, those without a path are left out.
func (p *Package) Outputs(ctx context.Context, paths bool) (list []PackageOutput, err error) {
	ok, err := p.attribute(ctx, "outputs", func(c *core.Call, l heap.Lazy, set heap.Value, sym lang.Symbol) error {
		pos, h := c.AttrPos(set, sym), c.Heap()
		names, err := c.Need(l, "while evaluating the 'outputs' attribute of a derivation").At(pos).List()
		if err != nil {
			return err
		}
		for i := range h.Len(names) {
			name, err := c.Need(h.Load(h.ElemSlot(names, i)), "while evaluating the name of an output of a derivation").At(pos).PlainString()
			if err != nil {
				return err
			}
			o := PackageOutput{Name: strings.Clone(name)}
			if paths {
				if o.Path, err = p.outputPath(c, set, o.Name, pos); err != nil {
					return err
				}
				if o.Path == "" {
					continue
				}
			}
			list = append(list, o)
		}
		return nil
	})
	if err == nil && !ok {
		o := PackageOutput{Name: "out"}
		if paths {
			o.Path, err = p.OutPath(ctx)
		}
		list = append(list, o)
	}
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b PackageOutput) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(list, func(a, b PackageOutput) bool { return a.Name == b.Name }), nil
}

// outputPath returns the path of the output of a name; "" if the derivation has none. pos is
// where the outputs are listed.
func (p *Package) outputPath(c *core.Call, set heap.Value, name string, pos lang.Pos) (string, error) {
	l := c.Heap().Get(set, c.Intern(name))
	if l == 0 {
		return "", nil
	}
	out, err := c.Need(l, "while evaluating an output of a derivation").At(pos).Attrs()
	if err != nil {
		return "", err
	}
	sym := c.Intern("outPath")
	if l = c.Heap().Get(out, sym); l == 0 {
		return "", nil
	}
	return p.value.ev.storePath(c, l, c.AttrPos(out, sym), "while evaluating an output path of a derivation")
}

// Wanted returns the outputs that are installed, with their paths: the one that was selected,
// those that meta.outputsToInstall names, or all.
func (p *Package) Wanted(ctx context.Context) ([]PackageOutput, error) {
	all, err := p.Outputs(ctx, true)
	if err != nil {
		return nil, err
	}
	one := false
	if _, err = p.attribute(ctx, "outputSpecified", func(c *core.Call, l heap.Lazy, set heap.Value, sym lang.Symbol) (err error) {
		one, err = c.Need(l, "while evaluating the 'outputSpecified' attribute of a derivation").At(c.AttrPos(set, sym)).Bool()
		return err
	}); err != nil {
		return nil, err
	}
	find := func(name string) (PackageOutput, bool) {
		i := slices.IndexFunc(all, func(o PackageOutput) bool { return o.Name == name })
		if i < 0 {
			return PackageOutput{}, false
		}
		return all[i], true
	}
	if one {
		name, err := p.OutputName(ctx)
		if err != nil {
			return nil, err
		}
		o, ok := find(name)
		if !ok {
			return nil, p.fail(ctx, "derivation does not have output '%s'", name)
		}
		return []PackageOutput{o}, nil
	}
	install, ok, err := p.Meta(ctx, "outputsToInstall")
	if err != nil || !ok {
		return all, err
	}
	const bad = "this derivation has bad 'meta.outputsToInstall'"
	if install.Kind() != KindList {
		return nil, p.fail(ctx, bad)
	}
	var wanted []PackageOutput
	for _, x := range install.Elems() {
		if x, err = x.Force(ctx); err != nil {
			return nil, err
		}
		name, isText := x.Text()
		o, ok := find(name)
		if !isText || !ok {
			return nil, p.fail(ctx, bad)
		}
		wanted = append(wanted, o)
	}
	slices.SortStableFunc(wanted, func(a, b PackageOutput) int { return strings.Compare(a.Name, b.Name) })
	return slices.Compact(wanted), nil
}

// meta calls fn with the set of meta data, if there is one.
func (p *Package) meta(ctx context.Context, fn func(c *core.Call, meta heap.Value) error) error {
	_, err := p.attribute(ctx, "meta", func(c *core.Call, l heap.Lazy, set heap.Value, sym lang.Symbol) error {
		meta, err := c.Need(l, "while evaluating the 'meta' attribute of a derivation").At(c.AttrPos(set, sym)).Attrs()
		if err != nil {
			return err
		}
		return fn(c, meta)
	})
	return err
}

// MetaNames returns the names of the meta data, sorted.
func (p *Package) MetaNames(ctx context.Context) (names []string, err error) {
	err = p.meta(ctx, func(c *core.Call, meta heap.Value) error {
		for _, e := range c.SortedAttrs(meta) {
			names = append(names, c.Name(e.Name))
		}
		return nil
	})
	return names, err
}

// Meta returns meta data of a name, evaluated as a whole. ok is false if there are none, and if
// they are, or have in them, a function, a path, null or a derivation.
func (p *Package) Meta(ctx context.Context, name string) (v Value, ok bool, err error) {
	err = p.meta(ctx, func(c *core.Call, meta heap.Value) error {
		l := c.Heap().Get(meta, c.Intern(name))
		if l == 0 {
			return nil
		}
		x, good, err := metaValue(c, l)
		if err == nil && good {
			v, ok = p.value.ev.keep(c, heap.Lazy(x)), true
		}
		return err
	})
	return v, ok, err
}

// metaValue evaluates meta data, and reports whether they are plain data.
func metaValue(c *core.Call, l heap.Lazy) (x heap.Value, ok bool, err error) {
	pos := lang.Pos(0)
	if known := c.Known(l); known != 0 {
		pos = c.DefinedAt(known, 0)
	}
	if err := c.EnterAt(pos); err != nil {
		return 0, false, err
	}
	defer c.Leave()
	if x, err = c.Force(l); err != nil {
		return 0, false, err
	}
	h := c.Heap()
	switch k := h.KindOf(x); {
	case k == heap.List:
		for i := range h.Len(x) {
			if _, ok, err := metaValue(c, h.Load(h.ElemSlot(x, i))); !ok || err != nil {
				return 0, false, err
			}
		}
	case k.IsAttrs():
		if h.Get(x, c.Intern("outPath")) != 0 {
			return 0, false, nil
		}
		for _, e := range c.SortedAttrs(x) {
			if _, ok, err := metaValue(c, e.Value); !ok || err != nil {
				return 0, false, err
			}
		}
	default:
		return x, k.IsInt() || k == heap.Bool || k == heap.String || k == heap.Float, nil
	}
	return x, true, nil
}
