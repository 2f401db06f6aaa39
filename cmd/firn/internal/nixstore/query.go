package nixstore

// This file defines nix-store --query.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
)

// queries are what can be asked, by the flags that ask for it.
var queries = map[string]string{
	"--outputs": "outputs", "--requisites": "requisites", "-R": "requisites", "--references": "references",
	"--referrers": "referrers", "--referers": "referrers", "--referrers-closure": "referrers-closure", "--referers-closure": "referrers-closure",
	"--deriver": "deriver", "-d": "deriver", "--valid-derivers": "valid-derivers", "--binding": "binding", "-b": "binding",
	"--hash": "hash", "--size": "size", "--tree": "tree", "--graph": "graph", "--graphml": "graphml", "--resolve": "resolve", "--roots": "roots",
}

// A query is a run of nix-store --query.
type query struct {
	*run
	kind           string
	binding        string
	useOutput      bool // of derivations
	includeOutputs bool // in closures
}

// query prints what is asked of paths.
func (r *run) query(ctx context.Context) error {
	q := &query{run: r}
	for _, f := range r.flags {
		switch kind := queries[f]; {
		case f == "--use-output", f == "-u":
			q.useOutput = true
		case f == "--include-outputs":
			q.includeOutputs = true
		case f == "--force-realise", f == "--force-realize", f == "-f": // what is valid is realised already
		case kind == "":
			return dropin.Usage("unknown flag '%s'", f)
		case q.kind != "" && q.kind != kind:
			return dropin.Usage("query type '%s' conflicts with earlier flag", f)
		default:
			if q.kind = kind; kind == "binding" && q.binding == "" {
				if len(r.args) == 0 {
					return dropin.Usage("expected binding name")
				}
				q.binding, r.args = r.args[0], r.args[1:]
			}
		}
	}
	paths, err := r.FollowAll(r.store, r.args)
	if err != nil {
		return err
	}
	return q.run1(ctx, paths)
}

// run1 prints the answers for paths.
func (q *query) run1(ctx context.Context, paths []string) error {
	switch q.kind {
	case "", "outputs":
		return q.each(ctx, paths, true, func(p string) error { q.Lines(p); return nil })
	case "requisites", "references", "referrers", "referrers-closure":
		return q.related(ctx, paths)
	case "valid-derivers":
		found := map[string]bool{}
		for _, p := range paths {
			list, err := q.store.Derivers(ctx, p)
			if err != nil {
				return err
			}
			for _, d := range list {
				found[d] = true
			}
		}
		return q.printSorted(ctx, found)
	case "deriver":
		return q.infos(ctx, paths, func(info *store.PathInfo) {
			if info.Deriver == "" {
				info.Deriver = "unknown-deriver"
			}
			q.Lines(info.Deriver)
		})
	case "binding":
		return q.printBinding(ctx, paths)
	case "hash", "size":
		return q.each(ctx, paths, q.useOutput, func(p string) error {
			return q.infos(ctx, []string{p}, func(info *store.PathInfo) {
				if q.kind == "hash" {
					q.Lines(info.NARHash.Prefixed(nixhash.Nix32))
				} else {
					q.Lines(fmt.Sprint(info.NARSize))
				}
			})
		})
	case "resolve":
		q.Lines(paths...)
		return nil
	case "roots":
		return q.printRoots(ctx, paths)
	case "tree":
		done := map[string]bool{}
		for _, p := range paths {
			if err := q.tree(ctx, p, "", "", done); err != nil {
				return err
			}
		}
		return nil
	}
	return q.graph(ctx, paths)
}

