package flakecmd

// This file defines flake check.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/lang"
)

// Check is flake check.
type Check struct {
	one
	NoBuild    bool `help:"Evaluate the checks, but do not build them."`
	AllSystems bool `help:"Check the outputs for other systems, too."`
	evalFlags
	lockFlags
}

// A checker is flake check under way.
type checker struct {
	*session
	*Check
	ctx     context.Context
	system  string
	failed  int
	omitted map[string]bool     // systems that were not looked at
	builds  map[string][]string // the derivations of checks, with the attribute paths that have them
}

// Run checks all outputs, goes on after errors, and says them all.
func (c *Check) Run(ctx context.Context, e *storecmd.Env) error {
	if c.NoBuild {
		if err := e.Set.Set("allow-import-from-derivation", "false"); err != nil {
			return err
		}
	}
	several := e.Set.Bool("keep-going")
	if e.Name == "firn" {
		if err := e.Set.Set("keep-going", "true"); err != nil {
			return err
		}
	}
	c.store, c.config = !c.NoBuild, true
	s, flake, err := c.open(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	w := &checker{session: s, Check: c, system: e.Set.Text("system"), omitted: map[string]bool{}, builds: map[string][]string{}}
	err = s.ev.Run(ctx, func(ctx context.Context) error {
		w.ctx = ctx
		root, err := outputsOf(ctx, flake)
		if err != nil {
			return err
		}
		if err := w.outputs(root); err != nil {
			return err
		}
		return s.save(ctx)
	})
	if err != nil {
		return err
	}
	if err := w.build(); err != nil {
		return err
	}
	if w.failed > 0 {
		if w.failed > 1 || several {
			return dropin.Failure("some errors were encountered during the evaluation")
		}
		return dropin.Exit(1)
	}
	e.Log.Say(dropin.Info, ansi.Paint(ansi.Green, "all checks passed!"))
	if len(w.omitted) > 0 {
		e.Log.Warn("The check omitted these incompatible systems: " + strings.Join(slices.Sorted(maps.Keys(w.omitted)), ", ") + "\nUse '--all-systems' to check all.")
	}
	return nil
}

// build builds the derivations of the checks, unless they can be had from elsewhere: it is enough
// to know that they build.
func (w *checker) build() error {
	if w.NoBuild || len(w.builds) == 0 {
		return nil
	}
	st, err := w.Store(w.ctx)
	if err != nil {
		return err
	}
	if _, served := st.(*daemon.Store); st.Builder() == nil && !served {
		w.Log.Warn(fmt.Sprintf("%d checks were evaluated, but not built: nothing builds in this store", len(w.builds)))
		return nil
	}
	var targets []store.Target
	for _, drvPath := range slices.Sorted(maps.Keys(w.builds)) {
		targets = append(targets, store.Target{Path: drvPath, Built: true})
	}
	missing, err := w.Missing(w.ctx, st, targets)
	if err != nil {
		return err
	}
	targets = targets[:0]
	for _, drvPath := range missing.Build {
		targets = append(targets, store.Target{Path: drvPath, Built: true})
	}
	w.busy("running %d flake checks", len(targets))
	report, err := w.Report(w.ctx, st, targets, missing, build.Normal)
	if err != nil || report == nil {
		return err
	}
	for _, f := range report.Failed() {
		if f.Err == nil { // others failed before it was done
			continue
		}
		names := w.builds[f.Target.Path]
		if len(names) == 0 {
			w.failed++
			w.Log.Error(dropin.Failure("build of '%s' failed: %s", build.TargetName(f.Target), f.Err.Msg))
		}
		for _, name := range names {
			w.failed++
			w.Log.Error(dropin.Failure("failed to build attribute '%s', build of '%s' failed: %s", name, build.TargetName(f.Target), f.Err.Msg))
		}
	}
	return nil
}

// A checkFunc checks the output at a path.
type checkFunc func(w *checker, path string, v eval.Value, pos lang.Position) error

// An outputCheck is how the outputs of a name are checked.
type outputCheck struct {
	bySystem    bool      // there is one for each system
	named       bool      // there is one, or below each system, for each name
	check       checkFunc // nil for none
	replacement string    // the new name of the output; "" if it is not old
}

// outputChecks are the outputs that are checked, by name.
var outputChecks = map[string]outputCheck{
	"checks": {true, true, (*checker).check, ""}, "packages": {true, true, (*checker).derivation, ""}, "devShells": {true, true, (*checker).derivation, ""},
	"formatter": {true, false, (*checker).derivation, ""}, "apps": {true, true, (*checker).app, ""}, "bundlers": {true, true, (*checker).bundler, ""},
	"legacyPackages": {true, false, nil, ""}, "overlays": {false, true, (*checker).overlay, ""}, "templates": {false, true, (*checker).template, ""},
	"nixosModules": {false, true, (*checker).module, ""}, "nixosConfigurations": {false, true, (*checker).machine, ""}, "hydraJobs": {false, false, (*checker).jobs, ""},

	"defaultPackage": {true, false, (*checker).derivation, "packages.<system>.default"}, "devShell": {true, false, (*checker).derivation, "devShells.<system>.default"},
	"defaultApp": {true, false, (*checker).app, "apps.<system>.default"}, "defaultBundler": {true, false, (*checker).bundler, "bundlers.<system>.default"},
	"defaultTemplate": {false, false, (*checker).template, "templates.default"}, "overlay": {false, false, (*checker).overlay, "overlays.default"},
	"nixosModule": {false, false, (*checker).module, "nixosModules.default"},
}

// uncheckedOutputs are outputs that are known, and of any form.
var uncheckedOutputs = []string{
	"lib", "darwinConfigurations", "darwinModules", "flakeModule", "flakeModules", "herculesCI", "homeConfigurations", "homeModule", "homeModules", "nixopsConfigurations",
}

// outputs checks all outputs, hydraJobs first.
func (w *checker) outputs(root eval.Value) error {
	w.busy("evaluating flake")
	root, err := w.attrs(root)
	if err != nil {
		return err
	}
	if v, ok := root.Attr("hydraJobs"); ok {
		if err := w.output("hydraJobs", v, position(root, "hydraJobs")); err != nil {
			return err
		}
	}
	for _, name := range inOrder(root) {
		if name == "hydraJobs" {
			continue
		}
		v, _ := root.Attr(name)
		if err := w.output(name, v, position(root, name)); err != nil {
			return err
		}
	}
	return nil
}

// position returns where an attribute of a set is; the zero Position if that is not known.
func position(set eval.Value, name string) lang.Position {
	pos, _ := set.Position(name)
	return pos
}

// inOrder returns the names of the attributes of a set in the order in which they are written.
func inOrder(set eval.Value) []string {
	var names []string
	for name := range set.Attrs() {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		x, y := position(set, a), position(set, b)
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column), cmp.Compare(a, b))
	})
	return names
}

