package nixenv

// This file defines element.

import (
	"context"
	"slices"
	"strconv"

	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/eval"
)

// An element is a package of a user environment, or one that may become one. What is asked of it
// is evaluated then, and once.
type element struct {
	pkg      *eval.Package // nil for a store path
	attrPath string        // where it was found; "" if it has no place

	name    string
	outPath string
	system  string
	drvPath *string               // "" if there is none; nil until it is asked for
	changed map[string]eval.Value // meta data in place of those of pkg; nil for none
}

// elementsOf returns packages as elements.
func elementsOf(list []*eval.Package) []*element {
	out := make([]*element, len(list))
	for i, p := range list {
		out[i] = &element{pkg: p, attrPath: p.AttrPath}
	}
	return out
}

// Name returns the name, with the version.
func (e *element) Name(ctx context.Context) (name string, err error) {
	if e.name == "" && e.pkg != nil {
		e.name, err = e.pkg.Name(ctx)
	}
	return e.name, err
}

// split returns the name, and its parts.
func (e *element) split(ctx context.Context) (full, name, v string, err error) {
	full, err = e.Name(ctx)
	name, v = version.Split(full)
	return full, name, v, err
}

// System returns the system; "" for a store path.
func (e *element) System(ctx context.Context) (system string, err error) {
	if e.system == "" && e.pkg != nil {
		e.system, err = e.pkg.System(ctx)
	}
	return e.system, err
}

// OutPath returns the path of the output that it stands for.
func (e *element) OutPath(ctx context.Context) (path string, err error) {
	if e.outPath == "" && e.pkg != nil {
		e.outPath, err = e.pkg.OutPath(ctx)
	}
	return e.outPath, err
}

// DrvPath returns the path of the derivation; "" if there is none.
func (e *element) DrvPath(ctx context.Context) (string, error) {
	if e.drvPath == nil {
		p := ""
		if e.pkg != nil {
			var err error
			if p, err = e.pkg.DrvPath(ctx); err != nil {
				return "", err
			}
		}
		e.drvPath = &p
	}
	return *e.drvPath, nil
}

// OutputName returns the name of the output that it stands for; "" if that is not known.
func (e *element) OutputName(ctx context.Context) (string, error) {
	if e.pkg == nil {
		return "", nil
	}
	return e.pkg.OutputName(ctx)
}

// Outputs returns the outputs; see eval.Package.
func (e *element) Outputs(ctx context.Context, paths bool) ([]eval.PackageOutput, error) {
	if e.pkg == nil {
		return []eval.PackageOutput{{Name: "out", Path: e.outPath}}, nil
	}
	return e.pkg.Outputs(ctx, paths)
}

// Wanted returns the outputs that are installed.
func (e *element) Wanted(ctx context.Context) ([]eval.PackageOutput, error) {
	if e.pkg == nil {
		return e.Outputs(ctx, true)
	}
	return e.pkg.Wanted(ctx)
}

// MetaNames returns the names of the meta data, sorted.
func (e *element) MetaNames(ctx context.Context) (names []string, err error) {
	if e.pkg != nil {
		if names, err = e.pkg.MetaNames(ctx); err != nil {
			return nil, err
		}
	}
	for name := range e.changed {
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// Meta returns meta data of a name; ok is false if there are none that are plain data.
func (e *element) Meta(ctx context.Context, name string) (v eval.Value, ok bool, err error) {
	if v, ok = e.changed[name]; ok || e.pkg == nil {
		return v, ok, nil
	}
	return e.pkg.Meta(ctx, name)
}

// setMeta changes meta data.
func (e *element) setMeta(name string, v eval.Value) {
	if e.changed == nil {
		e.changed = map[string]eval.Value{}
	}
	e.changed[name] = v
}

// metaText returns meta data that are a string, "" for others.
func (e *element) metaText(ctx context.Context, name string) (string, error) {
	v, ok, err := e.Meta(ctx, name)
	if !ok || err != nil {
		return "", err
	}
	text, _ := v.Text()
	return text, nil
}

// priority returns the priority: of packages with the same name, that with the lower number is
// taken. Without one it is 0, although user environments give such a package 5.
func (e *element) priority(ctx context.Context) (int64, error) {
	v, ok, err := e.Meta(ctx, "priority")
	if !ok || err != nil {
		return 0, err
	}
	if n, ok := v.Int(); ok {
		return n, nil
	}
	text, _ := v.Text()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, nil
	}
	return n, nil
}

// keep reports whether the element is not to be replaced.
func (e *element) keep(ctx context.Context) (bool, error) {
	v, ok, err := e.Meta(ctx, "keep")
	if !ok || err != nil {
		return false, err
	}
	if yes, ok := v.Bool(); ok {
		return yes, nil
	}
	text, _ := v.Text()
	return text == "true", nil
}

// comparePriorities returns 1 if a comes before b because of its priority, -1 if b does, 0 if
// none does.
func comparePriorities(ctx context.Context, a, b *element) (int, error) {
	x, err := a.priority(ctx)
	if err != nil {
		return 0, err
	}
	y, err := b.priority(ctx)
	switch {
	case err != nil, x == y:
		return 0, err
	case x < y:
		return 1, nil
	}
	return -1, nil
}