// each calls fn with each path, or with the outputs of those that are derivations.
func (q *query) each(ctx context.Context, paths []string, outputs bool, fn func(string) error) error {
	for _, p := range paths {
		list := []string{p}
		if outputs && strings.HasSuffix(p, storepath.DrvExtension) {
			d, err := store.ReadDerivation(ctx, q.store, p)
			if err != nil {
				return err
			}
			list = nil
			for i := range d.Outputs {
				if d.Outputs[i].Path == "" {
					return dropin.Usage("Cannot use output path of floating content-addressing derivation until we know what it is (e.g. by building it)")
				}
				list = append(list, d.Outputs[i].Path)
			}
			slices.Sort(list)
		}
		for _, p := range list {
			if err := fn(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// infos calls fn with what is known of each path.
func (q *query) infos(ctx context.Context, paths []string, fn func(*store.PathInfo)) error {
	for _, p := range paths {
		info, err := q.store.Info(ctx, p)
		if err != nil {
			return err
		}
		fn(info)
	}
	return nil
}

// related prints the paths that stand in a relation to paths, those that are referred to
// first.
func (q *query) related(ctx context.Context, paths []string) error {
	found := map[string]bool{}
	add := func(list []string, err error) error {
		for _, p := range list {
			found[p] = true
		}
		return err
	}
	err := q.each(ctx, paths, q.useOutput, func(p string) error {
		switch q.kind {
		case "references":
			return add(q.store.References(ctx, p))
		case "referrers":
			list, err := q.store.Referrers(ctx, p)
			if errors.Is(err, store.ErrInvalid) { // nothing refers to it
				return nil
			}
			return add(list, err)
		case "referrers-closure":
			return storecmd.Spread(found, p, func(p string) ([]string, error) { return q.store.Referrers(ctx, p) })
		}
		snapshot, err := storecmd.Snapshot(ctx, q.store, []string{p})
		if err != nil {
			return err
		}
		q.store = snapshot
		return storecmd.Spread(found, p, func(p string) ([]string, error) { return q.requisites(ctx, p) })
	})
	if err != nil {
		return err
	}
	return q.printSorted(ctx, found)
}

// requisites returns what a path refers to, and its outputs if those are wanted.
func (q *query) requisites(ctx context.Context, p string) ([]string, error) {
	list, err := q.store.References(ctx, p)
	if err != nil || !q.includeOutputs || !strings.HasSuffix(p, storepath.DrvExtension) {
		return list, err
	}
	list = slices.Clone(list)
	outputs, err := q.validOutputs(ctx, p)
	return append(list, outputs...), err
}

// validOutputs returns the outputs of a derivation that are valid.
func (r *run) validOutputs(ctx context.Context, drvPath string) ([]string, error) {
	outputs, err := store.OutputPaths(ctx, r.store, drvPath)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, path := range slices.Sorted(maps.Values(outputs)) {
		if path == "" {
			continue
		}
		valid, err := r.store.IsValid(ctx, path)
		if err != nil {
			return nil, err
		}
		if valid {
			list = append(list, path)
		}
	}
	return list, nil
}

// printSorted prints paths, those that are referred to first.
func (q *query) printSorted(ctx context.Context, found map[string]bool) error {
	list, err := store.ReferencesFirst(ctx, q.store, found)
	q.Lines(list...)
	return err
}

// printBinding prints an environment variable of the derivations of paths.
func (q *query) printBinding(ctx context.Context, paths []string) error {
	for _, p := range paths {
		if !strings.HasSuffix(p, storepath.DrvExtension) {
			info, err := q.store.Info(ctx, p)
			if err != nil {
				return err
			}
			if info.Deriver == "" {
				return dropin.Failure("deriver of path '%s' is not known", p)
			}
			p = info.Deriver
		}
		d, err := store.ReadDerivation(ctx, q.store, p)
		if err != nil {
			return err
		}
		value, ok := d.LookupEnv(q.binding)
		if !ok {
			return dropin.Failure("derivation '%s' has no environment binding named '%s'", p, q.binding)
		}
		q.Lines(value)
	}
	return nil
}

// printRoots prints the roots that keep paths.
func (q *query) printRoots(ctx context.Context, paths []string) error {
	k, err := storecmd.Keeper(q.store, "garbage collection")
	if err != nil {
		return err
	}
	found := map[string]bool{}
	err = q.each(ctx, paths, q.useOutput, func(p string) error {
		return storecmd.Spread(found, p, func(p string) ([]string, error) { return q.keepers(ctx, p) })
	})
	if err != nil {
		return err
	}
	roots, err := k.Roots(ctx)
	if err != nil {
		return err
	}
	for _, root := range roots {
		if found[root.Path] {
			q.Lines(root.Link + " -> " + root.Path)
		}
	}
	return nil
}

// keepers returns what keeps a path alive if it is alive itself.
func (q *query) keepers(ctx context.Context, p string) ([]string, error) {
	list, err := q.store.Referrers(ctx, p)
	if err != nil {
		return nil, err
	}
	list = slices.Clone(list)
	if q.Set.Bool("keep-outputs") {
		derivers, err := q.store.Derivers(ctx, p)
		if err != nil {
			return nil, err
		}
		list = append(list, derivers...)
	}
	if q.Set.Bool("keep-derivations") && strings.HasSuffix(p, storepath.DrvExtension) {
		outputs, err := q.validOutputs(ctx, p)
		if err != nil {
			return nil, err
		}
		list = append(list, outputs...)
	}
	return list, nil
}

// tree prints what a path refers to, and so on, as a tree.
func (q *query) tree(ctx context.Context, p, first, rest string, done map[string]bool) error {
	if done[p] {
		q.Lines(first + p + " [...]")
		return nil
	}
	done[p] = true
	q.Lines(first + p)
	refs, err := q.store.References(ctx, p)
	if err != nil {
		return err
	}
	set := map[string]bool{}
	for _, ref := range refs {
		set[ref] = true
	}
	sorted, err := store.ReferencesFirst(ctx, q.store, set)
	if err != nil {
		return err
	}
	for i, ref := range sorted {
		branch, line := "├───", "│   "
		if i == len(sorted)-1 {
			branch, line = "└───", "    "
		}
		if err := q.tree(ctx, ref, rest+branch, rest+line, done); err != nil {
			return err
		}
	}
	return nil
}

// graphColors are those of the edges of a graph, in turn.
var graphColors = []string{"black", "red", "green", "blue", "magenta", "burlywood"}

const graphMLHead = `<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns='http://graphml.graphdrawing.org/xmlns'
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'
    xsi:schemaLocation='http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd'>
<key id='narSize' for='node' attr.name='narSize' attr.type='long'/><key id='name' for='node' attr.name='name' attr.type='string'/><key id='type' for='node' attr.name='type' attr.type='string'/><graph id='G' edgedefault='directed'>`

// graph prints what paths refer to, and so on, as a graph for dot, or as GraphML.
func (q *query) graph(ctx context.Context, paths []string) error {
	ml := q.kind == "graphml"
	work := map[string]bool{}
	err := q.each(ctx, paths, q.useOutput, func(p string) error { work[p] = true; return nil })
	if err != nil {
		return err
	}
	if ml {
		q.Lines(graphMLHead)
	} else {
		q.Lines("digraph G {")
	}
	done := map[string]bool{}
	edges := 0
	for len(work) > 0 {
		p := smallest(work)
		delete(work, p)
		if done[p] {
			continue
		}
		done[p] = true
		info, err := q.store.Info(ctx, p)
		if err != nil {
			return err
		}
		base := path.Base(p)
		name := base[min(len(base), 33):]
		if ml {
			kind := "output-path"
			if strings.HasSuffix(p, storepath.DrvExtension) {
				kind = "derivation"
			}
			short, _, _ := strings.Cut(name, "-")
			if len(short) < len(name) {
				short += "-"
			} else {
				short = "" // Quirk: a name without a dash is left out.
			}
			fmt.Fprintf(q.Text, "  <node id=\"%s\">\n    <data key=\"narSize\">%d</data>\n    <data key=\"name\">%s</data>\n    <data key=\"type\">%s</data>\n  </node>\n",
				base, info.NARSize, short, kind)
		} else {
			fmt.Fprintf(q.Text, "%q [label = %q, shape = box, style = filled, fillcolor = \"#ff0000\"];\n", base, name)
		}
		for _, ref := range info.References {
			switch {
			case ref == p:
				continue
			case ml:
				fmt.Fprintf(q.Text, "  <edge source=\"%s\" target=\"%s\"/>\n", base, path.Base(ref))
			default:
				fmt.Fprintf(q.Text, "%q -> %q [color = %q];\n", path.Base(ref), base, graphColors[edges%len(graphColors)])
			}
			edges++
			work[ref] = true
		}
	}
	if ml {
		q.Lines("</graph>", "</graphml>")
	} else {
		q.Lines("}")
	}
	return nil
}

// smallest returns the first of paths in their order.
func smallest(paths map[string]bool) string {
	first := ""
	for p := range paths {
		if first == "" || p < first {
			first = p
		}
	}
	return first
}

// printEnv prints the environment of a derivation as commands of a shell.
func (r *run) printEnv(ctx context.Context) error {
	if err := r.noFlags(); err != nil {
		return err
	}
	if len(r.args) != 1 {
		return dropin.Usage("'--print-env' requires one derivation store path")
	}
	p, err := r.store.Dir().Parse(r.args[0])
	if err != nil {
		return err
	}
	d, err := store.ReadDerivation(ctx, r.store, r.store.Dir().Text(p))
	if err != nil {
		return err
	}
	for _, v := range d.Env {
		if v.Name != drv.StructuredAttrs {
			fmt.Fprintf(r.Text, "export %s; %s=%s\n\n", v.Name, v.Name, shellQuote(v.Value))
		}
	}
	fmt.Fprintf(r.Text, "export _args; _args=%s\n", shellQuote(strings.Join(d.Args, " ")))
	return nil
}

// shellQuote returns a text in quotes, for a shell.
func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// checkValidity says which paths are not valid.
func (r *run) checkValidity(ctx context.Context) error {
	var list bool
	if err := r.switches(map[string]*bool{"--print-invalid": &list}); err != nil {
		return err
	}
	paths, err := r.FollowAll(r.store, r.args)
	if err != nil {
		return err
	}
	for _, p := range paths {
		valid, err := r.store.IsValid(ctx, p)
		switch {
		case err != nil:
			return err
		case !valid && !list:
			return &store.InvalidPathError{Path: p}
		case !valid:
			r.Lines(p)
		}
	}
	return nil
}