// busy says what is being done.
func (w *checker) busy(format string, args ...any) {
	if w.Name == "nix" {
		w.Log.Say(dropin.Info, fmt.Sprintf(format, args...)+"...")
	}
}

// report prints an error, which frame leads to, and goes on. It returns errors that end all.
func (w *checker) report(err error, pos lang.Position, format string, args ...any) error {
	var e *eval.Error
	switch {
	case err == nil:
		return nil
	case w.ctx.Err() != nil, errors.As(err, &e) && (e.Kind == eval.ErrLimit || e.Kind == eval.ErrInterrupted):
		return err
	}
	w.failed++
	if format != "" {
		err = &dropin.Traced{Frame: fmt.Sprintf(format, args...), Position: pos, Err: err}
	}
	w.Log.Error(err)
	return nil
}

// output checks the output called name.
func (w *checker) output(name string, v eval.Value, pos lang.Position) error {
	w.busy("checking flake output '%s'", name)
	how, ok := outputChecks[name]
	err := w.valueOf(&v)
	switch {
	case err != nil:
	case !ok && slices.Contains(uncheckedOutputs, name):
	case !ok:
		w.Log.Warn(fmt.Sprintf("unknown flake output '%s'", name))
	default:
		if how.replacement != "" {
			w.Log.Warn(fmt.Sprintf("flake output attribute '%s' is deprecated; use '%s' instead", name, how.replacement))
		}
		err = w.level(how, name, v, pos)
	}
	return w.report(err, pos, "while checking flake output '%s'", name)
}

