package storecmd

// This file defines the command build.

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval"
)

// Build builds installables, or fetches them, and makes links to the results.
type Build struct {
	installables
	OutLink       string `short:"o" default:"result" placeholder:"PATH" help:"Make this link to the result; more of them have numbers."`
	NoLink        bool   `help:"Make no link."`
	Profile       string `placeholder:"PATH" help:"Make this profile lead to the result."`
	PrintOutPaths bool   `help:"Print the paths of the results."`
	JSON          bool   `name:"json" help:"Print what was built as JSON."`
	DryRun        bool   `help:"Say what would be built or fetched, and stop."`
	Rebuild       bool   `help:"Build once more what is there, and compare."`
	PrintLogs     bool   `name:"print-build-logs" short:"L" help:"Print the logs of builds as they come."`
}

// Results are what installables stand for, before they are built.
type Results []target

// Paths returns the store objects, or the derivations, that are meant.
func (r Results) Paths() []string {
	var paths []string
	for i := range r {
		paths = append(paths, r[i].path)
	}
	return paths
}

// Run builds.
func (b *Build) Run(ctx context.Context, e *Env) error {
	if b.PrintLogs {
		e.Log.BuildLogs = true
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	results, err := b.targets(ctx, e, s)
	if err != nil {
		return err
	}
	return b.finish(ctx, e, s, results)
}

// FlakeResult returns what an output of a flake stands for, which comes from source. Of a
// derivation, the outputs are those that the operand or the meta data name, or out.
func FlakeResult(ctx context.Context, v eval.Value, word string, source *profile.Source) (Results, error) {
	_, names, explicit, err := SplitOutputs(word)
	if err != nil {
		return nil, err
	}
	v, err = v.Force(ctx)
	if err != nil {
		return nil, err
	}
	if v.Kind() == eval.KindString {
		t, err := pathOf(v)
		t.shown, t.word, t.source = word, word, source
		return Results{t}, err
	}
	drvPath, output, err := v.Instantiate(ctx)
	if err != nil {
		return nil, err
	}
	t := target{word: word, shown: word, path: drvPath, built: true, outputs: names, source: source}
	if !explicit {
		t.outputs = []string{output}
		meta, ok, err := force(ctx, v, "meta")
		if err != nil {
			return nil, err
		}
		if ok && meta.Kind() == eval.KindAttrs {
			install, err := texts(ctx, meta, "outputsToInstall")
			if err != nil {
				return nil, err
			}
			if len(install) > 0 {
				slices.Sort(install)
				t.outputs = slices.Compact(install)
			}
		}
	}
	return Results{t}, nil
}

// finish builds results, makes links and prints what is asked for.
func (b *Build) finish(ctx context.Context, e *Env, s store.Store, results Results) error {
	targets := make([]store.Target, len(results))
	for i := range results {
		targets[i] = results[i].public()
	}
	m, err := e.Missing(ctx, s, targets)
	if err != nil {
		return err
	}
	if err := e.PrintMissing(ctx, s, m); err != nil {
		return err
	}
	var report *build.Report
	if !b.DryRun {
		if report, err = b.make(ctx, e, s, targets, m); err != nil {
			return err
		}
	}
	var list []any
	var all []string
	links := 0
	for i := range results {
		paths := map[string]string{"": results[i].path}
		if targets[i].Built {
			if report != nil {
				paths = report.Results[i].Outputs
			} else if paths, err = e.outputsOf(ctx, s, results[i]); err != nil {
				return err
			}
			list = append(list, map[string]any{"drvPath": results[i].path, "outputs": anyMap(paths)})
		} else {
			list = append(list, results[i].path)
		}
		for _, name := range slices.Sorted(maps.Keys(paths)) {
			all = append(all, paths[name])
			if b.PrintOutPaths {
				e.Lines(paths[name])
			}
			if b.NoLink || b.DryRun || b.OutLink == "" {
				continue
			}
			if err := b.link(ctx, e, s, links, name, paths[name]); err != nil {
				return err
			}
		}
		links++
	}
	if b.JSON {
		if err := e.printJSON(list, layoutFlags{}); err != nil {
			return err
		}
	}
	if b.Profile == "" || b.DryRun {
		return nil
	}
	return e.leadTo(ctx, s, b.Profile, all)
}

// make builds targets, and returns what became of them; nil if the store does not tell. An error has no exit status of its own here.
func (b *Build) make(ctx context.Context, e *Env, s store.Store, targets []store.Target, m *store.Missing) (*build.Report, error) {
	mode := build.Normal
	if b.Rebuild {
		mode = build.Check
	}
	report, err := e.Report(ctx, s, targets, m, mode)
	if err != nil || report == nil {
		return nil, err
	}
	var errs []*build.Error
	names := map[string]bool{}
	for _, f := range report.Failed() {
		if f.Err != nil { // others were not done when it failed
			errs = append(errs, f.Err)
			names["'"+build.TargetName(f.Target)+"'"] = true
		}
	}
	switch len(errs) {
	case 0:
		return report, nil
	case 1:
		return nil, errs[0]
	}
	for _, err := range errs {
		e.Log.Error(err)
	}
	return nil, dropin.Failure("%s", "build of "+strings.Join(slices.Sorted(maps.Keys(names)), ", ")+" failed")
}

// link makes the link to an output of the result with an index.
func (b *Build) link(ctx context.Context, e *Env, s store.Store, index int, output, to string) error {
	k, err := Keeper(s, "garbage collection")
	if err != nil {
		return err
	}
	name := path.Clean(e.Absolute(b.OutLink))
	if index > 0 {
		name += fmt.Sprintf("-%d", index)
	}
	if output != "" && output != "out" {
		name += "-" + output
	}
	return k.AddRoot(ctx, name, to)
}

// anyMap returns a map as JSON is made of it.
func anyMap(m map[string]string) map[string]any {
	out := map[string]any{}
	for k, v := range m {
		out[k] = v
	}
	return out
}
