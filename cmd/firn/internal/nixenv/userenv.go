package nixenv

// This file defines user environments: how elements become a generation.

import (
	"context"
	"maps"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval"
)

// environment is the function that makes the derivation of a user environment. Its result must
// not change: profiles of C++ Nix have the same paths.
const environment = `{ elements, manifest }: derivation {
  name = "user-environment";
  system = "builtin";
  builder = "builtin:buildenv";
  inherit manifest;
  derivations = map (e: [ (e.meta.active or "true") (e.meta.priority or 5) (builtins.length e.outputs) ] ++ map (name: e.${name}) e.outputs) elements;
  preferLocalBuild = true;
  allowSubstitutes = false;
}`

// createUserEnv builds the user environment of elements, and makes it the newest generation of
// the profile. seen is what the profile led to when they were computed.
func (r *run) createUserEnv(ctx context.Context, elements []*element, seen string) error {
	if err := r.build(ctx, elements, false); err != nil {
		return err
	}
	entries := make([]any, len(elements))
	references := map[string]bool{}
	for i, e := range elements {
		var err error
		if entries[i], err = r.manifestEntry(ctx, e, references); err != nil {
			return err
		}
	}
	manifest, err := r.ev.Encode(ctx, entries)
	if err != nil {
		return err
	}
	text := &manifestWriter{ctx: ctx}
	if err := text.value(entries); err != nil {
		return err
	}
	file, err := r.store.AddText(ctx, store.Text{
		Name: "env-manifest.nix", Contents: text.String(), References: slices.Sorted(maps.Keys(references)),
	})
	if err != nil {
		return err
	}
	v, err := r.userEnvironment(ctx, manifest, file)
	if err != nil {
		return err
	}
	drvPath, _, err := v.Instantiate(ctx)
	if err != nil {
		return err
	}
	if err := r.target.Save(ctx, false); err != nil {
		return err
	}
	if err := r.Build(ctx, r.store, []store.Target{{Path: drvPath, Built: true}}); err != nil {
		return err
	}
	outPath, err := v.Select(ctx, "outPath")
	if err != nil {
		return err
	}
	out, _ := outPath.Text()
	keep, err := r.keeper("a profile")
	if err != nil {
		return err
	}
	return r.change().Set(ctx, out, &seen, keep)
}

// userEnvironment returns the derivation of a user environment.
func (r *run) userEnvironment(ctx context.Context, manifest eval.Value, file string) (eval.Value, error) {
	fn, err := r.ev.Eval(ctx, eval.Text{Name: "«nix-env»", Source: environment, Dir: "/"})
	if err != nil {
		return fn, err
	}
	return fn.Call(ctx, map[string]any{
		"elements": manifest,
		"manifest": eval.ContextString{Text: file, Context: []eval.ContextElem{{Kind: eval.ContextPath, Path: file}}},
	})
}

// manifestEntry returns what the manifest has of an element, and adds the paths that are in it to
// references. They are valid then, or fetched.
func (r *run) manifestEntry(ctx context.Context, e *element, references map[string]bool) (map[string]any, error) {
	entry := map[string]any{"type": "derivation"}
	var err error
	if entry["name"], err = e.Name(ctx); err != nil {
		return nil, err
	}
	system, err := e.System(ctx)
	if err != nil {
		return nil, err
	}
	if system != "" {
		entry["system"] = system
	}
	if entry["outPath"], err = e.OutPath(ctx); err != nil {
		return nil, err
	}
	if r.Set.Bool("keep-env-derivations") {
		drvPath, err := e.DrvPath(ctx)
		if err != nil {
			return nil, err
		}
		if drvPath != "" {
			entry["drvPath"] = drvPath
			references[drvPath] = true
		}
	}
	outputs, err := e.Wanted(ctx)
	if err != nil {
		return nil, err
	}
	names := []string{}
	var paths []store.Target
	for _, o := range outputs {
		names = append(names, o.Name)
		entry[o.Name] = map[string]any{"outPath": o.Path}
		references[o.Path] = true
		paths = append(paths, store.Target{Path: o.Path})
		if err := r.store.AddTempRoot(ctx, o.Path); err != nil {
			return nil, err
		}
	}
	entry["outputs"] = names
	if err := r.Build(ctx, r.store, paths); err != nil {
		return nil, err
	}
	meta := map[string]any{}
	all, err := e.MetaNames(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range all {
		v, ok, err := e.Meta(ctx, name)
		if err != nil {
			return nil, err
		}
		if ok {
			meta[name] = v
		}
	}
	entry["meta"] = meta
	return entry, nil
}

// targets returns what is to be valid before elements are installed: all outputs of their
// derivations. With paths, also those of elements without a derivation.
func targets(ctx context.Context, elements []*element, paths bool) ([]store.Target, error) {
	var out []store.Target
	for _, e := range elements {
		drvPath, err := e.DrvPath(ctx)
		switch {
		case err != nil:
			return nil, err
		case drvPath != "":
			out = append(out, store.Target{Path: drvPath, Built: true})
		case paths:
			p, err := e.OutPath(ctx)
			if err != nil {
				return nil, err
			}
			out = append(out, store.Target{Path: p})
		}
	}
	return out, nil
}

// printMissing says what has to be built or fetched for elements.
func (r *run) printMissing(ctx context.Context, elements []*element) error {
	wanted, err := targets(ctx, elements, true)
	if err != nil {
		return err
	}
	if err := r.target.Save(ctx, true); err != nil { // packages may be sources
		return err
	}
	return r.Announce(ctx, r.store, wanted)
}

// build builds or fetches what elements need; see targets.
func (r *run) build(ctx context.Context, elements []*element, paths bool) error {
	wanted, err := targets(ctx, elements, paths)
	if err != nil {
		return err
	}
	if err := r.target.Save(ctx, true); err != nil {
		return err
	}
	return r.Build(ctx, r.store, wanted)
}

// keeper returns what makes roots in the store, which must be one that has them. what needs them.
func (r *run) keeper(what string) (func(ctx context.Context, link, path string) error, error) {
	k := r.store.Keeper()
	if k == nil {
		return nil, dropin.Failure("%s is not supported for this Nix store", what)
	}
	return k.AddRoot, nil
}