// level checks a set of outputs: those for each system, or of each name, or the output itself.
func (w *checker) level(how outputCheck, path string, v eval.Value, pos lang.Position) error {
	if !how.bySystem && !how.named {
		return how.check(w, path, v, pos)
	}
	set, err := w.attrs(v)
	if err != nil {
		return err
	}
	next := how
	if how.bySystem {
		next.bySystem = false
	} else {
		next.named = false
	}
	for _, name := range inOrder(set) {
		x, _ := set.Attr(name)
		at := position(set, name)
		if how.bySystem {
			if !strings.Contains(name, "-") {
				if err := w.report(dropin.Failure("'%s' is not a valid system type, at %s", name, at), at, ""); err != nil {
					return err
				}
			}
			if !w.AllSystems && name != w.system {
				w.omitted[name] = true
				continue
			}
		}
		if how.check == nil {
			continue
		}
		if err := w.level(next, path+"."+name, x, at); err != nil {
			return err
		}
	}
	return nil
}

// valueOf evaluates v.
func (w *checker) valueOf(v *eval.Value) (err error) {
	*v, err = v.Force(w.ctx)
	return err
}

// attrs evaluates v, which must be a set.
func (w *checker) attrs(v eval.Value) (eval.Value, error) {
	if err := w.valueOf(&v); err != nil || v.Kind() == eval.KindAttrs {
		return v, err
	}
	return v, dropin.Failure("expected a set but found %s: %s", v.Describe(), v.String())
}

// isDerivation reports whether v is a derivation.
func (w *checker) isDerivation(v eval.Value) (bool, error) {
	if v.Kind() != eval.KindAttrs {
		return false, nil
	}
	x, ok := v.Attr("type")
	if !ok {
		return false, nil
	}
	if err := w.valueOf(&x); err != nil {
		return false, err
	}
	text, _ := x.Text()
	return text == "derivation", nil
}

// derivation checks a derivation.
func (w *checker) derivation(path string, v eval.Value, pos lang.Position) error {
	_, err := w.instantiate(path, v, pos)
	return err
}

// check checks a derivation that is built.
func (w *checker) check(path string, v eval.Value, pos lang.Position) error {
	drvPath, err := w.instantiate(path, v, pos)
	if err == nil && drvPath != "" && strings.HasPrefix(path, "checks."+w.system+".") {
		w.builds[drvPath] = append(w.builds[drvPath], path)
	}
	return err
}

// instantiate returns the path of a derivation; "" after an error that was told.
func (w *checker) instantiate(path string, v eval.Value, pos lang.Position) (drvPath string, err error) {
	w.busy("checking derivation %s", path)
	if err = w.valueOf(&v); err == nil {
		var ok bool
		if ok, err = w.isDerivation(v); err == nil && !ok {
			err = dropin.Failure("flake attribute '%s' is not a derivation", path)
		}
	}
	if err == nil {
		if drvPath, _, err = v.Instantiate(w.ctx); err == nil {
			w.Log.Say(dropin.Info, "derivation evaluated to "+drvPath)
			return drvPath, nil
		}
	}
	return "", w.report(err, pos, "while checking the derivation '%s'", path)
}

// app checks an app.
func (w *checker) app(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking app '%s'", path)
	return w.report(w.appError(path, v), pos, "while checking the app definition '%s'", path)
}

// appError returns what is wrong with an app.
func (w *checker) appError(path string, v eval.Value) error {
	set, err := w.attrs(v)
	if err != nil {
		return err
	}
	for _, name := range []string{"type", "program"} {
		x, ok := set.Attr(name)
		if !ok {
			return dropin.Failure("app '%s' lacks attribute '%s'", path, name)
		}
		if err := w.text(x); err != nil {
			return err
		}
	}
	if meta, ok := set.Attr("meta"); !ok {
		w.Log.Warn(fmt.Sprintf("app '%s' lacks attribute 'meta'", path))
	} else if meta, err = w.attrs(meta); err != nil {
		return err
	} else if x, ok := meta.Attr("description"); !ok {
		w.Log.Warn(fmt.Sprintf("app '%s' lacks attribute 'meta.description'", path))
	} else if err := w.text(x); err != nil {
		return err
	}
	return w.onlyAttrs("app", path, set, "type", "program", "meta")
}

// text returns an error if v is no string.
func (w *checker) text(v eval.Value) error {
	if err := w.valueOf(&v); err != nil || v.Kind() == eval.KindString {
		return err
	}
	return dropin.Failure("expected a string but found %s: %s", v.Describe(), v.String())
}

// onlyAttrs returns an error if a set has attributes of other names. what says what it is.
func (w *checker) onlyAttrs(what, path string, set eval.Value, names ...string) error {
	for name := range set.Attrs() {
		if !slices.Contains(names, name) {
			return dropin.Failure("%s '%s' has unsupported attribute '%s'", what, path, name)
		}
	}
	return nil
}

// overlay checks an overlay: a function of two arguments, of which the first one is called
// final, or begins with an underscore.
func (w *checker) overlay(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking overlay '%s'", path)
	err := w.valueOf(&v)
	if err == nil {
		switch info, ok := v.Function(); {
		case !ok || info.Builtin:
			err = dropin.Failure("overlay is not a function, but %s instead", v.Describe())
		case info.Formals != nil || len(info.Args) == 0 || !slices.Contains([]string{"final", "_final", "_"}, info.Args[0]):
			err = dropin.Failure("overlay does not take an argument named 'final'")
		}
	}
	return w.report(err, pos, "while checking the overlay '%s'", path)
}

// module checks a module, which may be anything.
func (w *checker) module(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking NixOS module '%s'", path)
	return w.report(w.valueOf(&v), pos, "while checking the NixOS module '%s'", path)
}

// machine checks the configuration of a machine.
func (w *checker) machine(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking NixOS configuration '%s'", path)
	top, err := v.Select(w.ctx, "config.system.build.toplevel")
	if err == nil {
		err = w.valueOf(&top)
	}
	if err == nil {
		var ok bool
		if ok, err = w.isDerivation(top); err == nil && !ok {
			err = dropin.Failure("attribute 'config.system.build.toplevel' is not a derivation")
		}
	}
	return w.report(err, pos, "while checking the NixOS configuration '%s'", path)
}

// jobs checks a tree of derivations.
func (w *checker) jobs(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking Hydra job '%s'", path)
	return w.report(w.jobsError(path, v), pos, "while checking the Hydra jobset '%s'", path)
}

// jobsError returns what is wrong with a tree of derivations itself.
func (w *checker) jobsError(path string, v eval.Value) error {
	set, err := w.attrs(v)
	if err != nil {
		return err
	}
	switch ok, err := w.isDerivation(set); {
	case err != nil:
		return err
	case ok:
		return dropin.Failure("jobset should not be a derivation at top-level")
	}
	for _, name := range inOrder(set) {
		x, _ := set.Attr(name)
		at := position(set, name)
		job, err := w.attrs(x)
		if err != nil {
			return err
		}
		isDerivation, err := w.isDerivation(job)
		if err != nil {
			return err
		}
		if isDerivation {
			w.busy("checking Hydra job '%s'", path+"."+name)
			err = w.derivation(path+"."+name, job, at)
		} else {
			err = w.jobs(path+"."+name, job, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// template checks a template.
func (w *checker) template(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking template '%s'", path)
	return w.report(w.templateError(path, v), pos, "while checking the template '%s'", path)
}

// templateError returns what is wrong with a template.
func (w *checker) templateError(path string, v eval.Value) error {
	set, err := w.attrs(v)
	if err != nil {
		return err
	}
	dir, ok := set.Attr("path")
	if !ok {
		return dropin.Failure("template '%s' lacks attribute 'path'", path)
	}
	at, err := w.pathOf(w.ctx, dir)
	if err != nil {
		return err
	}
	if _, err := w.ev.Files().Lstat(w.ctx, at); err != nil {
		return dropin.Failure("template '%s' refers to a non-existent path '%s'", path, at)
	}
	text, ok := set.Attr("description")
	if !ok {
		return dropin.Failure("template '%s' lacks attribute 'description'", path)
	}
	if err := w.text(text); err != nil {
		return err
	}
	return w.onlyAttrs("template", path, set, "path", "description", "welcomeText")
}

// bundler checks a bundler.
func (w *checker) bundler(path string, v eval.Value, pos lang.Position) error {
	w.busy("checking bundler '%s'", path)
	err := w.valueOf(&v)
	if info, ok := v.Function(); err == nil && (!ok || info.Builtin) {
		err = dropin.Failure("bundler must be a function")
	}
	return w.report(err, pos, "while checking the template '%s'", path)
}
